import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import type { DType } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { inputType, operand } from './operand.js';

/** Numbers of another type (TensorFlow: Cast), where nothing asks for their gradient. */
export function cast(
  name: string,
  from: DType,
  to: DType,
): OpDefinition<NoAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'elementwise' },
    infer: (inputs) => {
      const x = inputType(inputs, 0);
      invariant(x.dtype === from, `${name} of ${x.dtype}`);
      return [{ dtype: to, shape: x.shape }];
    },
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => [
      emitter.node('Cast', [emitter.tensor(operand(op, 0))], {
        SrcT: attr.type(from),
        DstT: attr.type(to),
        Truncate: attr.bool(false),
      }),
    ],
  };
}

/** Rounded to the nearest number of 8 bits, to the even one between two. */
export const toBfloat16 = cast('toBfloat16', 'float32', 'bfloat16');

/** Exact: every bfloat16 is a float32. */
export const fromBfloat16 = cast('fromBfloat16', 'bfloat16', 'float32');
