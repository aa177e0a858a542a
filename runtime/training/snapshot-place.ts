import { accessSync, constants, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import type { Net } from '../../compiler/net/net.js';
import type { Message } from '../../compiler/schema/message.js';
import type { SolverSettings } from '../../compiler/solver/solver-settings.js';

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * How the names of a solver's snapshots begin: as it says; in a folder, if it names one, and
 * without any word like the solver's own file (upgrade_proto.cpp,
 * UpgradeSnapshotPrefixProperty).
 */
export function snapshotPrefix(written: string, solverFile: string): string {
  const stem = solverFile.replace(/\.[^./\\]*$/, '');
  if (written === '') return stem;
  return isFolder(written) ? join(written, basename(stem)) : written;
}

/** What keeps a solver from writing its snapshots, found before anything is trained. */
export function snapshotProblems(
  solver: Message<'SolverParameter'>,
  { snapshot }: SolverSettings,
  train: Net,
): readonly Diagnostic[] {
  if (snapshot.interval === 0 && !snapshot.afterTraining) return [];
  const folder = dirname(snapshot.prefix);
  const problem = folderProblem(folder);
  const isHdf5 = snapshot.format === 'HDF5';
  return [
    ...(problem === undefined
      ? []
      : [
          diagnostic(
            'solver/snapshot-folder',
            { folder, problem },
            { span: solver.spanOf('snapshot_prefix') },
          ),
        ]),
    ...(isHdf5 ? slashes(solver, train) : []),
  ];
}

function folderProblem(folder: string): string | undefined {
  if (!isFolder(folder)) return 'there is no such folder';
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return 'it may not be written';
  }
}

function slashes(
  solver: Message<'SolverParameter'>,
  train: Net,
): readonly Diagnostic[] {
  const found = train.layers.filter(
    ({ name, parameters }) => parameters.length > 0 && name.includes('/'),
  );
  const [first] = found;
  if (first === undefined) return [];
  const facts = { layer: first.name, count: found.length };
  return [
    diagnostic('solver/hdf5-slash', facts, {
      span: solver.spanOf('snapshot_format'),
    }),
  ];
}
