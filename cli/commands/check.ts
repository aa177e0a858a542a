import { parse } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import type { DialectFound } from '../../compiler/schema/dialect.js';
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

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly dialect: DialectFound;
}

interface CheckedFile extends Checked {
  readonly file: string;
}

/** Reads nets and solvers and says what is wrong with them. */
export function check(
  paths: readonly string[],
  flags: NetFlags,
  emit: Emit,
): Outcome {
  const options = readOptionsOf(flags);
  const checked = paths.map(readSource).map((source): CheckedFile => {
    const { diagnostics: found, dialect } = checkSource(source, options);
    const diagnostics = leniently(found);
    emit({ kind: 'diagnostics', diagnostics });
    return { file: source.name, diagnostics, dialect };
  });
  emit({
    kind: 'result',
    document: () => ({
      files: checked.map(({ file, diagnostics, dialect }) => ({
        file,
        dialect: dialect.dialect,
        ...(dialect.why === undefined ? {} : { why: dialect.why }),
        diagnostics: diagnosticsJson(diagnostics),
      })),
    }),
    view: () =>
      checked.map(({ file, diagnostics, dialect }) => ({
        kind: 'line',
        text: `${file}: ${tally(diagnostics)}${dialectText(dialect)}`,
        tone: isRefused(diagnostics) ? 'bad' : 'good',
      })),
  });
  return checked.some(({ diagnostics }) => isRefused(diagnostics))
    ? 'refused'
    : 'done';
}

/** Whose fields a file has, and what tells it; nothing where no field tells. */
const dialectText = ({ dialect, why }: DialectFound): string =>
  why === undefined ? '' : ` (dialect ${dialect}: ${why})`;

const isRefused = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(isError);

/**
 * A net, as most files are, is set up whole; what cannot be read as one is looked at for
 * what it is, a solver perhaps.
 */
function checkSource(source: Source, options: ReadOptions): Checked {
  const asNet = readNet(source, options);
  if (!asNet.diagnostics.some(isOfText)) return asNet;
  const kind = fileKind(parse(source).document) ?? 'NetParameter';
  switch (kind) {
    case 'NetParameter':
      return asNet;
    case 'SolverParameter':
      return loadSolver(source, options);
    default:
      return loadMessage(source, kind, options);
  }
}

const isOfText = (found: Diagnostic): boolean =>
  isError(found) && /^(text|schema)\//.test(found.code);
