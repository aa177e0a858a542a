import { warning } from './rule.js';

/** In what numbers products are computed. */
export const precisionRules = {
  'run/no-bfloat16-arithmetic': warning<{ device: string }>(
    (f) =>
      `${f.device} has no bfloat16 arithmetic: --precision bf16 rounds as a machine that has it, and gains little or no time by it`,
  ),
  'run/float32-gradients': warning<{ device: string }>(
    (f) =>
      `on ${f.device} TensorFlow sums gradients of convolutions in bfloat16, with ten times the error: they are computed in float32`,
  ),
};
