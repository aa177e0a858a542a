import type { Shape } from '../../compiler/ir/types.js';
import { elementCount } from '../../compiler/ir/types.js';

import type { Tensor } from '../../runtime/tensor.js';

/** The same numbers between -1 and 1 in each run, different ones for each `seed`. */
export function numbers(
  count: number,
  seed: number,
): Float32Array<ArrayBuffer> {
  let state = (seed * 2654435761 + 1) >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export const tensorOf = (shape: Shape, seed: number): Tensor => ({
  dtype: 'float32',
  shape,
  data: numbers(elementCount(shape), seed),
});
