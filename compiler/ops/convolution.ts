import { invariant } from '../diagnostics.js';
import { attr, type NodeEmitter } from '../emit/node-emitter.js';
import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import {
  type DType,
  type Shape,
  shapeText,
  sizeAt,
  type TensorType,
} from '../ir/types.js';
import {
  groupedFilterGradient,
  groupedImageGradient,
} from './grouped-convolution.js';
import { inputType, operand } from './operand.js';
import {
  type Conv2dAttributes,
  type ImageFormat,
  imageShape,
  imageSize,
  paddingName,
  perImageAxis,
  windowCount,
} from './window.js';

export interface Conv2dGradientAttributes extends Conv2dAttributes {
  /** Of what the gradient is of, in Caffe's order: N, C, H, W or O, I, H, W. */
  readonly shape: Shape;
}

/**
 * Whether TensorFlow has kernels for a grouped convolution's gradients: one channel in each
 * group, equal strides, no dilation (DepthwiseConv2dNative).
 */
const isDepthwise = (
  channels: number,
  { groups, strides, dilations }: Conv2dAttributes,
): boolean =>
  groups === channels &&
  strides[0] === strides[1] &&
  dilations.every((dilation) => dilation === 1);

/** The gradient of a convolution's image, of any groups; `shape` is the image's. */
export function imageGradient(
  builder: Builder,
  filter: Value,
  gradient: Value,
  attributes: Conv2dGradientAttributes,
): Value {
  const { groups, shape } = attributes;
  if (groups === 1 || isDepthwise(sizeAt(shape, 1), attributes)) {
    return builder.apply(conv2dImageGradient, [filter, gradient], attributes);
  }
  return groupedImageGradient({
    builder,
    shape,
    filter,
    gradient,
    attributes,
    conv2d,
  });
}

/** The gradient of a convolution's filter, of any groups; `shape` is the filter's. */
function filterGradient(
  builder: Builder,
  x: Value,
  gradient: Value,
  attributes: Conv2dGradientAttributes,
): Value {
  const { groups, shape } = attributes;
  if (groups === 1 || isDepthwise(sizeAt(x.type.shape, 1), attributes)) {
    return builder.apply(conv2dFilterGradient, [x, gradient], attributes);
  }
  return groupedFilterGradient({ builder, x, shape, gradient, attributes });
}

/**
 * Cross-correlation over the two image axes (TensorFlow: Conv2D). Inputs: the image and the
 * filter: O, I/groups, H, W beside NCHW; H, W, I/groups, O beside NHWC.
 */
