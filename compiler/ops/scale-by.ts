import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { inputType, operand } from './operand.js';

export interface ScaleByAttributes {
  readonly factor: number;
}

/** Every number times one that is known when compiling (TensorFlow: Mul). */
export const scaleBy: OpDefinition<ScaleByAttributes> = {
  name: 'scaleBy',
  stages: ['logical', 'physical'],
  layout: { kind: 'elementwise' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [builder.apply(scaleBy, [gradient], op.attributes)],
  evaluate: ([x], { factor }) => {
    invariant(x !== undefined, 'scaleBy lacks its input');
    const scaled = Math.fround(factor);
    return {
      type: x.type,
      data: Float32Array.from(x.data, (value) => value * scaled),
    };
  },
  emit: (op, emitter) => {
    const factor = emitter.constant({
      type: float32([]),
      data: Float32Array.of(op.attributes.factor),
    });
    return [
      emitter.node('Mul', [emitter.tensor(operand(op, 0)), factor], {
        T: attr.type('float32'),
      }),
    ];
  },
};
