import { compile } from '../../compiler/compile.js';
import { isError } from '../../compiler/diagnostics.js';
import { optimising } from '../../compiler/passes/index.js';

import { timeNet } from '../../runtime/trace/time-net.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags, OutputFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { pipelineHere, type PrecisionFlags } from '../precision.js';
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

export interface TimeFlags extends NetFlags, OutputFlags, PrecisionFlags {
  readonly model: string;
  readonly iterations: number;
}

/** How long the layers of a net take, forward and backward. */
export async function time(flags: TimeFlags, emit: Emit): Promise<Outcome> {
  const path = flags.model;
  const source = readSource(path);
  const sourced = await withSourceShapes(source, readOptionsOf(flags));
  const pipeline = await pipelineHere(flags, optimising, emit, {
    differentiates: true,
  });
  const { model, diagnostics } = await runStage(emit, `compiling ${path}`, () =>
    compile(source, { ...sourced.options, pipeline, differentiate: true }),
  );
  const stray =
    model === undefined ? [] : strayShapes(model.net, readOptionsOf(flags));
  const said = [...sourced.diagnostics, ...diagnostics, ...stray];
  emit({ kind: 'diagnostics', diagnostics: said });
  if (model === undefined || said.some(isError)) return 'refused';
  useScratch();
  const { iterations } = flags;
  for (const line of beginLines(iterations)) emit({ kind: 'log', line });
  const times = await timeNet(model, {
    iterations,
    passed: (iteration, milliseconds) => {
      emit({ kind: 'log', line: passLine(iteration, milliseconds) });
    },
  });
  const report = { net: model.net, times };
  for (const line of timeLog(report)) emit({ kind: 'log', line });
  emit({
    kind: 'result',
    document: () => timeJson(report),
    view: () => timeView(report),
  });
  return 'done';
}
