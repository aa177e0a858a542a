import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { readRuns } from './blob-data.js';
import { type BlobIndex, readBlobProto, valuesOf } from './blob-proto.js';
import type { ByteSource } from './byte-source.js';
import type { SolverState } from './solverstate.js';
import { stateFields } from './solverstate-writer.js';
import type { WeightBlob } from './weight-file.js';
import { WireReader, wireTypes } from './wire-reader.js';

export interface ReadSolverState {
  /** undefined where an error is among the diagnostics. */
  readonly state: SolverState<WeightBlob> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Indexes a `.solverstate`; the history is read when it is asked for. */
export function readSolverState(source: ByteSource): ReadSolverState {
  const reader = new WireReader(source);
  const found = { iter: -1, learnedNet: '', currentStep: 0 };
  const history: BlobIndex[] = [];
  while (reader.next(source.size))
    readField(reader, source.size, found, history);
  const problem = problemOf(reader, found.iter, history);
  if (problem !== undefined) {
    const facts = { file: source.name, problem };
    return {
      state: undefined,
      diagnostics: [diagnostic('solver/state-damaged', facts)],
    };
  }
  return {
    state: {
      ...found,
      history: history.map((blob) => stateBlob(source, blob)),
    },
    diagnostics: [],
  };
}

function readField(
  reader: WireReader,
  end: number,
  found: { iter: number; learnedNet: string; currentStep: number },
  history: BlobIndex[],
): void {
  switch (reader.field) {
    case stateFields.iter:
      if (reader.expect(wireTypes.varint)) found.iter = reader.varint(end);
      break;
    case stateFields.learnedNet:
      found.learnedNet = reader.text(end);
      break;
    case stateFields.history:
      if (reader.expect(wireTypes.lengthDelimited)) {
        const length = reader.length(end);
        history.push(readBlobProto(reader, reader.position + length));
      }
      break;
    case stateFields.currentStep:
      if (reader.expect(wireTypes.varint))
        found.currentStep = reader.varint(end);
      break;
    default:
      // No solver state has another field: this is a file of another kind.
      reader.fail(`it has no field ${reader.field}`);
  }
}

function problemOf(
  { fault }: WireReader,
  iter: number,
  history: readonly BlobIndex[],
): string | undefined {
  if (fault !== undefined) return `${fault.problem} (byte ${fault.offset})`;
  if (iter < 0) return 'it does not say after which iteration it was written';
  const short = history.findIndex((blob) => valuesOf(blob) !== blob.count);
  return short < 0
    ? undefined
    : `history blob ${short} has not as many values as its shape says`;
}

const stateBlob = (
  source: ByteSource,
  { shape, storedAs, count, runs }: BlobIndex,
): WeightBlob => ({
  shape,
  storedAs,
  count,
  read: () => readRuns(source, runs),
});
