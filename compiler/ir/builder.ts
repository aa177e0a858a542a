import { invariant } from '../diagnostics.js';
import type { Attributes, Op, OpDefinition, Origin, Value } from './graph.js';
import type { TensorType } from './types.js';

let nextId = 0;

/** A value that no op defines: the input of a function. */
export const freshValue = (type: TensorType): Value => ({ id: nextId++, type });

/** Collects ops in order; every op that it makes is stamped with the current origin. */
export class Builder {
  readonly ops: Op[] = [];
  private origin: Origin;

  constructor(origin: Origin) {
    this.origin = origin;
  }

  /** Runs `body` with another origin for the ops that it makes. */
  at<T>(origin: Origin, body: () => T): T {
    const before = this.origin;
    this.origin = origin;
    try {
      return body();
    } finally {
      this.origin = before;
    }
  }

  get currentOrigin(): Origin {
    return this.origin;
  }

  /** Adds an op and returns all its outputs. */
  applyAll<A extends Attributes>(
    definition: OpDefinition<A>,
    inputs: readonly Value[],
    attributes: A,
  ): readonly Value[] {
    const types = definition.infer(
      inputs.map((input) => input.type),
      attributes,
    );
    const op: Op<A> = {
      definition,
      inputs,
      attributes,
      outputs: types.map(freshValue),
      origin: this.origin,
    };
    this.ops.push(op);
    return op.outputs;
  }

  /** Adds an op that has one output. */
  apply<A extends Attributes>(
    definition: OpDefinition<A>,
    inputs: readonly Value[],
    attributes: A,
  ): Value {
    const [output, ...others] = this.applyAll(definition, inputs, attributes);
    invariant(
      output !== undefined && others.length === 0,
      `${definition.name} has not exactly one output`,
    );
    return output;
  }
}
