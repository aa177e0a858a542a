import { parse } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import { fileKind } from '../../compiler/schema/file-kind.js';
import { loadMessage } from '../../compiler/schema/load-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { readOptionsOf } from '../read-options.js';
import { diagnosticsJson } from '../report/diagnostics-json.js';
import { tally } from '../report/diagnostics-text.js';
import { leniently } from '../unsupported.js';

interface CheckedFile {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads nets and solvers and says what is wrong with them. */
export function check(
  paths: readonly string[],
  flags: NetFlags,
  emit: Emit,
): Outcome {
  const options = readOptionsOf(flags);
  const checked = paths.map(readSource).map((source): CheckedFile => {
    const diagnostics = leniently(checkSource(source, options));
    emit({ kind: 'diagnostics', diagnostics });
    return { file: source.name, diagnostics };
  });
  emit({
    kind: 'result',
    document: () => ({
      files: checked.map(({ file, diagnostics }) => ({
        file,
        diagnostics: diagnosticsJson(diagnostics),
      })),
    }),
    view: () =>
      checked.map(({ file, diagnostics }) => ({
        kind: 'line',
        text: `${file}: ${tally(diagnostics)}`,
        tone: isRefused(diagnostics) ? 'bad' : 'good',
      })),
  });
  return checked.some(({ diagnostics }) => isRefused(diagnostics))
    ? 'refused'
    : 'done';
}

const isRefused = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(isError);

/**
 * A net, as most files are, is set up whole; what cannot be read as one is looked at for
 * what it is, a solver perhaps.
 */
function checkSource(
  source: Source,
  options: ReadOptions,
): readonly Diagnostic[] {
  const asNet = readNet(source, options).diagnostics;
  if (!asNet.some(isOfText)) return asNet;
  const kind = fileKind(parse(source).document) ?? 'NetParameter';
  switch (kind) {
    case 'NetParameter':
      return asNet;
    case 'SolverParameter':
      return loadSolver(source, options).diagnostics;
    default:
      return loadMessage(source, kind, options).diagnostics;
  }
}

const isOfText = (found: Diagnostic): boolean =>
  isError(found) && /^(text|schema)\//.test(found.code);
