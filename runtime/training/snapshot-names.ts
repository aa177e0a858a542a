import { basename } from 'node:path';

/** The files of one snapshot. */
export interface SnapshotNames {
  readonly weights: string;
  readonly state: string;
  /** What Caffe's files do not say, renamed into its place last: with it the snapshot counts. */
  readonly record: string;
}

export type SnapshotFormat = 'BINARYPROTO' | 'HDF5';

/** As Caffe names them (solver.cpp, SnapshotFilename), and the record beside them. */
export function snapshotNames(
  prefix: string,
  iteration: number,
  format: SnapshotFormat,
): SnapshotNames {
  const stem = `${prefix}_iter_${iteration}`;
  const ending = format === 'HDF5' ? '.h5' : '';
  return {
    weights: `${stem}.caffemodel${ending}`,
    state: `${stem}.solverstate${ending}`,
    record: `${stem}.rancc.json`,
  };
}

/** The record that stands beside a solver state, if rancc wrote it. */
export const recordBeside = (state: string): string =>
  state.replace(/\.solverstate(\.h5)?$/, '') + '.rancc.json';

/** The iteration of a record's name, if it is one of the prefix. */
export function iterationOfRecord(
  prefix: string,
  name: string,
): number | undefined {
  const start = `${basename(prefix)}_iter_`;
  if (!name.startsWith(start)) return undefined;
  const [, digits] =
    /^(\d+)\.rancc\.json$/.exec(name.slice(start.length)) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
