import type { Span } from '../../grammar/source.js';

import type { Code, FactsOf, Note } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import type { Shape } from '../ir/types.js';
import type { Message } from '../schema/message.js';

export type Phase = 'TRAIN' | 'TEST';

/**
 * Which number a BN layer keeps in its fourth blob: 1/sqrt(variance + eps), as the authors'
 * fork does, or the variance, as others do. No file tells.
 */
export type BnStatistics = 'inverse-std' | 'variance';

/** How many bottoms or tops a layer takes. */
export interface Count {
  readonly min: number;
  readonly max: number;
}

export const exactly = (count: number): Count => ({ min: count, max: count });
export const between = (min: number, max: number): Count => ({ min, max });
export const atLeast = (min: number): Count => ({ min, max: Infinity });

/** A blob of parameters that a layer owns, in the order in which files hold them. */
export interface ParameterSpec {
  /** Caffe's shape: what a file must hold. */
  readonly shape: Shape;
  readonly filler: Message<'FillerParameter'> | ConstantFiller;
  /** Moving averages: parameters to a solver, but nothing that is learned. */
  readonly statistics?: boolean;
  /** Its lr_mult is 0, whatever is written: the layer itself says so. */
  readonly unlearnt?: boolean;
}

/** The value that a blob starts with where no filler is written. */
export interface ConstantFiller {
  readonly constant: number;
}

export const startsAt = (constant: number): ConstantFiller => ({ constant });

/** A blob that a file holds, or why it cannot be had: what is wrong with the file. */
export type BlobFile =
  | { readonly shape: Shape; readonly data: Float32Array }
  | { readonly problem: string };

/** Reads a file that a layer names; the compiler itself opens none. */
export type ReadBlobFile = (path: string) => BlobFile;

/** What a layer's `setUp` sees. Shapes are Caffe's: N, C, H, W. */
export interface SetUpContext {
  readonly name: string;
  readonly message: Message<'LayerParameter'>;
  readonly phase: Phase;
  readonly bottoms: readonly Shape[];
  readonly topCount: number;
  readonly bnStatistics: BnStatistics;
  /** The user wants this pool to be global (`--global-pool`). */
  readonly globalPool: boolean;
  /** Shapes that the user wants instead of those in the file, by top (`--input-shape`). */
  readonly inputShapes: ReadonlyMap<string, Shape>;
  /** undefined: nobody reads files for this net. */
  readonly readBlob: ReadBlobFile | undefined;
  /** Reports a diagnostic of the layer; `undefined`, so that it can be returned. */
  report<C extends Code>(
    code: C,
    facts: FactsOf<C>,
    span?: Span,
    notes?: readonly Note[],
  ): undefined;
  /** An option that makes no sense, in words: what is wrong with it. */
  refuse(message: string, span?: Span, notes?: readonly Note[]): undefined;
}

/** What `lower` sees: values instead of shapes. */
export interface LowerContext {
  readonly builder: Builder;
  readonly bottoms: readonly Value[];
  /** The layer's parameters in Caffe's shapes. */
  readonly parameters: readonly Value[];
  /** Gives blob `index` (a moving average) another value, for the passes to come. */
  update(index: number, value: Value): void;
  /** What the layer kept under that name in the pass before; zeros in the first. */
  state(name: string, shape: Shape): LayerState;
  /** Numbers spread evenly over [0, 1), new ones in every iteration. */
  random(shape: Shape): Value;
  /** Numbers of mean 0 and deviation 1, normally distributed, new ones in every iteration. */
  randomNormal(shape: Shape): Value;
}

/** A value that a layer carries from one pass into the next. */
export interface LayerState {
  readonly value: Value;
  keep(next: Value): void;
}

/** What is known of a layer once the shapes of its bottoms are. */
export interface SetUp {
  readonly tops: readonly Shape[];
  readonly parameters?: readonly ParameterSpec[];
  /** Multiply-accumulates of one forward pass; convolutions and matrix products only. */
  readonly macs?: number;
  /** The tops are inputs of the net: somebody fills them before each pass. */
  readonly fed?: boolean;
  /** The value of each top, as ops of the logical graph. */
  lower(context: LowerContext): readonly Value[];
}

/**
 * One layer type of Caffe: all that is Caffe's about it stands in its file. The doc comment
 * of the constant is its reference page.
 */
export interface LayerDefinition {
  /** As `type` in a prototxt has it. */
  readonly type: string;
  readonly bottoms: Count;
  /** `as-bottoms`: as many tops as bottoms. */
  readonly tops: Count | 'as-bottoms';
  /** A loss: its first top counts with weight 1 where nothing else is written. */
  readonly isLoss?: boolean;
  /** Takes bottoms of which only the data tell how many items they have (behind a Filter). */
  readonly takesDynamicItems?: boolean;
  /**
   * Options that neither BVLC's Caffe nor the authors' has and that the layer heeds, with the
   * message they are in: `pooling_param.ceil_mode`. Others are refused.
   */
  readonly foreignOptions?: readonly string[];
  /** Gives undefined where it has reported an error. */
  setUp(context: SetUpContext): SetUp | undefined;
}

export const defineLayer = (definition: LayerDefinition): LayerDefinition =>
  definition;
