import type { Model } from '../compiler/compile.js';
import { isError } from '../compiler/diagnostics.js';
import { summarizeNet } from '../compiler/summary.js';

import {
  type Emit as ModelEmit,
  writeModelFolder,
} from '../runtime/model-folder.js';

import { type Emit, type Outcome, stageTeller } from './events.js';
import {
  compileJson,
  type CompileReport,
  compileView,
} from './report/compile.js';
import { safeName } from './safe-name.js';
import { useScratch } from './scratch.js';
import { ownVersion } from './version.js';
import type { OpenWeights } from './weight-files.js';

export interface CompiledNet {
  readonly model: Model;
  /** The prototxt, as the manifest names it. */
  readonly path: string;
  /** Default: the net's name with `.rancc`. */
  readonly folder: string | undefined;
  readonly weights: OpenWeights;
  readonly passes: readonly string[];
  readonly emits: readonly ModelEmit[];
  readonly freeze: boolean;
  readonly dumps: readonly string[];
  /** When the command began, as `performance.now()` tells. */
  readonly start: number;
  /** By stage, until now. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Writes what was compiled as a folder, with its weights where there are any, and tells of it. */
export async function writeCompiled(
  { model, path, weights, ...compiled }: CompiledNet,
  emit: Emit,
): Promise<Outcome> {
  const fitted =
    weights.paths.length === 0 ? undefined : weights.fit(model.net);
  if (fitted !== undefined) {
    emit({ kind: 'diagnostics', diagnostics: fitted.diagnostics });
    if (fitted.diagnostics.some(isError)) return 'refused';
    useScratch();
  }
  const folder = compiled.folder ?? `${safeName(model.net.name)}.rancc`;
  const written = performance.now();
  const teller = stageTeller(emit);
  const { files, model: final } = await writeModelFolder(model, {
    folder,
    source: path,
    version: ownVersion(),
    passes: compiled.passes,
    weights: fitted,
    emits: compiled.emits,
    freeze: compiled.freeze,
    progress: teller.progress,
  });
  teller.end();
  weights.close();
  const now = performance.now();
  const report: CompileReport = {
    folder,
    files,
    summary: summarizeNet(model.net),
    signatures: final.savedModel.signatures,
    ops: final.savedModel.graph.nodes.length,
    unused: fitted?.unused ?? [],
    milliseconds: {
      ...compiled.milliseconds,
      write: now - written,
      total: now - compiled.start,
    },
    dumps: compiled.dumps,
  };
  emit({
    kind: 'result',
    document: () => compileJson(report),
    view: () => compileView(report),
  });
  return 'done';
}
