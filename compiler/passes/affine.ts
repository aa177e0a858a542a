import type { Builder } from '../ir/builder.js';
import { type GraphFunction, isOp, type Op, type Value } from '../ir/graph.js';
import type { Lookup } from '../ir/rewrite.js';
import { elementCount, float32, type Shape } from '../ir/types.js';
import { type Uses, usesOf } from '../ir/uses.js';
import { constant } from '../ops/constant.js';
import {
  add,
  divide,
  multiply,
  negate,
  none,
  subtract,
} from '../ops/elementwise.js';
import { reshape } from '../ops/shape-ops.js';
import { staticValues } from './static-values.js';

/** One of + - * / with a static number, or one for each channel, on one side. */
interface AffineStep {
  readonly op: Op;
  /** The operand that is not static. */
  readonly x: Value;
  readonly operand: Value;
}

/** `x * scale + shift` channel by channel, as a row of ops does it. */
export interface AffineChain {
  /** What goes in. */
  readonly x: Value;
  /** In the order of computation; at least one. */
  readonly steps: readonly AffineStep[];
  /** The op whose output is the whole chain's. */
  readonly end: Op;
}

/** The two vectors (one number for each channel, or one in all); undefined where there is none. */
export interface Affine {
  readonly scale: Value | undefined;
  readonly shift: Value | undefined;
}

/** The chains of a function, and what was learnt on the way. */
export interface AffineChains {
  readonly uses: Uses;
  readonly statics: ReadonlySet<Value>;
  /** By the op that ends them. */
  readonly byEnd: ReadonlyMap<Op, AffineChain>;
  /** The op that begins the chain: its first step. */
  readonly byStart: ReadonlyMap<Op, AffineChain>;
}

/** Whether `operand` has nothing but a channel axis beside x: N, C, ... */
function isPerChannel(operand: Shape, x: Shape): boolean {
  if (x.length < 2 || operand.length > x.length) return false;
  return operand.every((size, at) => {
    const axis = x.length - operand.length + at;
    return size === 1 || (axis === 1 && size === x[1]);
  });
}

function stepOf(op: Op, statics: ReadonlySet<Value>): AffineStep | undefined {
  const known = [add, subtract, multiply, divide].some((definition) =>
    isOp(op, definition),
  );
  const [left, right] = op.inputs;
  if (!known || left === undefined || right === undefined) return undefined;
  const step = statics.has(right)
    ? { op, x: left, operand: right }
    : { op, x: right, operand: left };
  const divides = isOp(op, divide) || isOp(op, subtract);
  if (divides && step.x !== left) return undefined;
  return statics.has(step.operand) &&
    !statics.has(step.x) &&
    isPerChannel(step.operand.type.shape, step.x.type.shape)
    ? step
    : undefined;
}

/** Finds the longest rows of affine steps whose inner results nothing else reads. */
export function affineChains(subject: GraphFunction): AffineChains {
  const uses = usesOf(subject);
  const statics = staticValues(subject);
  const chains = new Map<Op, AffineChain>();
  for (const op of subject.ops) {
    const step = stepOf(op, statics);
    if (step === undefined) continue;
    const producer = uses.producer(step.x);
    const before =
      producer !== undefined && uses.hasOneUse(step.x)
        ? chains.get(producer)
        : undefined;
    if (before === undefined) {
      chains.set(op, { x: step.x, steps: [step], end: op });
      continue;
    }
    chains.delete(before.end);
    chains.set(op, {
      x: before.x,
      steps: [...before.steps, step],
      end: op,
    });
  }
  const byStart = new Map<Op, AffineChain>();
  for (const chain of chains.values()) {
    const [first] = chain.steps;
    if (first !== undefined) byStart.set(first.op, chain);
  }
  return { uses, statics, byEnd: chains, byStart };
}

const one = (builder: Builder): Value =>
  builder.apply(constant, [], {
    tensor: { type: float32([1]), data: Float32Array.of(1) },
  });

/** Builds the two vectors of a chain out of its static operands. */
export function affineOf(
  { steps }: AffineChain,
  builder: Builder,
  lookup: Lookup,
): Affine {
  let scale: Value | undefined;
  let shift: Value | undefined;
  const vector = (value: Value): Value =>
    value.type.shape.length === 1
      ? value
      : builder.apply(reshape, [value], {
          shape: [elementCount(value.type.shape)],
        });
  for (const { op, operand } of steps) {
    const by = vector(lookup(operand));
    const combined = (definition: typeof add, value: Value): Value =>
      builder.apply(definition, [value, by], none);
    if (isOp(op, add)) {
      shift = shift === undefined ? by : combined(add, shift);
    } else if (isOp(op, subtract)) {
      shift =
        shift === undefined
          ? builder.apply(negate, [by], none)
          : combined(subtract, shift);
    } else if (isOp(op, multiply)) {
      scale = scale === undefined ? by : combined(multiply, scale);
      shift = shift === undefined ? undefined : combined(multiply, shift);
    } else {
      scale = combined(divide, scale ?? one(builder));
      shift = shift === undefined ? undefined : combined(divide, shift);
    }
  }
  return { scale, shift };
}

/** A vector over the channels of a value of `rank` axes: 1, C, 1, ... */
export const overChannelAxis = (
  builder: Builder,
  vector: Value,
  rank: number,
): Value =>
  builder.apply(reshape, [vector], {
    shape: [
      1,
      elementCount(vector.type.shape),
      ...new Array<number>(rank - 2).fill(1),
    ],
  });
