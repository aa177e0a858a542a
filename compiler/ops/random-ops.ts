import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { operand } from './operand.js';

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

/** The number of the iteration, int32; 0 where nobody feeds it (TensorFlow: PlaceholderWithDefault). */
export const iteration: OpDefinition<NoAttributes> = {
  name: 'iteration',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: () => [{ dtype: 'int32', shape: [] }],
  gradient: null,
  evaluate: null,
  emit: (_, emitter) => [emitter.iteration()],
};

export interface RandomAtAttributes {
  readonly shape: Shape;
  readonly seed: number;
}

function randomAt(
  name: string,
  tensorFlowOp: string,
): OpDefinition<RandomAtAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'ordered' },
    infer: (_, { shape }) => [float32(shape)],
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => {
      const { shape, seed } = op.attributes;
      const key = emitter.node(
        'Pack',
        [emitter.integers([seed], []), emitter.tensor(operand(op, 0))],
        { N: attr.int(2), T: attr.type('int32'), axis: attr.int(0) },
      );
      return [
        emitter.node(tensorFlowOp, [emitter.integers(shape), key], {
          dtype: attr.type('float32'),
          T: attr.type('int32'),
          Tseed: attr.type('int32'),
        }),
      ];
    },
  };
}

/** Like randomUniform, with other numbers in each iteration, which is the input. */
export const randomUniformAt = randomAt(
  'randomUniformAt',
  'StatelessRandomUniform',
);

/** Like randomNormal, with other numbers in each iteration, which is the input. */
export const randomNormalAt = randomAt(
  'randomNormalAt',
  'StatelessRandomNormal',
);

/** Normally distributed, mean 0, deviation 1 (TensorFlow: StatelessRandomNormal). */
export const randomNormal = random('randomNormal', 'StatelessRandomNormal');
