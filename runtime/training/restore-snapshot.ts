import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { SolverModel } from '../../compiler/compile-solver.js';
import {
  type Diagnostic,
  diagnostic,
  isError,
} from '../../compiler/diagnostics.js';
import { fitWeights } from '../../compiler/weights/fit.js';
import type { SolverState } from '../../compiler/weights/solverstate.js';
import type { WeightBlob } from '../../compiler/weights/weight-file.js';

import { openWeightFile } from '../weights/open-weights.js';
import { openSolverState } from './open-solverstate.js';
import type { SolverSession } from './solver-session.js';

/** Where the training goes on. */
export interface RestoredState {
  readonly iteration: number;
  readonly currentStep: number;
}

export interface Restored {
  /** undefined where an error is among the diagnostics: then nothing was assigned. */
  readonly state: RestoredState | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Gives a session the parameters and the history of a snapshot, of Caffe's or of rancc's
 * (sgd_solver.cpp, RestoreSolverStateFromBinaryProto).
 */
export async function restoreSnapshot(
  model: SolverModel,
  session: SolverSession,
  path: string,
): Promise<Restored> {
  const opened = openSolverState(path);
  try {
    const { state, diagnostics } = opened;
    if (state === undefined) return { state: undefined, diagnostics };
    const mismatches = historyMismatches(model, state, path);
    if (mismatches.length > 0)
      return { state: undefined, diagnostics: mismatches };
    return await assignAll(model, session, state, path);
  } finally {
    opened.close();
  }
}

async function assignAll(
  model: SolverModel,
  session: SolverSession,
  state: SolverState<WeightBlob>,
  path: string,
): Promise<Restored> {
  const file = weightsOf(state.learnedNet, path);
  if (file === undefined) {
    const facts = { file: path, weights: state.learnedNet };
    return {
      state: undefined,
      diagnostics: [diagnostic('solver/snapshot-weights-missing', facts)],
    };
  }
  const weights = openWeightFile(file);
  try {
    const fitted =
      weights.file === undefined
        ? undefined
        : fitWeights(model.train, [weights.file]);
    const diagnostics = [
      ...weights.diagnostics,
      ...(fitted?.diagnostics ?? []),
    ];
    if (fitted === undefined || diagnostics.some(isError))
      return { state: undefined, diagnostics };
    await session.assign(fitted.blobs);
    await session.assignHistory(
      new Map(
        model.history.flatMap(({ variable }, index) => {
          const blob = state.history[index];
          return blob === undefined ? [] : [[variable, blob.read()] as const];
        }),
      ),
    );
    const { iter: iteration, currentStep } = state;
    return { state: { iteration, currentStep }, diagnostics };
  } finally {
    weights.close();
  }
}

/** The file as it is named, from the working directory as in Caffe, else beside the state. */
function weightsOf(learnedNet: string, state: string): string | undefined {
  const beside = join(dirname(state), basename(learnedNet));
  // A folder of snapshots that was moved: what is named may be another training's.
  return [beside, learnedNet].find(
    (path) => learnedNet !== '' && existsSync(path),
  );
}

function historyMismatches(
  { history }: SolverModel,
  state: SolverState<WeightBlob>,
  file: string,
): readonly Diagnostic[] {
  if (history.length !== state.history.length) {
    const [found, wanted] = [state.history.length, history.length];
    return [diagnostic('solver/history-count', { file, found, wanted })];
  }
  return history.flatMap(({ parameter }, index) => {
    const blob = state.history[index];
    if (blob === undefined || isOfShape(blob, parameter.shape)) return [];
    const facts = { file, index, found: blob.shape, wanted: parameter.shape };
    return diagnostic('solver/history-shape', facts);
  });
}

/** The four numbers of old files have ones before the shape. */
const isOfShape = (
  { shape, storedAs }: WeightBlob,
  wanted: readonly number[],
): boolean => {
  const missing = storedAs === 'nchw' ? shape.length - wanted.length : 0;
  const padded = [
    ...Array.from({ length: Math.max(0, missing) }, () => 1),
    ...wanted,
  ];
  return (
    padded.length === shape.length &&
    padded.every((size, axis) => size === shape[axis])
  );
};
