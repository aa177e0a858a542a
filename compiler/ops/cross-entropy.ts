import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { float32, shapeText } from '../ir/types.js';
import { multiply, type NoAttributes, none, subtract } from './elementwise.js';
import { inputType, operand } from './operand.js';
import { reduceSum } from './reductions.js';
import { reshape } from './shape-ops.js';
import { softmax } from './softmax.js';

/**
 * -log softmax(x)[label] for each row of a matrix x, and softmax(x) - 1[label], which is its
 * gradient before it is weighted. Inputs: the matrix and its labels (int32); it fails at run
 * time for a label that does not exist (TensorFlow: SparseSoftmaxCrossEntropyWithLogits).
 */
export const softmaxCrossEntropy: OpDefinition<NoAttributes> = {
  name: 'softmaxCrossEntropy',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    const labels = inputType(inputs, 1);
    invariant(
      x.shape.length === 2 &&
        labels.shape.length === 1 &&
        labels.dtype === 'int32' &&
        labels.shape[0] === x.shape[0],
      `softmaxCrossEntropy of ${shapeText(x.shape)} and ${shapeText(labels.shape)}`,
    );
    return [float32(labels.shape), x];
  },
  gradient: (op, [gradient], builder) => {
    const [, slope] = op.outputs;
    invariant(slope !== undefined, 'softmaxCrossEntropy lost an output');
    if (gradient === undefined) return [];
    const column = builder.apply(reshape, [gradient], {
      shape: [...gradient.type.shape, 1],
    });
    return [builder.apply(multiply, [slope, column], none)];
  },
  evaluate: null,
  emit: (op, emitter) => {
    const node = emitter.node(
      'SparseSoftmaxCrossEntropyWithLogits',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      { T: attr.type('float32'), Tlabels: attr.type('int32') },
    );
    return [node, `${node}:1`];
  },
};

/** The logarithm of the softmax of each row of a matrix (TensorFlow: LogSoftmax). */
export const logSoftmax: OpDefinition<NoAttributes> = {
  name: 'logSoftmax',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs) => {
    const x = inputType(inputs, 0);
    invariant(x.shape.length === 2, `logSoftmax of ${shapeText(x.shape)}`);
    return [x];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const shares = builder.apply(softmax, [operand(op, 0)], { axis: 1 });
    const sum = builder.apply(reduceSum, [gradient], { axes: [1] });
    const spread = builder.apply(multiply, [shares, sum], none);
    return [builder.apply(subtract, [gradient, spread], none)];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node('LogSoftmax', [emitter.tensor(operand(op, 0))], {
      T: attr.type('float32'),
    }),
  ],
};
