import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { sameShape, shapeText, sizeAt } from '../ir/types.js';
import type { NoAttributes } from './elementwise.js';
import { inputType, operand, result } from './operand.js';
import { type ImageFormat, imageShape, imageSize } from './window.js';

export interface ResizeBilinearAttributes {
  readonly height: number;
  readonly width: number;
  readonly format: ImageFormat;
}

/**
 * Bilinear interpolation whose corner samples are the input's corners, scale
 * (in - 1) / (out - 1) in float32 (TensorFlow: ResizeBilinear with align_corners).
 */
export const resizeBilinear: OpDefinition<ResizeBilinearAttributes> = {
  name: 'resizeBilinear',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image'], output: 'image' },
  infer: (inputs, { height, width, format }) => {
    const x = inputType(inputs, 0);
    const size = imageSize(x.shape, format);
    return [
      { dtype: x.dtype, shape: imageShape({ ...size, height, width }, format) },
    ];
  },
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(
            resizeBilinearGradient,
            [gradient, operand(op, 0)],
            op.attributes,
          ),
        ],
  evaluate: null,
  emit: (op, emitter) => {
    const { height, width, format } = op.attributes;
    invariant(format === 'NHWC', 'resizeBilinear wants NHWC');
    return [
      emitter.node(
        'ResizeBilinear',
        [emitter.tensor(operand(op, 0)), emitter.integers([height, width])],
        {
          T: attr.type('float32'),
          align_corners: attr.bool(true),
          half_pixel_centers: attr.bool(false),
        },
      ),
    ];
  },
};

/** Inputs: the gradient of the result, and the image (TensorFlow: ResizeBilinearGrad). */
export const resizeBilinearGradient: OpDefinition<ResizeBilinearAttributes> = {
  name: 'resizeBilinearGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image', 'image'], output: 'image' },
  infer: (inputs) => [inputType(inputs, 1)],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'ResizeBilinearGrad',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type('float32'),
        align_corners: attr.bool(true),
        half_pixel_centers: attr.bool(false),
      },
    ),
  ],
};

export interface LrnAttributes {
  /** Channels on each side. */
  readonly radius: number;
  /** Of each square (Caffe's alpha divided by its local_size). */
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
  readonly format: ImageFormat;
}

/** x / (bias + alpha * sum of squares of the channels around) ^ beta (TensorFlow: LRN). */
export const lrn: OpDefinition<LrnAttributes> = {
  name: 'lrn',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image'], output: 'image' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    invariant(x.shape.length === 4, `lrn of ${shapeText(x.shape)}`);
    return [x];
  },
  gradient: (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(
            lrnGradient,
            [gradient, operand(op, 0), result(op)],
            op.attributes,
          ),
        ],
  evaluate: null,
  emit: (op, emitter) => {
    const { radius, alpha, beta, bias, format } = op.attributes;
    invariant(format === 'NHWC', 'lrn wants NHWC');
    return [
      emitter.node('LRN', [emitter.tensor(operand(op, 0))], {
        T: attr.type('float32'),
        depth_radius: attr.int(radius),
        bias: attr.float(bias),
        alpha: attr.float(alpha),
        beta: attr.float(beta),
      }),
    ];
  },
};

/** Inputs: the gradient of the result, the image, the result (TensorFlow: LRNGrad). */
export const lrnGradient: OpDefinition<LrnAttributes> = {
  name: 'lrnGradient',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'spatial',
    inputs: ['image', 'image', 'image'],
    output: 'image',
  },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { radius, alpha, beta, bias } = op.attributes;
    return [
      emitter.node(
        'LRNGrad',
        op.inputs.map((input) => emitter.tensor(input)),
        {
          T: attr.type('float32'),
          depth_radius: attr.int(radius),
          bias: attr.float(bias),
          alpha: attr.float(alpha),
          beta: attr.float(beta),
        },
      ),
    ];
  },
};

/**
 * Adds a vector to the last axis (TensorFlow: BiasAdd). Grappler fuses it, and a Relu after
 * it, with the convolution or matrix product before it.
 */
export const biasAdd: OpDefinition<NoAttributes> = {
  name: 'biasAdd',
  stages: ['physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    const bias = inputType(inputs, 1);
    invariant(
      sameShape(bias.shape, [sizeAt(x.shape, x.shape.length - 1)]),
      `biasAdd of ${shapeText(bias.shape)} to ${shapeText(x.shape)}`,
    );
    return [x];
  },
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'BiasAdd',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      { T: attr.type('float32'), data_format: attr.text('NHWC') },
    ),
  ],
};
