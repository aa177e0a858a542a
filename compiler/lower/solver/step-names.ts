/** Names of what a solver's functions take and give beside the blobs of its nets. */
export const stepNames = {
  /** Output: the sum of the net's losses, each times its weight. */
  loss: 'total/loss',
  /** Input of `train_step`: a scalar. */
  rate: 'solver/learning_rate',
  /** Input of `train_step`: a scalar, for Adam. */
  correction: 'solver/correction',
  /** Output of `train_step` where gradients are clipped: their L2 norm before. */
  norm: 'solver/gradient_norm',
  /** Output of `gradients`: of a parameter, in Caffe's shape. */
  gradient: (variable: string): string => `gradient/${variable}`,
  /** The function of a test net. */
  test: (index: number): string => `test_${index}`,
} as const;
