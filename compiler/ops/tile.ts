import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { sizeAt } from '../ir/types.js';
import { axisWent } from './axis-order.js';
import { inputType, operand } from './operand.js';
import { reduceSum } from './reductions.js';
import { reshape } from './shape-ops.js';

export interface TileAttributes {
  readonly axis: number;
  readonly tiles: number;
}

/** The tensor so many times, one copy behind the other on one axis (TensorFlow: Tile). */
export const tile: OpDefinition<TileAttributes> = {
  name: 'tile',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'axes',
    permute: ({ axis, tiles }, axisOf) => ({
      axis: axisWent(axisOf, axis),
      tiles,
    }),
  },
  infer: (inputs, { axis, tiles }) => {
    const x = inputType(inputs, 0);
    const size = sizeAt(x.shape, axis) * tiles;
    return [{ dtype: x.dtype, shape: x.shape.with(axis, size) }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { axis, tiles } = op.attributes;
    const { shape } = operand(op, 0).type;
    const copies = builder.apply(reshape, [gradient], {
      shape: shape.toSpliced(axis, 0, tiles),
    });
    const sum = builder.apply(reduceSum, [copies], { axes: [axis] });
    return [builder.apply(reshape, [sum], { shape })];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const x = operand(op, 0);
    const { axis, tiles } = op.attributes;
    const multiples = x.type.shape.map((_, at) => (at === axis ? tiles : 1));
    return [
      emitter.node('Tile', [emitter.tensor(x), emitter.integers(multiples)], {
        T: attr.type(x.type.dtype),
        Tmultiples: attr.type('int32'),
      }),
    ];
  },
};