export const conv2d: OpDefinition<Conv2dAttributes> = {
  name: 'conv2d',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image', 'filter'], output: 'image' },
  infer: (inputs, attributes) => {
    const x = inputType(inputs, 0);
    const filter = inputType(inputs, 1);
    const { format, groups, kernel } = attributes;
    const size = imageSize(x.shape, format);
    const [out, perGroup, height, width] =
      format === 'NCHW' ? [0, 1, 2, 3] : [3, 2, 0, 1];
    invariant(
      x.shape.length === 4 &&
        sizeAt(filter.shape, perGroup) * groups === size.channels &&
        sizeAt(filter.shape, height) === kernel[0] &&
        sizeAt(filter.shape, width) === kernel[1],
      `conv2d of ${shapeText(x.shape)} by ${shapeText(filter.shape)}`,
    );
    const shape = imageShape(
      {
        batch: size.batch,
        channels: sizeAt(filter.shape, out),
        height: windowCount(size.height, attributes, 0),
        width: windowCount(size.width, attributes, 1),
      },
      format,
    );
    return [{ dtype: x.dtype, shape }];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const x = operand(op, 0);
    const filter = operand(op, 1);
    return [
      imageGradient(builder, filter, gradient, {
        ...op.attributes,
        shape: x.type.shape,
      }),
      filterGradient(builder, x, gradient, {
        ...op.attributes,
        shape: filter.type.shape,
      }),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { format, strides, dilations, margins } = op.attributes;
    const x = operand(op, 0);
    const { height, width } = imageSize(x.type.shape, format);
    const padding = paddingName(height, width, op.attributes);
    return [
      emitter.node(
        'Conv2D',
        [emitter.tensor(x), emitter.tensor(operand(op, 1))],
        {
          T: attr.type(x.type.dtype),
          data_format: attr.text(format),
          strides: attr.ints(perImageAxis(format, strides)),
          dilations: attr.ints(perImageAxis(format, dilations)),
          padding: attr.text(padding ?? 'EXPLICIT'),
          explicit_paddings: attr.ints(
            padding === undefined ? [0, 0, ...margins.flat(), 0, 0] : [],
          ),
        },
      ),
    ];
  },
};

/** The shape of an image in the order of `format`, from Caffe's. */
const imageIn = (format: ImageFormat, shape: Shape): Shape => {
  const [batch = 0, channels = 0, height = 0, width = 0] = shape;
  return format === 'NCHW' ? shape : [batch, height, width, channels];
};

/** The shape of a filter beside images of `format`, from Caffe's O, I, H, W. */
const filterIn = (format: ImageFormat, shape: Shape): Shape => {
  const [outputs = 0, inputs = 0, height = 0, width = 0] = shape;
  return format === 'NCHW' ? shape : [height, width, inputs, outputs];
};

/** The name of the kernel for one channel in each group. */
const depthwise = (tensorFlowOp: string, groups: number): string =>
  groups === 1
    ? tensorFlowOp
    : tensorFlowOp.replace('Conv2D', 'DepthwiseConv2dNative');

const convolutionAttributes = (
  { format, strides, dilations }: Conv2dGradientAttributes,
  dtype: DType,
  padding: string,
) => ({
  T: attr.type(dtype),
  data_format: attr.text(format),
  strides: attr.ints(perImageAxis(format, strides)),
  dilations: attr.ints(perImageAxis(format, dilations)),
  padding: attr.text(padding),
});

/** H, W, 1, O as depthwise kernels want it: H, W, channels, O / channels. */
const depthwiseFilter = (
  [height = 0, width = 0, , outputs = 0]: Shape,
  channels: number,
): Shape => [height, width, channels, outputs / channels];

const reshapeNode = (
  emitter: NodeEmitter,
  tensor: string,
  { dtype, shape }: TensorType,
): string =>
  emitter.node('Reshape', [tensor, emitter.integers(shape)], {
    T: attr.type(dtype),
    Tshape: attr.type('int32'),
  });

/**
 * The gradient of a convolution's image, ungrouped (TensorFlow: Conv2DBackpropInput) or with
 * one channel in each group (DepthwiseConv2dNativeBackpropInput). Inputs: the filter and the
 * gradient of the result.
 */
export const conv2dImageGradient: OpDefinition<Conv2dGradientAttributes> = {
  name: 'conv2dImageGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['filter', 'image'], output: 'image' },
  infer: (inputs, { format, shape }) => [
    { dtype: inputType(inputs, 0).dtype, shape: imageIn(format, shape) },
  ],
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const filter = operand(op, 0);
    const { kernel, strides, dilations, margins, groups, format } =
      op.attributes;
    const attributes = { kernel, strides, dilations, margins, groups, format };
    return [
      filterGradient(builder, gradient, operand(op, 1), {
        ...attributes,
        shape: filter.type.shape,
      }),
      builder.apply(conv2d, [gradient, filter], attributes),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const { format, groups, shape } = op.attributes;
    const filter = operand(op, 0);
    const { dtype } = filter.type;
    const image = imageIn(format, shape);
    const { channels, height, width } = imageSize(image, format);
    const padding = paddingName(height, width, op.attributes);
    invariant(padding !== undefined, 'conv2dImageGradient has margins left');
    return [
      emitter.node(
        depthwise('Conv2DBackpropInput', groups),
        [
          emitter.integers(image),
          groups === 1
            ? emitter.tensor(filter)
            : reshapeNode(emitter, emitter.tensor(filter), {
                dtype,
                shape: depthwiseFilter(filter.type.shape, channels),
              }),
          emitter.tensor(operand(op, 1)),
        ],
        convolutionAttributes(op.attributes, dtype, padding),
      ),
    ];
  },
};

/**
 * The gradient of a convolution's filter, ungrouped (TensorFlow: Conv2DBackpropFilter) or with
 * one channel in each group (DepthwiseConv2dNativeBackpropFilter). Inputs: the image and the
 * gradient of the result.
 */
export const conv2dFilterGradient: OpDefinition<Conv2dGradientAttributes> = {
  name: 'conv2dFilterGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image', 'image'], output: 'filter' },
  infer: (inputs, { format, shape }) => [
    { dtype: inputType(inputs, 0).dtype, shape: filterIn(format, shape) },
  ],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { format, groups, shape } = op.attributes;
    const x = operand(op, 0);
    const { dtype } = x.type;
    const { channels, height, width } = imageSize(x.type.shape, format);
    const padding = paddingName(height, width, op.attributes);
    invariant(padding !== undefined, 'conv2dFilterGradient has margins left');
    const filter = filterIn(format, shape);
    const node = emitter.node(
      depthwise('Conv2DBackpropFilter', groups),
      [
        emitter.tensor(x),
        emitter.integers(
          groups === 1 ? filter : depthwiseFilter(filter, channels),
        ),
        emitter.tensor(operand(op, 1)),
      ],
      convolutionAttributes(op.attributes, dtype, padding),
    );
    return [
      groups === 1
        ? node
        : reshapeNode(emitter, node, { dtype, shape: filter }),
    ];
  },
};
