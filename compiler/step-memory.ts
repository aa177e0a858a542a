import {
  functionOf,
  type Graph,
  type GraphFunction,
  type Op,
  type Value,
  type Variable,
} from './ir/graph.js';
import { byteSize } from './ir/types.js';

/** What a call of a function holds in memory beyond the bare process, in bytes. */
export interface StepMemory {
  /** Variables that hold parameters, moving statistics included. */
  readonly parameters: number;
  /** What the solver remembers: history, sums of gradients, last updates. */
  readonly history: number;
  /** The most that inputs and computed values take at one time. */
  readonly activations: number;
  /** TensorFlow's graph of all functions, and what it prepares to run it. */
  readonly graph: number;
  /** Gaps between tensors: what is free in places too small for what is asked for. */
  readonly gaps: number;
  readonly total: number;
}

/**
 * Of an op in the session's memory once each function has run: 42 to 52 MB for 20,000 to
 * 21,000 ops, as the C library's allocator counts what is in use (TensorFlow 2.21).
 */
const bytesOfOp = 2400;

/**
 * Of all tensors. Steps of Attention-56 (224x224, batch 4; CIFAR-10, batch 64) took 7 to 9 %
 * more than tensors and graph, where threads share one heap (cli/rancc.js).
 */
const shareOfGaps = 0.08;

const bytesOfVariables = (
  variables: readonly Variable[],
  kinds: readonly Variable['source']['kind'][],
): number =>
  variables
    .filter(({ source }) => kinds.includes(source.kind))
    .reduce((sum, { type }) => sum + byteSize(type), 0);

/** Ops whose result lies where their operand lies. */
const passing = new Set([
  'reshape',
  'identity',
  'stopGradient',
  'tap',
  'differentiateAs',
]);

/** Ops whose result lies in a variable or in the graph itself. */
const borrowing = new Set(['readVariable', 'constant']);

/**
 * What a call of function `name` holds. Ops are taken in the order in which TensorFlow's
 * executor comes to them: one that has all its operands waits behind those that had theirs
 * before. A value is held until its last reader is done; an elementwise op whose operand
 * nobody reads any more works in its place. Work space of kernels is given back before the
 * end of a kernel, and is not what makes the most: TensorFlow's own account of a step
 * (runtime/trace/step-stats.ts, `allocatedIn`) is within 2 % of this one.
 */
export function stepMemory(graph: Graph<'physical'>, name: string): StepMemory {
  const parameters = bytesOfVariables(graph.variables, ['parameter', 'state']);
  const history = bytesOfVariables(graph.variables, [
    'history',
    'sum',
    'update',
  ]);
  const activations = mostHeld(functionOf(graph, name));
  const tensors = parameters + history + activations;
  const gaps = Math.round(shareOfGaps * tensors);
  const ofGraph =
    bytesOfOp * graph.functions.reduce((sum, { ops }) => sum + ops.length, 0);
  return {
    parameters,
    history,
    activations,
    graph: ofGraph,
    gaps,
    total: tensors + ofGraph + gaps,
  };
}

function mostHeld(subject: GraphFunction): number {
  const held = new HeldValues(subject);
  for (const op of executionOrder(subject)) held.run(op);
  return held.most;
}

/** The buffers that are alive while the ops of a function run. */
class HeldValues {
  most = 0;
  private now = 0;
  /** The value in whose memory a value lies; undefined: in none of its own. */
  private readonly owner = new Map<Value, Value | undefined>();
  /** How many readings are still to come of what lies in a value's memory. */
  private readonly readings = new Map<Value, number>();
  private readonly readers = new Map<Value, number>();

  constructor({ inputs, ops, outputs }: GraphFunction) {
    for (const op of ops) {
      for (const input of op.inputs) this.expect(input);
    }
    for (const { value } of outputs) this.expect(value);
    for (const { value } of inputs) {
      // The caller's, who keeps it for the whole call.
      this.expect(value);
      this.hold(value);
    }
  }

  private expect(value: Value): void {
    this.readers.set(value, (this.readers.get(value) ?? 0) + 1);
  }

  private hold(value: Value): void {
    this.owner.set(value, value);
    this.readings.set(value, this.readers.get(value) ?? 0);
    this.now += byteSize(value.type);
    this.most = Math.max(this.most, this.now);
  }

  private release(value: Value): void {
    const owner = this.owner.get(value);
    if (owner === undefined) return;
    const left = (this.readings.get(owner) ?? 0) - 1;
    this.readings.set(owner, left);
    if (left === 0) this.now -= byteSize(owner.type);
  }

  /** An operand of the same size that nobody reads after this. */
  private reusable({ definition, inputs, outputs }: Op): Value | undefined {
    const [output] = outputs;
    if (definition.layout.kind !== 'elementwise' || output === undefined) {
      return undefined;
    }
    return inputs
      .map((input) => this.owner.get(input))
      .find(
        (owner) =>
          owner !== undefined &&
          this.readings.get(owner) === 1 &&
          byteSize(owner.type) === byteSize(output.type),
      );
  }

  private share(value: Value, owner: Value | undefined): void {
    this.owner.set(value, owner);
    if (owner === undefined) return;
    const readings = this.readings.get(owner) ?? 0;
    this.readings.set(owner, readings + (this.readers.get(value) ?? 0));
  }

  run(op: Op): void {
    const [input] = op.inputs;
    const [output] = op.outputs;
    const { name } = op.definition;
    if (passing.has(name) && input !== undefined && output !== undefined) {
      this.share(output, this.owner.get(input));
    } else if (borrowing.has(name)) {
      for (const value of op.outputs) this.owner.set(value, undefined);
    } else {
      const reused = this.reusable(op);
      if (reused === undefined || output === undefined) {
        for (const value of op.outputs) this.hold(value);
      } else {
        this.share(output, reused);
      }
    }
    for (const value of op.inputs) this.release(value);
    // What is only stored takes the place of what the variable held.
    for (const value of op.outputs) this.forget(value);
  }

  private forget(value: Value): void {
    const owner = this.owner.get(value);
    if (owner === value && this.readings.get(value) === 0) {
      this.now -= byteSize(value.type);
    }
  }
}

/** The ops of a function, each behind those that had all their operands before it. */
function executionOrder({ ops }: GraphFunction): readonly Op[] {
  const producers = new Map<Value, Op>();
  for (const op of ops) {
    for (const output of op.outputs) producers.set(output, op);
  }
  const missing = new Map<Op, number>();
  const waiting = new Map<Op, Op[]>();
  for (const op of ops) {
    const needed = new Set(
      op.inputs.flatMap((input) => producers.get(input) ?? []),
    );
    missing.set(op, needed.size);
    for (const producer of needed) {
      const known = waiting.get(producer);
      if (known === undefined) waiting.set(producer, [op]);
      else known.push(op);
    }
  }
  const order = ops.filter((op) => missing.get(op) === 0);
  for (const op of order) {
    for (const next of waiting.get(op) ?? []) {
      const left = (missing.get(next) ?? 0) - 1;
      missing.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
}
