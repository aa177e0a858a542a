import type { Model } from '../../compiler/compile.js';
import { functionOf } from '../../compiler/ir/graph.js';
import { elementCount, type Shape } from '../../compiler/ir/types.js';
import type { Net } from '../../compiler/net/net.js';
import { fillStream } from '../../compiler/weights/streams.js';

import type { Tensor } from '../tensor.js';

/** In memory that threads share, so that a call copies nothing between them. */
const sharedTensor = (
  shape: Shape,
  fill: (data: Float32Array) => void,
): Tensor => {
  const data = new Float32Array(new SharedArrayBuffer(4 * elementCount(shape)));
  fill(data);
  return { dtype: 'float32', shape, data };
};

/** Numbers between 0 and 1 for images; 0, a label that every net has, for all else. */
export const madeInputs = ({ inputs }: Net): ReadonlyMap<string, Tensor> =>
  new Map(
    inputs.map(({ name, shape = [] }) => [
      name,
      sharedTensor(shape, (data) => {
        if (data.length > (shape[0] ?? 1)) fillStream(name, data, 0, 1);
      }),
    ]),
  );

/** The gradients, all 1, that `differentiate` takes beside the net's inputs. */
export function topGradients({
  graph,
  net,
}: Model): ReadonlyMap<string, Tensor> {
  const inputs = new Set(net.inputs.map(({ name }) => name));
  return new Map(
    functionOf(graph, 'differentiate')
      .inputs.filter(({ name }) => !inputs.has(name))
      .map(({ name, value: { type } }) => [
        name,
        sharedTensor(type.shape, (data) => data.fill(1)),
      ]),
  );
}
