import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32 } from '../ir/types.js';
import { inputType, operand } from './operand.js';
import type { PoolAttributes } from './pooling.js';
import { imageShape, imageSize, perImageAxis, windowCount } from './window.js';

const lowestFloat = -3.4028234663852886e38;

/**
 * Where the largest of each window lies in the image's plane, row * width + column, as a
 * float; the first of equal ones, and -1 where the window lies outside of the image
 * (TensorFlow: MaxPoolWithArgmax).
 */
export const maxPoolIndex: OpDefinition<PoolAttributes> = {
  name: 'maxPoolIndex',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image'], output: 'image' },
  infer: (inputs, attributes) => {
    const { format } = attributes;
    const size = imageSize(inputType(inputs, 0).shape, format);
    const height = windowCount(size.height, attributes, 0);
    const width = windowCount(size.width, attributes, 1);
    return [float32(imageShape({ ...size, height, width }, format))];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { format, kernel, strides, margins } = op.attributes;
    invariant(format === 'NHWC', 'maxPoolIndex wants NHWC');
    const x = operand(op, 0);
    const { channels, height, width } = imageSize(x.type.shape, format);
    const [[above], [before, after]] = margins;
    const integer = { T: attr.type('int32') };
    const number = (value: number) => emitter.integers([value], []);
    const calculate = (name: string, a: string, b: string) =>
      emitter.node(name, [a, b], integer);
    const outside = emitter.constant({
      type: float32([]),
      data: Float32Array.of(lowestFloat),
    });
    const padded = emitter.node(
      'PadV2',
      [
        emitter.tensor(x),
        emitter.integers([0, 0, ...margins.flat(), 0, 0], [4, 2]),
        outside,
      ],
      { T: attr.type('float32'), Tpaddings: attr.type('int32') },
    );
    const pooled = emitter.node('MaxPoolWithArgmax', [padded], {
      T: attr.type('float32'),
      Targmax: attr.type('int64'),
      ksize: attr.ints(perImageAxis(format, kernel)),
      strides: attr.ints(perImageAxis(format, strides)),
      padding: attr.text('VALID'),
      include_batch_in_index: attr.bool(false),
    });
    const flat = emitter.node('Cast', [`${pooled}:1`], {
      SrcT: attr.type('int64'),
      DstT: attr.type('int32'),
      Truncate: attr.bool(false),
    });
    // Of the padded image, channels fastest: row and column are found back.
    const place = calculate('FloorDiv', flat, number(channels));
    const stride = number(before + width + after);
    const row = calculate(
      'Sub',
      calculate('FloorDiv', place, stride),
      number(above),
    );
    const column = calculate(
      'Sub',
      calculate('FloorMod', place, stride),
      number(before),
    );
    const index = calculate(
      'AddV2',
      calculate('Mul', row, number(width)),
      column,
    );
    const inside = ['Less', 'GreaterEqual'].flatMap((relation, upper) => [
      emitter.node(relation, [row, number(upper === 0 ? height : 0)], integer),
      emitter.node(
        relation,
        [column, number(upper === 0 ? width : 0)],
        integer,
      ),
    ]);
    const isInside = inside.reduce((all, each) =>
      emitter.node('LogicalAnd', [all, each], {}),
    );
    const chosen = emitter.node(
      'SelectV2',
      [isInside, index, number(-1)],
      integer,
    );
    return [
      emitter.node('Cast', [chosen], {
        SrcT: attr.type('int32'),
        DstT: attr.type('float32'),
        Truncate: attr.bool(false),
      }),
    ];
  },
};
