import { parse } from '../../grammar/parse.js';
import type { Source } from '../../grammar/source.js';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import type { Net } from '../../compiler/net/net.js';
import { readNet, type ReadOptions } from '../../compiler/read-net.js';
import type { DialectFound } from '../../compiler/schema/dialect.js';
import { fileKind } from '../../compiler/schema/file-kind.js';
import { loadMessage } from '../../compiler/schema/load-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapesOf } from '../input-shapes.js';
import { readOptionsOf } from '../read-options.js';
import { diagnosticsJson } from '../report/diagnostics-json.js';
import { tally } from '../report/diagnostics-text.js';
import { withoutFollowing, withSourceShapes } from '../source-shapes.js';
import { leniently } from '../unsupported.js';

interface Checked {
  /** Where the file is a net that could be read. */
  readonly net?: Net | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly dialect: DialectFound;
}

interface CheckedFile extends Checked {
  readonly file: string;
}

/** Reads nets and solvers and says what is wrong with them. */
export async function check(
  paths: readonly string[],
  flags: NetFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = readOptionsOf(flags);
  const found: CheckedFile[] = [];
  for (const source of paths.map(readSource)) {
    const file = source.name;
    found.push({ file, ...(await checkSource(source, options)) });
  }
  const stray = strayIn(found, options);
  const checked = found.map((file, index) => {
    const own = [...file.diagnostics, ...(index === 0 ? stray : [])];
    return { ...file, diagnostics: leniently(own) };
  });
  for (const { diagnostics } of checked) {
    emit({ kind: 'diagnostics', diagnostics });
  }
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

/** What is an input in none of the nets; a net that is not known may have it. */
function strayIn(
  files: readonly CheckedFile[],
  options: ReadOptions,
): readonly Diagnostic[] {
  if (files.some(({ diagnostics }) => diagnostics.some(isOfText))) return [];
  return strayShapesOf(
    files.flatMap(({ net }) => net ?? []),
    options,
  );
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
async function checkSource(
  source: Source,
  options: ReadOptions,
): Promise<Checked> {
  const sourced = await withSourceShapes(source, options);
  const asNet = readNet(source, sourced.options);
  if (!asNet.diagnostics.some(isOfText)) {
    const own = withoutFollowing(asNet.diagnostics, sourced.refused);
    return { ...asNet, diagnostics: [...own, ...sourced.diagnostics] };
  }
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
