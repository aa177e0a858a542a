import { warning } from './rule.js';

/** In what numbers products are computed. */
export const precisionRules = {
  'precision/no-arithmetic': warning<{ device: string }>(
    (f) =>
      `${f.device} has no bfloat16 arithmetic: --precision bf16 computes as such a machine would, and not faster than fp32`,
  ),
  'precision/float32-gradients': warning<{ device: string }>(
    (f) =>
      `on ${f.device} TensorFlow sums gradients of convolutions in bfloat16, which loses most of them: they are computed in float32`,
  ),
};
