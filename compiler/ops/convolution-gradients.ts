import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { type Shape } from '../ir/types.js';
import { inputType, operand } from './operand.js';
import {
  type ImageFormat,
  imageSize,
  paddingName,
  type Window,
} from './window.js';
import { perImageAxis } from './window.js';

export interface Conv2dGradientAttributes extends Window {
  readonly format: ImageFormat;
  /** Of what the gradient is of, in Caffe's order: N, C, H, W or O, I, H, W. */
  readonly shape: Shape;
}

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

const convolutionAttributes = (
  { format, strides, dilations }: Conv2dGradientAttributes,
  padding: string,
) => ({
  T: attr.type('float32'),
  data_format: attr.text(format),
  strides: attr.ints(perImageAxis(format, strides)),
  dilations: attr.ints(perImageAxis(format, dilations)),
  padding: attr.text(padding),
});

/**
 * The gradient of an ungrouped convolution's image (TensorFlow: Conv2DBackpropInput). Inputs:
 * the filter and the gradient of the result.
 */
export const conv2dImageGradient: OpDefinition<Conv2dGradientAttributes> = {
  name: 'conv2dImageGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['filter', 'image'], output: 'image' },
  infer: (inputs, { format, shape }) => [
    { dtype: inputType(inputs, 0).dtype, shape: imageIn(format, shape) },
  ],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const { format, shape } = op.attributes;
    const image = imageIn(format, shape);
    const { height, width } = imageSize(image, format);
    const padding = paddingName(height, width, op.attributes);
    invariant(padding !== undefined, 'conv2dImageGradient has margins left');
    return [
      emitter.node(
        'Conv2DBackpropInput',
        [
          emitter.integers(image),
          emitter.tensor(operand(op, 0)),
          emitter.tensor(operand(op, 1)),
        ],
        convolutionAttributes(op.attributes, padding),
      ),
    ];
  },
};

/**
 * The gradient of an ungrouped convolution's filter (TensorFlow: Conv2DBackpropFilter).
 * Inputs: the image and the gradient of the result.
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
    const { format, shape } = op.attributes;
    const x = operand(op, 0);
    const { height, width } = imageSize(x.type.shape, format);
    const padding = paddingName(height, width, op.attributes);
    invariant(padding !== undefined, 'conv2dFilterGradient has margins left');
    return [
      emitter.node(
        'Conv2DBackpropFilter',
        [
          emitter.tensor(x),
          emitter.integers(filterIn(format, shape)),
          emitter.tensor(operand(op, 1)),
        ],
        convolutionAttributes(op.attributes, padding),
      ),
    ];
  },
};
