import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { type Shape, shapeText, sizeAt } from '../ir/types.js';
import {
  conv2dFilterGradient,
  conv2dImageGradient,
} from './convolution-gradients.js';
import {
  groupedFilterGradient,
  groupedImageGradient,
} from './grouped-convolution.js';
import { inputType, operand } from './operand.js';
import {
  extent,
  type ImageFormat,
  imageShape,
  imageSize,
  paddingName,
  perImageAxis,
  type Window,
  windowCount,
} from './window.js';

export interface Conv2dAttributes extends Window {
  readonly groups: number;
  readonly format: ImageFormat;
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
    const { groups, ...window } = op.attributes;
    if (groups > 1) {
      const { attributes } = op;
      const facts = { builder, x, filter, gradient, attributes, conv2d };
      return [groupedImageGradient(facts), groupedFilterGradient(facts)];
    }
    return [
      builder.apply(conv2dImageGradient, [filter, gradient], {
        ...window,
        shape: x.type.shape,
      }),
      builder.apply(conv2dFilterGradient, [x, gradient], {
        ...window,
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
          T: attr.type('float32'),
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

export interface Conv3dAttributes {
  /** All entries are for [depth, height, width]. */
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * Cross-correlation over three axes without padding or groups (TensorFlow: Conv3D). Inputs:
 * the volume N, D, H, W, C and the filter D, H, W, I, O.
 */
export const conv3d: OpDefinition<Conv3dAttributes> = {
  name: 'conv3d',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { strides, dilations }) => {
    const x = inputType(inputs, 0);
    const filter = inputType(inputs, 1);
    invariant(
      x.shape.length === 5 && sizeAt(filter.shape, 3) === sizeAt(x.shape, 4),
      `conv3d of ${shapeText(x.shape)} by ${shapeText(filter.shape)}`,
    );
    const image = [0, 1, 2].map((axis) => {
      const reach = extent(sizeAt(filter.shape, axis), dilations[axis] ?? 1);
      const room = sizeAt(x.shape, axis + 1) - reach;
      return Math.floor(room / (strides[axis] ?? 1)) + 1;
    });
    return [
      {
        dtype: x.dtype,
        shape: [sizeAt(x.shape, 0), ...image, sizeAt(filter.shape, 4)],
      },
    ];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const x = operand(op, 0);
    const filter = operand(op, 1);
    return [
      builder.apply(conv3dVolumeGradient, [filter, gradient], {
        ...op.attributes,
        shape: x.type.shape,
      }),
      builder.apply(conv3dFilterGradient, [x, gradient], {
        ...op.attributes,
        shape: filter.type.shape,
      }),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'Conv3D',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type('float32'),
        strides: attr.ints([1, ...op.attributes.strides, 1]),
        dilations: attr.ints([1, ...op.attributes.dilations, 1]),
        padding: attr.text('VALID'),
        data_format: attr.text('NDHWC'),
      },
    ),
  ],
};

interface Conv3dGradientAttributes extends Conv3dAttributes {
  readonly shape: Shape;
}

function conv3dGradient(
  name: string,
  tensorFlowOp: string,
  /** Where the shape stands among the op's inputs. */
  sizesAt: 0 | 1,
): OpDefinition<Conv3dGradientAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'ordered' },
    infer: (inputs, { shape }) => [
      { dtype: inputType(inputs, 0).dtype, shape },
    ],
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => {
      const { shape, strides, dilations } = op.attributes;
      const tensors = op.inputs.map((input) => emitter.tensor(input));
      return [
        emitter.node(
          tensorFlowOp,
          tensors.toSpliced(sizesAt, 0, emitter.integers(shape)),
          {
            T: attr.type('float32'),
            ...(sizesAt === 0 ? { Tshape: attr.type('int32') } : {}),
            strides: attr.ints([1, ...strides, 1]),
            dilations: attr.ints([1, ...dilations, 1]),
            padding: attr.text('VALID'),
            data_format: attr.text('NDHWC'),
          },
        ),
      ];
    },
  };
}

/** Inputs: the filter and the gradient of the result (TensorFlow: Conv3DBackpropInputV2). */
export const conv3dVolumeGradient = conv3dGradient(
  'conv3dVolumeGradient',
  'Conv3DBackpropInputV2',
  0,
);

/** Inputs: the volume and the gradient of the result (TensorFlow: Conv3DBackpropFilterV2). */
export const conv3dFilterGradient = conv3dGradient(
  'conv3dFilterGradient',
  'Conv3DBackpropFilterV2',
  1,
);
