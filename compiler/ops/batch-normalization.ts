import { invariant } from '../diagnostics.js';
import { attr, type NodeEmitter } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, shapeText } from '../ir/types.js';
import { inputType, operand } from './operand.js';
import { type ImageFormat, imageSize } from './window.js';

export interface BatchNormalizationAttributes {
  /** Added to the variance, inside the root. */
  readonly epsilon: number;
  readonly format: ImageFormat;
}

const outputNames = (node: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    index === 0 ? node : `${node}:${index}`,
  );

const attributesOf = ({ epsilon, format }: BatchNormalizationAttributes) => ({
  T: attr.type('float32'),
  U: attr.type('float32'),
  epsilon: attr.float(epsilon),
  data_format: attr.text(format),
  is_training: attr.bool(true),
});

const noStatistics = (emitter: NodeEmitter): string =>
  emitter.constant({ type: float32([0]), data: new Float32Array() });

/**
 * Every channel less its mean, over its deviation, times a scale, plus an offset, with the
 * statistics of this batch (TensorFlow: FusedBatchNormV3 in training).
 *
 * Inputs: the image, the scale (C), the offset (C). Outputs: the result; the mean (C) and the
 * variance (C), with the factor m / (m - 1) of m numbers, for moving averages, through which
 * no gradient passes; and three tensors that the gradient op wants back.
 */
export const batchNormalization: OpDefinition<BatchNormalizationAttributes> = {
  name: 'batchNormalization',
  stages: ['logical', 'physical'],
  layout: {
    kind: 'spatial',
    inputs: ['image', 'plain', 'plain'],
    output: ['image', 'plain', 'plain', 'plain', 'plain', 'plain'],
  },
  infer: (inputs, { format }) => {
    const x = inputType(inputs, 0);
    const { channels } = imageSize(x.shape, format);
    const perChannel = float32([channels]);
    invariant(
      x.shape.length === 4 &&
        [1, 2].every(
          (at) => inputType(inputs, at).shape.join() === `${channels}`,
        ),
      `batchNormalization of ${shapeText(x.shape)}`,
    );
    const saved = [perChannel, perChannel, float32([0])];
    return [x, perChannel, perChannel, ...saved];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    return builder.applyAll(
      batchNormalizationGradient,
      [gradient, operand(op, 0), operand(op, 1), ...op.outputs.slice(3)],
      op.attributes,
    );
  },
  evaluate: null,
  emit: (op, emitter) => {
    const empty = noStatistics(emitter);
    const node = emitter.node(
      'FusedBatchNormV3',
      [...op.inputs.map((input) => emitter.tensor(input)), empty, empty],
      { ...attributesOf(op.attributes), exponential_avg_factor: attr.float(1) },
    );
    return outputNames(node, 6);
  },
};

/**
 * Inputs: the gradient of the result, the image, the scale, what was saved. Outputs: the
 * gradients of the image, the scale, the offset (TensorFlow: FusedBatchNormGradV3).
 */
export const batchNormalizationGradient: OpDefinition<BatchNormalizationAttributes> =
  {
    name: 'batchNormalizationGradient',
    stages: ['logical', 'physical'],
    layout: {
      kind: 'spatial',
      inputs: ['image', 'image', 'plain', 'plain', 'plain', 'plain'],
      output: ['image', 'plain', 'plain'],
    },
    infer: (inputs) => [1, 2, 2].map((at) => inputType(inputs, at)),
    gradient: null,
    evaluate: null,
    emit: (op, emitter) => {
      const node = emitter.node(
        'FusedBatchNormGradV3',
        op.inputs.map((input) => emitter.tensor(input)),
        attributesOf(op.attributes),
      );
      return outputNames(node, 3);
    },
  };
