import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { shapeText } from '../ir/types.js';
import { perImageAxis } from './convolution.js';
import { inputType, operand } from './operand.js';
import {
  type ImageFormat,
  imageShape,
  imageSize,
  paddingName,
  type Window,
  windowCount,
} from './window.js';

export interface PoolAttributes extends Window {
  readonly format: ImageFormat;
}

function pooling(
  name: string,
  tensorFlowOp: string,
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
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => {
      const { format, kernel, strides } = op.attributes;
      const x = operand(op, 0);
      const { height, width } = imageSize(x.type.shape, format);
      const padding = paddingName(height, width, op.attributes);
      invariant(padding !== undefined, `${name} has margins left`);
      return [
        emitter.node(tensorFlowOp, [emitter.tensor(x)], {
          T: attr.type('float32'),
          data_format: attr.text(format),
          ksize: attr.ints(perImageAxis(format, kernel)),
          strides: attr.ints(perImageAxis(format, strides)),
          padding: attr.text(padding),
        }),
      ];
    },
  };
}

/** The largest of each window; margins never win (TensorFlow: MaxPool). */
export const maxPool = pooling('maxPool', 'MaxPool');

/**
 * The sum of each window, divided by the kernel's area. The layer leaves no margins to it,
 * because what lies in a margin counts differently in Caffe and TensorFlow.
 */
export const averagePool = pooling('averagePool', 'AvgPool');
