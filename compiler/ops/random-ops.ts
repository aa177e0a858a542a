import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';

export interface RandomAttributes {
  readonly shape: Shape;
  /** The whole state: equal seeds give equal numbers, in every process. */
  readonly seed: readonly [number, number];
}

function random(
  name: string,
  tensorFlowOp: string,
): OpDefinition<RandomAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'ordered' },
    infer: (_, { shape }) => [float32(shape)],
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => [
      emitter.node(
        tensorFlowOp,
        [
          emitter.integers(op.attributes.shape),
          emitter.integers(op.attributes.seed),
        ],
        {
          dtype: attr.type('float32'),
          T: attr.type('int32'),
          Tseed: attr.type('int32'),
        },
      ),
    ],
  };
}

/** Numbers spread evenly over [0, 1) (TensorFlow: StatelessRandomUniform). */
export const randomUniform = random('randomUniform', 'StatelessRandomUniform');

/** Normally distributed, mean 0, deviation 1 (TensorFlow: StatelessRandomNormal). */
export const randomNormal = random('randomNormal', 'StatelessRandomNormal');
