import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';

import { fileDigest } from './file-digest.js';
import { iterationOfRecord, recordBeside } from './snapshot-names.js';
import {
  readRecord,
  type RecordedFile,
  type SnapshotRecord,
} from './snapshot-record.js';

/** A snapshot that is there, with the record if rancc wrote it. */
export interface FoundSnapshot {
  readonly state: string;
  readonly record: SnapshotRecord | undefined;
}

/** What is wrong with a snapshot's files; undefined where they are as they were written. */
function problemOf(
  folder: string,
  { files }: SnapshotRecord,
): string | undefined {
  for (const file of [files.weights, files.state]) {
    const problem = fileProblem(join(folder, file.name), file);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function fileProblem(path: string, written: RecordedFile): string | undefined {
  if (!existsSync(path)) return `${path} is missing`;
  const { bytes, sha256 } = fileDigest(path);
  if (bytes !== written.bytes)
    return `${path} has ${bytes} bytes, and ${written.bytes} were written`;
  return sha256 === written.sha256
    ? undefined
    : `${path} is not what was written`;
}

const recordIn = (path: string): SnapshotRecord | undefined =>
  existsSync(path) ? readRecord(readFileSync(path, 'utf8')) : undefined;

/** The newest whole snapshot of a prefix; undefined where there is none. */
export function newestSnapshot(prefix: string): FoundSnapshot | undefined {
  const folder = dirname(prefix);
  if (!existsSync(folder)) return undefined;
  const iterations = readdirSync(folder)
    .flatMap((name) => iterationOfRecord(prefix, name) ?? [])
    .toSorted((one, two) => two - one);
  for (const iteration of iterations) {
    const record = recordIn(`${prefix}_iter_${iteration}.rancc.json`);
    if (record !== undefined && problemOf(folder, record) === undefined)
      return { state: join(folder, record.files.state.name), record };
  }
  return undefined;
}

/** The newest solver state of a prefix, whoever wrote it. */
export function unrecordedSnapshot(prefix: string): string | undefined {
  const folder = dirname(prefix);
  if (!existsSync(folder)) return undefined;
  const start = `${basename(prefix)}_iter_`;
  const [newest] = readdirSync(folder)
    .filter((name) => name.startsWith(start))
    .flatMap((name) => {
      const [, digits] =
        /^(\d+)\.solverstate(?:\.h5)?$/.exec(name.slice(start.length)) ?? [];
      return digits === undefined ? [] : [{ name, iteration: Number(digits) }];
    })
    .toSorted((one, two) => two.iteration - one.iteration);
  return newest === undefined ? undefined : join(folder, newest.name);
}

/** The snapshot of a solver state, with an error where its record says that it is damaged. */
export function snapshotOf(state: string): {
  readonly found: FoundSnapshot;
  readonly diagnostics: readonly Diagnostic[];
} {
  const path = recordBeside(state);
  const record = recordIn(path);
  // The record may be of the other form of the same iteration.
  if (record?.files.state.name !== basename(state))
    return { found: { state, record: undefined }, diagnostics: [] };
  const problem = problemOf(dirname(state), record);
  return {
    found: { state, record },
    diagnostics:
      problem === undefined
        ? []
        : [
            diagnostic(
              'solver/snapshot-damaged',
              { file: state, problem },
              {
                notes: [
                  {
                    message: `if another program wrote it anew, --restart-data takes it as it is, without ${path}`,
                  },
                ],
              },
            ),
          ],
  };
}

const isRunning = (process_: number): boolean => {
  try {
    process.kill(process_, 0);
    return true;
  } catch (thrown) {
    return !(
      thrown instanceof Error &&
      'code' in thrown &&
      thrown.code === 'ESRCH'
    );
  }
};

/** Removes what writes left half done whose processes are no more. */
export function removeLeftovers(prefix: string): void {
  const folder = dirname(prefix);
  if (!existsSync(folder)) return;
  const start = `.${basename(prefix)}_iter_`;
  for (const name of readdirSync(folder)) {
    const [, id] = /\.partial-(\d+)$/.exec(name) ?? [];
    if (!name.startsWith(start) || id === undefined) continue;
    const owner = Number(id);
    if (owner !== process.pid && isRunning(owner)) continue;
    rmSync(join(folder, name), { force: true });
  }
}
