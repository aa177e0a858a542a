import { invariant } from '../diagnostics.js';
import { attr, type NodeEmitter } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { shapeText } from '../ir/types.js';
import { inputType, operand, result } from './operand.js';
import {
  type ImageFormat,
  imageShape,
  imageSize,
  paddingName,
  perImageAxis,
  type Window,
  windowCount,
} from './window.js';

export interface PoolAttributes extends Window {
  readonly format: ImageFormat;
}

function pooling(
  name: string,
  tensorFlowOp: string,
  gradient: OpDefinition<PoolAttributes>['gradient'],
): OpDefinition<PoolAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'spatial', inputs: ['image'], output: 'image' },
    infer: (inputs, attributes) => {
      const x = inputType(inputs, 0);
      invariant(x.shape.length === 4, `${name} of ${shapeText(x.shape)}`);
      const { format } = attributes;
      const { batch, channels, height, width } = imageSize(x.shape, format);
      const shape = imageShape(
        {
          batch,
          channels,
          height: windowCount(height, attributes, 0),
          width: windowCount(width, attributes, 1),
        },
        format,
      );
      return [{ dtype: x.dtype, shape }];
    },
    gradient,
    evaluate: null,
    emit: (op, emitter) => {
      const { format } = op.attributes;
      const x = operand(op, 0);
      const { height, width } = imageSize(x.type.shape, format);
      const padding = paddingName(height, width, op.attributes);
      invariant(padding !== undefined, `${name} has margins left`);
      const inputs = [emitter.tensor(x)];
      return [poolNode(emitter, tensorFlowOp, inputs, op.attributes, padding)];
    },
  };
}

const poolNode = (
  emitter: NodeEmitter,
  tensorFlowOp: string,
  inputs: readonly string[],
  { format, kernel, strides }: PoolAttributes,
  padding: string,
): string =>
  emitter.node(tensorFlowOp, inputs, {
    T: attr.type('float32'),
    data_format: attr.text(format),
    ksize: attr.ints(perImageAxis(format, kernel)),
    strides: attr.ints(perImageAxis(format, strides)),
    padding: attr.text(padding),
  });

/** Inputs: the image, what was pooled of it, and the gradient of that (TensorFlow: MaxPoolGrad). */
export const maxPoolGradient: OpDefinition<PoolAttributes> = {
  name: 'maxPoolGradient',
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
    const x = operand(op, 0);
    const { height, width } = imageSize(x.type.shape, op.attributes.format);
    const padding = paddingName(height, width, op.attributes);
    invariant(padding !== undefined, 'maxPoolGradient has margins left');
    const inputs = op.inputs.map((input) => emitter.tensor(input));
    return [poolNode(emitter, 'MaxPoolGrad', inputs, op.attributes, padding)];
  },
};

/** Inputs: the image, for its shape, and the gradient of the averages (TensorFlow: AvgPoolGrad). */
export const averagePoolGradient: OpDefinition<PoolAttributes> = {
  name: 'averagePoolGradient',
  stages: ['logical', 'physical'],
  layout: { kind: 'spatial', inputs: ['image', 'image'], output: 'image' },
  infer: (inputs) => [inputType(inputs, 0)],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => {
    const shape = emitter.integers(operand(op, 0).type.shape);
    const inputs = [shape, emitter.tensor(operand(op, 1))];
    return [poolNode(emitter, 'AvgPoolGrad', inputs, op.attributes, 'VALID')];
  },
};

/** The largest of each window; margins never win (TensorFlow: MaxPool). */
export const maxPool = pooling(
  'maxPool',
  'MaxPool',
  (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(
            maxPoolGradient,
            [operand(op, 0), result(op), gradient],
            op.attributes,
          ),
        ],
);

/**
 * The sum of each window, divided by the kernel's area. The layer leaves no margins to it,
 * because what lies in a margin counts differently in Caffe and TensorFlow.
 */
export const averagePool = pooling(
  'averagePool',
  'AvgPool',
  (op, [gradient], builder) =>
    gradient === undefined
      ? []
      : [
          builder.apply(
            averagePoolGradient,
            [operand(op, 0), gradient],
            op.attributes,
          ),
        ],
);
