import type { Tensor } from '../../runtime/tensor.js';

import type { JsonValue } from './json-text.js';

/** The blobs of forward passes, axes in Caffe's order. */
export const outputsJson = (
  iterations: readonly ReadonlyMap<string, Tensor>[],
): Readonly<Record<string, JsonValue>> => ({
  iterations: iterations.map((outputs) => ({
    outputs: Object.fromEntries(
      [...outputs].map(([name, { shape, data }]) => [name, { shape, data }]),
    ),
  })),
});
