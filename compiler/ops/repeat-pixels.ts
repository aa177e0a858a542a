import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { inputType, operand } from './operand.js';
import { averagePool } from './pooling.js';
import { scaleBy } from './scale-by.js';
import { type ImageFormat, imageShape, imageSize } from './window.js';

export interface RepeatPixelsAttributes {
  /** How often, down and to the right. */
  readonly factors: readonly [height: number, width: number];
  readonly format: ImageFormat;
}

/**
 * Every pixel as a block of equal ones (TensorFlow: ResizeNearestNeighbor, in which half pixel
 * centers keep float32 from rounding to a neighbour). Its gradient: the sum of each block.
 */
export const repeatPixels: OpDefinition<RepeatPixelsAttributes> = {
  name: 'repeatPixels',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image'], output: 'image' },
  infer: (inputs, { factors, format }) => {
    const x = inputType(inputs, 0);
    const size = imageSize(x.shape, format);
    const height = size.height * factors[0];
    const width = size.width * factors[1];
    return [
      { dtype: x.dtype, shape: imageShape({ ...size, height, width }, format) },
    ];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const { factors, format } = op.attributes;
    const means = builder.apply(averagePool, [gradient], {
      kernel: factors,
      strides: factors,
      dilations: [1, 1],
      margins: [
        [0, 0],
        [0, 0],
      ],
      format,
    });
    const factor = factors[0] * factors[1];
    return [builder.apply(scaleBy, [means], { factor })];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { factors, format } = op.attributes;
    invariant(format === 'NHWC', 'repeatPixels wants NHWC');
    const x = operand(op, 0);
    const { height, width } = imageSize(x.type.shape, format);
    return [
      emitter.node(
        'ResizeNearestNeighbor',
        [
          emitter.tensor(x),
          emitter.integers([height * factors[0], width * factors[1]]),
        ],
        {
          T: attr.type('float32'),
          align_corners: attr.bool(false),
          half_pixel_centers: attr.bool(true),
        },
      ),
    ];
  },
};
