import { attr } from '../emit/node-emitter.js';
import type { ConstantTensor, OpDefinition, Variable } from '../ir/graph.js';

export interface ConstantAttributes {
  readonly tensor: ConstantTensor;
}

/** A tensor that the net itself spells out (or a frozen parameter). */
export const constant: OpDefinition<ConstantAttributes> = {
  name: 'constant',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (_, { tensor }) => [tensor.type],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [emitter.constant(op.attributes.tensor)],
};

export interface ReadVariableAttributes {
  readonly variable: Variable;
}

/** The value of a variable as it was when the call began. */
export const readVariable: OpDefinition<ReadVariableAttributes> = {
  name: 'readVariable',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (_, { variable }) => [variable.type],
  gradient: null,
  evaluate: null,
  emit: (op, emitter) => [emitter.readVariable(op.attributes.variable)],
};

export interface TapAttributes {
  /** `<layer>/<top index>`: the node is `blob/<name>`. */
  readonly name: string;
}

/**
 * Identity with a name of its own, behind the top of a layer. What the layer computed is
 * fetched before it, what the layers below read can be fed at it: so a layer can be run on
 * the reference's inputs.
 */
export const tap: OpDefinition<TapAttributes> = {
  name: 'tap',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: ([input]) => (input === undefined ? [] : [input]),
  gradient: (_, gradients) => gradients,
  evaluate: null,
  emit: (op, emitter) => {
    const [input] = op.inputs;
    if (input === undefined) return [];
    return [
      emitter.node(
        'Identity',
        [emitter.tensor(input)],
        { T: attr.type(input.type.dtype) },
        `tap${op.attributes.name}`,
      ),
    ];
  },
};
