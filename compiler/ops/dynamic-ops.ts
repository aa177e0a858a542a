import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { dynamic, float32, shapeText, sizeAt } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { inputType, operand } from './operand.js';

/** The places of a vector whose numbers are not 0, in order, as int32 (TensorFlow: Where). */
export const nonZero: OpDefinition<NoAttributes> = {
  name: 'nonZero',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    invariant(x.shape.length === 1, `nonZero of ${shapeText(x.shape)}`);
    return [{ dtype: 'int32', shape: [dynamic] }];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const places = emitter.node('Where', [emitter.tensor(operand(op, 0))], {
      T: attr.type('float32'),
    });
    const inRow = emitter.node('Reshape', [places, emitter.integers([-1])], {
      T: attr.type('int64'),
      Tshape: attr.type('int32'),
    });
    return [
      emitter.node('Cast', [inRow], {
        SrcT: attr.type('int64'),
        DstT: attr.type('int32'),
        Truncate: attr.bool(false),
      }),
    ];
  },
};

/** How many items a tensor has, as a float32 without axes (TensorFlow: Shape). */
export const itemCount: OpDefinition<NoAttributes> = {
  name: 'itemCount',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    sizeAt(inputType(inputs, 0).shape, 0);
    return [float32([])];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const x = operand(op, 0);
    const shape = emitter.node('Shape', [emitter.tensor(x)], {
      T: attr.type(x.type.dtype),
      out_type: attr.type('int32'),
    });
    const first = emitter.node(
      'GatherV2',
      [shape, emitter.integers([0], []), emitter.integers([0], [])],
      {
        Tparams: attr.type('int32'),
        Tindices: attr.type('int32'),
        Taxis: attr.type('int32'),
        batch_dims: attr.int(0),
      },
    );
    return [
      emitter.node('Cast', [first], {
        SrcT: attr.type('int32'),
        DstT: attr.type('float32'),
        Truncate: attr.bool(false),
      }),
    ];
  },
};
