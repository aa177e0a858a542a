import type { Source } from '../grammar/source.js';

import { type Diagnostic, isError } from './diagnostics.js';
import { emitSavedModel, type EmittedSavedModel } from './emit/saved-model.js';
import type { Graph } from './ir/graph.js';
import { lowerNet, type Observed } from './lower.js';
import type { Net } from './net/net.js';
import {
  type Observer,
  optimising,
  type Pipeline,
  runPasses,
} from './passes/index.js';
import type { Precision } from './passes/precision.js';
import { readNet, type ReadOptions } from './read-net.js';
import type { DialectFound } from './schema/dialect.js';

export interface CompileOptions extends ReadOptions {
  /** Default: the net's outputs. */
  readonly observed?: (net: Net) => Observed;
  readonly pipeline?: Pipeline;
  /** Adds the function `differentiate`: gradients of inputs and parameters. */
  readonly differentiate?: boolean;
  /** Of fillers and random layers; default: one that is always the same. */
  readonly seed?: number | undefined;
  /** Is shown the graph after lowering (`lower`) and after each pass. */
  readonly observe?: Observer;
  /** Whether the folder will hold a checkpoint that loading restores. */
  readonly restores?: boolean;
}

export interface Model {
  readonly net: Net;
  readonly dialect: DialectFound;
  readonly graph: Graph<'physical'>;
  readonly precision: Precision;
  readonly savedModel: EmittedSavedModel;
}

export interface Compiled {
  /** undefined where an error is among the diagnostics. */
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** By stage, in milliseconds. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The compiler: text -> net -> logical graph -> passes -> physical graph -> SavedModel. */
export function compile(
  source: Source,
  options: CompileOptions = {},
): Compiled {
  const milliseconds: Record<string, number> = {};
  const timed = <T>(stage: string, run: () => T): T => {
    const start = performance.now();
    const result = run();
    milliseconds[stage] = performance.now() - start;
    return result;
  };

  const { net, dialect, diagnostics } = timed('read', () =>
    readNet(source, options),
  );
  if (net === undefined || diagnostics.some(isError)) {
    return { model: undefined, diagnostics, milliseconds };
  }
  const observed = options.observed?.(net) ?? {
    kind: 'blobs',
    blobs: net.outputs,
  };
  const logical = timed('lower', () =>
    lowerNet(net, {
      observed,
      differentiate: options.differentiate,
      seed: options.seed,
    }),
  );
  options.observe?.('lower', logical);
  const { pipeline = optimising } = options;
  const graph = timed('passes', () =>
    runPasses(pipeline, logical, options.observe),
  );
  const savedModel = timed('emit', () =>
    emitSavedModel(graph, { restores: options.restores ?? false }),
  );
  return {
    model: {
      net,
      dialect,
      graph,
      precision: pipeline.precision ?? 'fp32',
      savedModel,
    },
    diagnostics,
    milliseconds,
  };
}
