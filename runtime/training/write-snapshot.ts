import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import { isError } from '../../compiler/diagnostics.js';
import {
  caffemodelLength,
  type NetToWrite,
  writeCaffemodel,
} from '../../compiler/weights/caffemodel-writer.js';
import type { SolverState } from '../../compiler/weights/solverstate.js';
import {
  solverStateLength,
  writeSolverState,
} from '../../compiler/weights/solverstate-writer.js';
import type {
  WeightBlob,
  WeightFile,
} from '../../compiler/weights/weight-file.js';

import { replaceFile } from '../atomic-write.js';
import { EnvironmentFailure } from '../native/failure.js';
import { writeHdf5Weights } from '../weights/hdf5-weights.js';
import { fileDigest } from './file-digest.js';
import type { SnapshotFormat, SnapshotNames } from './snapshot-names.js';
import {
  type RecordedFile,
  recordText,
  type SnapshotRecord,
} from './snapshot-record.js';
import { writeHdf5State } from './solverstate-hdf5.js';

export interface SnapshotToWrite {
  readonly names: SnapshotNames;
  readonly format: SnapshotFormat;
  readonly weights: NetToWrite & WeightFile;
  readonly state: SolverState;
  readonly record: Omit<SnapshotRecord, 'files'>;
}

/**
 * Writes the files of a snapshot beside their places, reads them back, and renames them: the
 * weights, the state, the record. A process that ends anywhere on the way leaves the
 * snapshots before as they were, and this one without its record, so that it does not count.
 */
export async function writeSnapshot(snapshot: SnapshotToWrite): Promise<void> {
  const { names, record } = snapshot;
  await requireSpace(snapshot);
  await replaceFile(names.record, (recordPartial) =>
    replaceFile(names.state, (statePartial) =>
      replaceFile(names.weights, async (weightsPartial) => {
        const weights = await writeWeights(weightsPartial, snapshot);
        const state = await writeState(statePartial, snapshot);
        const files = {
          weights: { name: basename(names.weights), ...weights },
          state: { name: basename(names.state), ...state },
        };
        await writeThrough(recordPartial, [
          new TextEncoder().encode(recordText({ ...record, files })),
        ]);
      }),
    ),
  );
}

/** Blocks and folders take some, too. */
const spareBytes = 1 << 16;

/** A disk that cannot hold the snapshot is told before anything is written. */
async function requireSpace({
  names,
  weights,
  state,
}: SnapshotToWrite): Promise<void> {
  const folder = dirname(names.weights);
  const wanted =
    caffemodelLength(weights) + solverStateLength(state) + spareBytes;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= wanted) return;
  throw new EnvironmentFailure(
    `the disk of '${folder}' has ${bavail * bsize} bytes left, and a snapshot takes ${wanted}`,
    'free some space on that disk, or set snapshot_prefix to a folder on another one',
  );
}

type Digest = Omit<RecordedFile, 'name'>;

/** undefined where snapshots hold no updates. */
function updatesOf({
  layers,
}: NetToWrite):
  ((blob: WeightBlob) => Float32Array<ArrayBuffer> | undefined) | undefined {
  const updates = new Map(
    layers.flatMap(({ blobs }) =>
      blobs.flatMap((blob) =>
        blob.readDiff === undefined ? [] : [[blob, blob.readDiff] as const],
      ),
    ),
  );
  return updates.size === 0 ? undefined : (blob) => updates.get(blob)?.();
}

const writeWeights = (
  path: string,
  { format, weights, names }: SnapshotToWrite,
): Promise<Digest> =>
  format === 'HDF5'
    ? writtenByLibrary(path, () => {
        const said = writeHdf5Weights(
          path,
          names.weights,
          weights,
          updatesOf(weights),
        );
        const [problem] = said.filter(isError);
        if (problem !== undefined) throw new Error(problem.message);
      })
    : writeThrough(path, writeCaffemodel(weights));

const writeState = (
  path: string,
  { format, state }: SnapshotToWrite,
): Promise<Digest> =>
  format === 'HDF5'
    ? writtenByLibrary(path, () => {
        writeHdf5State(path, state);
      })
    : writeThrough(path, writeSolverState(state));

/** The library of HDF5 does not sync, and reports what it could not write. */
function writtenByLibrary(path: string, write: () => void): Promise<Digest> {
  write();
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return Promise.resolve(fileDigest(path));
}

/** Writes to the disk itself and compares what comes back. */
async function writeThrough(
  path: string,
  pieces: Iterable<Uint8Array>,
): Promise<Digest> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  const digest = fileDigest(path);
  if (digest.sha256 === hash.digest('hex')) return digest;
  throw new EnvironmentFailure(
    `'${path}' does not read back as it was written`,
    'look after the disk: set snapshot_prefix to a folder on another one',
  );
}
