import { compile } from '../../compiler/compile.js';
import { isError } from '../../compiler/diagnostics.js';
import { optimising, training } from '../../compiler/passes/index.js';

import { timeNet, type TimeRequest } from '../../runtime/trace/time-net.js';
import { withMemoryCure } from '../../runtime/training/training-failure.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import {
  forwardOnly,
  pipelineHere,
  type PrecisionFlags,
} from '../precision.js';
import { readOptionsOf } from '../read-options.js';
import {
  beginLines,
  passLine,
  timeJson,
  timeLog,
  timeView,
} from '../report/time.js';
import { useScratch } from '../scratch.js';
import { withSourceShapes } from '../source-shapes.js';
import { openWeights } from '../weight-files.js';

export interface TimeFlags extends NetFlags, OutputFlags, PrecisionFlags {
  readonly model: string;
  readonly weights?: readonly string[];
  readonly iterations: number;
}

/** How long the layers of a net take, forward and backward. */
export async function time(flags: TimeFlags, emit: Emit): Promise<Outcome> {
  const weights = openWeights(flags.weights ?? []);
  try {
    const compiled = await compileTimed(flags, emit);
    if (compiled === undefined) return 'refused';
    const { net } = compiled.model;
    const fitted = weights.fit(net);
    const said = flags.weights === undefined ? [] : fitted.diagnostics;
    emit({ kind: 'diagnostics', diagnostics: said });
    if (said.some(isError)) return 'refused';
    useScratch();
    const { iterations } = flags;
    for (const line of beginLines(iterations)) emit({ kind: 'log', line });
    const times = await withMemoryCure(() =>
      timeNet({
        ...compiled,
        weights: fitted.blobs,
        iterations,
        passed: (iteration, milliseconds) => {
          emit({ kind: 'log', line: passLine(iteration, milliseconds) });
        },
      }),
    );
    const report = { net, times };
    for (const line of timeLog(report)) emit({ kind: 'log', line });
    emit({
      kind: 'result',
      document: () => timeJson(report),
      view: () => timeView(report),
    });
    return 'done';
  } finally {
    weights.close();
  }
}

/**
 * The net with every layer by itself, as a training computes it; in phase TEST also as `run`
 * and `test` do, folded.
 */
async function compileTimed(
  flags: TimeFlags,
  emit: Emit,
): Promise<Pick<TimeRequest, 'model' | 'folded'> | undefined> {
  const path = flags.model;
  const source = readSource(path);
  const read = readOptionsOf(flags);
  const sourced = await withSourceShapes(source, read);
  const pipeline = await pipelineHere(flags, training, emit, {
    differentiates: true,
  });
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    compile(source, { ...sourced.options, pipeline, differentiate: true }),
  );
  const stray = model === undefined ? [] : strayShapes(model.net, read);
  const said = [...sourced.diagnostics, ...diagnostics, ...stray];
  emit({ kind: 'diagnostics', diagnostics: said });
  if (model === undefined || said.some(isError)) return undefined;
  if (flags.phase === 'TRAIN') return { model, folded: undefined };
  // What is to say of the precision has been said.
  const quiet: Emit = () => undefined;
  const folding = await pipelineHere(flags, optimising, quiet, forwardOnly);
  const options = { ...sourced.options, pipeline: folding };
  return { model, folded: compile(source, options).model };
}
