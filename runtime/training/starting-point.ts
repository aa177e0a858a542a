import { randomInt } from 'node:crypto';

import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';

import {
  type FoundSnapshot,
  newestSnapshot,
  snapshotOf,
  unrecordedSnapshot,
} from './find-snapshot.js';
import type { SnapshotRecord } from './snapshot-record.js';

/** From where a training goes on. */
export interface StartingPoint {
  /** undefined: from the weights. */
  readonly state: string | undefined;
  /** What is recorded beside the state, where that counts. */
  readonly record: SnapshotRecord | undefined;
  /** Of data and of what layers draw. */
  readonly seed: number;
}

export interface FoundStart {
  /** undefined where an error is among the diagnostics. */
  readonly point: StartingPoint | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const seeds = 2 ** 31;

/** The snapshot that is asked for, and the seed: its own, else the solver's, else a new one. */
export function startingPoint(
  asked: { readonly snapshot: string | undefined; restartData: boolean },
  settings: { readonly prefix: string; randomSeed: number | undefined },
): FoundStart {
  const { found, diagnostics } = foundSnapshot(asked.snapshot, settings.prefix);
  const own = settings.randomSeed ?? randomInt(seeds);
  if (found === undefined) {
    const point = { state: undefined, record: undefined, seed: own };
    return { point, diagnostics };
  }
  if (asked.restartData) {
    // Then what the record says of the files is no matter either.
    const point = { state: found.state, record: undefined, seed: own };
    return { point, diagnostics: diagnostics.filter((each) => !isError(each)) };
  }
  const { state, record } = found;
  const restart =
    record === undefined && !diagnostics.some(isError)
      ? [diagnostic('solver/data-restart', { file: state })]
      : [];
  return {
    point: diagnostics.some(isError)
      ? undefined
      : { state, record, seed: record?.seed ?? own },
    diagnostics: [...diagnostics, ...restart],
  };
}

function foundSnapshot(
  snapshot: string | undefined,
  prefix: string,
): {
  readonly found: FoundSnapshot | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (snapshot === undefined) return { found: undefined, diagnostics: [] };
  if (snapshot !== 'auto') return snapshotOf(snapshot);
  const found = newestSnapshot(prefix);
  const file = found === undefined ? unrecordedSnapshot(prefix) : undefined;
  return {
    found,
    diagnostics:
      file === undefined
        ? []
        : [diagnostic('solver/unrecorded-snapshot', { file })],
  };
}
