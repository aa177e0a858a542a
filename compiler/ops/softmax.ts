import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { axisWent } from './axis-order.js';
import { multiply, none, subtract } from './elementwise.js';
import { inputType, operand, result } from './operand.js';
import { reduceSum } from './reductions.js';

export interface SoftmaxAttributes {
  readonly axis: number;
}

/** exp(x - max) / sum along one axis (TensorFlow's Softmax knows the last axis only). */
export const softmax: OpDefinition<SoftmaxAttributes> = {
  name: 'softmax',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ axis }, axisOf) => ({ axis: axisWent(axisOf, axis) }),
  },
  infer: (inputs, { axis }) => {
    const x = inputType(inputs, 0);
    sizeAt(x.shape, axis);
    return [x];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const y = result(op);
    const product = builder.apply(multiply, [gradient, y], none);
    const sum = builder.apply(reduceSum, [product], {
      axes: [op.attributes.axis],
    });
    const centred = builder.apply(subtract, [gradient, sum], none);
    return [builder.apply(multiply, [centred, y], none)];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const x = operand(op, 0);
    const { axis } = op.attributes;
    const last = x.type.shape.length - 1;
    const softmaxOf = (logits: string): string =>
      emitter.node('Softmax', [logits], { T: attr.type('float32') });
    if (axis === last) return [softmaxOf(emitter.tensor(x))];
    const swap = emitter.integers(
      x.type.shape.map((_, at) =>
        at === axis ? last : at === last ? axis : at,
      ),
    );
    const swapped = (tensor: string): string =>
      emitter.node('Transpose', [tensor, swap], {
        T: attr.type('float32'),
        Tperm: attr.type('int32'),
      });
    return [swapped(softmaxOf(swapped(emitter.tensor(x))))];
  },
};
