import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, shapeText } from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface NonMaxSuppressionAttributes {
  /** A box that shares more than this of its union with one that is kept is left out. */
  readonly overlap: number;
  /** Boxes count only with a score above it. */
  readonly leastScore: number;
}

/**
 * Of boxes (k x 4: two opposite corners) with scores (k) those that overlap with no better one:
 * their places, best first, then 0 up to k; and how many there are (both int32). Of equal
 * scores the first comes first. (TensorFlow: NonMaxSuppressionV4)
 */
export const nonMaxSuppression: OpDefinition<NonMaxSuppressionAttributes> = {
  name: 'nonMaxSuppression',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const boxes = inputType(inputs, 0);
    const scores = inputType(inputs, 1);
    const [count = 0] = scores.shape;
    invariant(
      scores.shape.length === 1 && boxes.shape.join() === `${count},4`,
      `nonMaxSuppression of ${shapeText(boxes.shape)} by ${shapeText(scores.shape)}`,
    );
    return [
      { dtype: 'int32', shape: [count] },
      { dtype: 'int32', shape: [] },
    ];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { overlap, leastScore } = op.attributes;
    const scores = operand(op, 1);
    const number = (value: number): string =>
      emitter.constant({ type: float32([]), data: Float32Array.of(value) });
    const node = emitter.node(
      'NonMaxSuppressionV4',
      [
        emitter.tensor(operand(op, 0)),
        emitter.tensor(scores),
        emitter.integers(scores.type.shape, []),
        number(overlap),
        number(leastScore),
      ],
      {
        T: attr.type('float32'),
        T_threshold: attr.type('float32'),
        pad_to_max_output_size: attr.bool(true),
      },
    );
    return [node, `${node}:1`];
  },
};
