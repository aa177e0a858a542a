import { attr, type NodeEmitter } from '../emit/node-emitter.js';
import type { Op, OpDefinition } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { operand } from './operand.js';

export interface RandomAttributes {
  readonly shape: Shape;
  /** The whole state: equal seeds give equal numbers, in every process. */
  readonly seed: readonly [number, number];
}

/** Random numbers of a shape, by a key of two whole numbers that `keyOf` emits. */
function stateless<A extends { readonly shape: Shape }>(
  name: string,
  tensorFlowOp: string,
  keyOf: (op: Op<A>, emitter: NodeEmitter) => string,
): OpDefinition<A> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'ordered' },
    infer: (_, { shape }) => [float32(shape)],
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => {
      const key = keyOf(op, emitter);
      return [
        emitter.node(
          tensorFlowOp,
          [emitter.integers(op.attributes.shape), key],
          {
            dtype: attr.type('float32'),
            T: attr.type('int32'),
            Tseed: attr.type('int32'),
          },
        ),
      ];
    },
  };
}

const random = (
  name: string,
  tensorFlowOp: string,
): OpDefinition<RandomAttributes> =>
  stateless(name, tensorFlowOp, ({ attributes }, emitter) =>
    emitter.seed(attributes.seed),
  );

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

const randomAt = (
  name: string,
  tensorFlowOp: string,
): OpDefinition<RandomAtAttributes> =>
  stateless(name, tensorFlowOp, (op, emitter) =>
    emitter.node(
      'Pack',
      [
        emitter.integers([op.attributes.seed], []),
        emitter.tensor(operand(op, 0)),
      ],
      { N: attr.int(2), T: attr.type('int32'), axis: attr.int(0) },
    ),
  );

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
