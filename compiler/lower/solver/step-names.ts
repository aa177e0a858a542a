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
  /** Outputs with `debug_info`, scalars: of line number `line` of `forwardLines`. */
  forwardDebug: (line: number): string => `debug/forward/${line}`,
  /** Of line number `line` of `backwardLines`. */
  backwardDebug: (line: number): string => `debug/backward/${line}`,
  /** Over all learnable parameters: sums of absolute values and of squares. */
  debugNorms: {
    dataSum: 'debug/norms/data_sum',
    gradientSum: 'debug/norms/gradient_sum',
    dataSquares: 'debug/norms/data_squares',
    gradientSquares: 'debug/norms/gradient_squares',
  },
  isDebug: (output: string): boolean => output.startsWith('debug/'),
  /** The function of a test net. */
  test: (index: number): string => `test_${index}`,
} as const;
