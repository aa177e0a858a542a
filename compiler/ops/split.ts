import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, shapeText, sizeAt } from '../ir/types.js';
import { concat } from './axis-ops.js';
import { axisWent } from './axis-order.js';
import { constant } from './constant.js';
import { inputType, operand } from './operand.js';
import { broadcast } from './reductions.js';

export interface SplitAttributes {
  readonly axis: number;
  /** How many equal parts; at least two. */
  readonly count: number;
}

/** Equal parts along one axis, each an output (TensorFlow: Split). */
export const split: OpDefinition<SplitAttributes> = {
  name: 'split',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ axis, count }, axisOf) => ({
      axis: axisWent(axisOf, axis),
      count,
    }),
  },
  infer: (inputs, { axis, count }) => {
    const { dtype, shape } = inputType(inputs, 0);
    const size = sizeAt(shape, axis);
    invariant(
      count > 1 && size % count === 0,
      `split of ${shapeText(shape)} into ${count} along ${axis}`,
    );
    const part = { dtype, shape: shape.with(axis, size / count) };
    return Array.from({ length: count }, () => part);
  },
  gradient: (op, gradients, builder) => {
    const parts = op.outputs.map(({ type }, index) => {
      const gradient = gradients[index];
      if (gradient !== undefined) return gradient;
      const zero = builder.apply(constant, [], {
        tensor: { type: float32([]), data: Float32Array.of(0) },
      });
      return builder.apply(broadcast, [zero], { shape: type.shape });
    });
    return [builder.apply(concat, parts, { axis: op.attributes.axis })];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { axis, count } = op.attributes;
    const x = operand(op, 0);
    const node = emitter.node(
      'Split',
      [emitter.integers([axis], []), emitter.tensor(x)],
      { T: attr.type(x.type.dtype), num_split: attr.int(count) },
    );
    return op.outputs.map((_, index) =>
      index === 0 ? node : `${node}:${index}`,
    );
  },
};
