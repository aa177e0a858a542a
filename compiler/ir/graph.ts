import type { Span } from '../../grammar/source.js';

import type { NodeEmitter } from '../emit/node-emitter.js';
import type { Builder } from './builder.js';
import type { TensorType } from './types.js';

/**
 * `logical`: Caffe's axes (NCHW), as layers lower to it and as gradients are taken.
 * `physical`: TensorFlow's axes (NHWC), what is emitted.
 */
export type Stage = 'logical' | 'physical';

/** Where an op comes from, so that a failure at run time points at a line of the prototxt. */
export interface Origin {
  readonly layer: string;
  readonly span?: Span | undefined;
  /** The pass that made the op, where it was not the layer's lowering. */
  readonly pass?: string | undefined;
  /** The op is part of a backward pass: only gradients need it. */
  readonly backward?: true | undefined;
}

/** The result of an op or an input of a function: defined once, never changed. */
export interface Value {
  /** Unique in the process; the printer numbers values afresh. */
  readonly id: number;
  readonly type: TensorType;
}

// A type, not an interface: attribute interfaces of ops must be assignable to it.
export type Attributes = object;

export interface Op<A extends Attributes = Attributes> {
  readonly definition: OpDefinition<A>;
  readonly inputs: readonly Value[];
  readonly attributes: A;
  readonly outputs: readonly Value[];
  readonly origin: Origin;
}

/** Axes of an operand of a spatial op: N, C, H, W or O, I, H, W or any; then as the format has them. */
export type Role = 'image' | 'filter' | 'plain';

/** How the layout pass may change the order of an op's axes. */
export type LayoutRule<A extends Attributes> =
  /** Works on the image axes: its images and filters are in the graph's format. */
  | {
      readonly kind: 'spatial';
      readonly inputs: readonly Role[];
      /** Of the one output, or of each. */
      readonly output: Role | readonly Role[];
    }
  /** Any order will do, as long as all inputs have the same. */
  | { readonly kind: 'elementwise' }
  /** Any order will do, if the attributes that name axes follow. */
  | {
      readonly kind: 'axes';
      /** `axisOf[i]` is where axis i of Caffe's order went. */
      permute(attributes: A, axisOf: readonly number[]): A;
    }
  /** Has a meaning in Caffe's order only. */
  | { readonly kind: 'ordered' };

/**
 * The gradients of an op's inputs from those of its outputs (undefined: nothing asks for it).
 * Returns one entry for each input; undefined where none flows.
 */
export type GradientRule<A extends Attributes> = RuleMethods<A>['gradient'];

/** All that is to know about one kind of op. One file of ops/ each, or one for a family. */
export interface OpDefinition<A extends Attributes = Attributes> {
  readonly name: string;
  /** The stages in which the op may stand. */
  readonly stages: readonly Stage[];
  readonly layout: LayoutRule<A>;
  /** Types of the outputs; an InternalError where the inputs do not fit. */
  infer(inputs: readonly TensorType[], attributes: A): readonly TensorType[];
  /** null: not differentiable, or no rule yet. */
  readonly gradient: GradientRule<A> | null;
  /** The value on constant inputs; null where it is not worth having. */
  readonly evaluate: Evaluate<A> | null;
  /** Writes the NodeDefs; returns the tensor names of the outputs. */
  emit(op: Op<A>, emitter: NodeEmitter): readonly string[];
}

export type Evaluate<A extends Attributes> = RuleMethods<A>['evaluate'];

/** Written as methods, so that a definition of some attributes is one of any attributes. */
interface RuleMethods<A extends Attributes> {
  gradient(
    op: Op<A>,
    outputGradients: readonly (Value | undefined)[],
    builder: Builder,
  ): readonly (Value | undefined)[];
  evaluate(inputs: readonly ConstantTensor[], attributes: A): ConstantTensor;
}

export interface ConstantTensor {
  readonly type: TensorType;
  readonly data: Float32Array | Int32Array;
}

export type VariableSource =
  /** A blob of a layer, in Caffe's order and shape. */
  | {
      readonly kind: 'parameter';
      readonly layer: string;
      readonly blob: number;
    }
  /** What a layer keeps from pass to pass; 0 at first. */
  | { readonly kind: 'state'; readonly layer: string }
  /** Computed from parameters by the function `derive`. */
  | { readonly kind: 'derived' }
  /** What a solver remembers of a parameter, named by its variable; 0 at first. */
  | {
      readonly kind: 'history';
      readonly parameter: string;
      readonly slot: number;
    }
  /** The sum of a parameter's gradients over the passes of an iteration. */
  | { readonly kind: 'sum'; readonly parameter: string }
  /** The last update of a parameter. */
  | { readonly kind: 'update'; readonly parameter: string };

/** State that lives in the session. `name` is its unique `shared_name`. */
export interface Variable {
  readonly name: string;
  readonly type: TensorType;
  readonly source: VariableSource;
}

export interface Named {
  readonly name: string;
  readonly value: Value;
}

/**
 * One thing that the graph can be asked to do. Its ops stand in an order in which every
 * value is defined before its use; all reads of variables see the state before the call,
 * all stores happen after.
 */
export interface GraphFunction {
  readonly name: string;
  readonly inputs: readonly Named[];
  readonly ops: readonly Op[];
  readonly outputs: readonly Named[];
  readonly stores: readonly Store[];
  /**
   * Outputs that have to be finite: else the call fails, and nothing is stored. Default: none.
   */
  readonly finite?: readonly string[];
}

export interface Store {
  readonly variable: Variable;
  readonly value: Value;
}

export interface Graph<S extends Stage> {
  readonly stage: S;
  readonly name: string;
  readonly variables: readonly Variable[];
  readonly functions: readonly GraphFunction[];
}

/** Whether `op` is one of `definition`, with its attributes typed. */
export const isOp = <A extends Attributes>(
  op: Op | undefined,
  definition: OpDefinition<A>,
): op is Op & Op<A> =>
  op !== undefined && (op.definition as unknown) === (definition as unknown);

/** The function of that name, which the caller knows to exist. */
export function functionOf(graph: Graph<Stage>, name: string): GraphFunction {
  const found = graph.functions.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`no function ${name}`);
  return found;
}

/** The graph with one function replaced. */
export const withFunction = <S extends Stage>(
  graph: Graph<S>,
  replacement: GraphFunction,
): Graph<S> => ({
  ...graph,
  functions: graph.functions.map((existing) =>
    existing.name === replacement.name ? replacement : existing,
  ),
});
