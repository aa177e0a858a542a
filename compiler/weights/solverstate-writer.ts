import { blobLength, writeBlob } from './caffemodel-writer.js';
import type { SolverState } from './solverstate.js';
import { WireWriter } from './wire-writer.js';

/** Numbers of the fields of SolverState. */
export const stateFields = {
  iter: 1,
  learnedNet: 2,
  history: 3,
  currentStep: 4,
} as const;

/** Writes a `.solverstate` in pieces, with the bytes of Caffe's own files. */
export function* writeSolverState(state: SolverState): Generator<Uint8Array> {
  const { iter, learnedNet, history, currentStep } = state;
  yield new WireWriter()
    .number(stateFields.iter, iter)
    .text(stateFields.learnedNet, learnedNet)
    .finish();
  for (const blob of history) yield* writeBlob(blob, stateFields.history);
  yield new WireWriter().number(stateFields.currentStep, currentStep).finish();
}

/** How many bytes `writeSolverState` writes, without reading any data. */
export const solverStateLength = (state: SolverState): number =>
  state.history.reduce(
    (sum, blob) => sum + blobLength(blob, stateFields.history),
    new WireWriter()
      .number(stateFields.iter, state.iter)
      .text(stateFields.learnedNet, state.learnedNet)
      .number(stateFields.currentStep, state.currentStep).length,
  );
