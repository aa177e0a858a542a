import type { DataPosition } from '../data/net-data.js';
import type { RecordedEnvironment } from './environment.js';

/** A file of a snapshot as it was when it was written. */
export interface RecordedFile {
  /** Without its folder: a snapshot may be moved. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * What a training needs beside Caffe's two files to go on as if it had never stopped. It is
 * renamed into its place after them, so that a snapshot with a record is whole.
 */
export interface SnapshotRecord {
  readonly iteration: number;
  readonly files: {
    readonly weights: RecordedFile;
    readonly state: RecordedFile;
  };
  readonly data: {
    readonly train: DataPosition;
    /** By test net. */
    readonly tests: readonly DataPosition[];
  };
  /** Of data and of what layers draw. */
  readonly seed: number;
  /** The window of `average_loss`, and its mean. */
  readonly losses: readonly number[];
  readonly smoothedLoss: number;
  /**
   * What layers keep from pass to pass (the last states of an LSTM), by variable: float32,
   * little-endian, in base64. Not there where no layer does.
   */
  readonly layerStates?: Readonly<Record<string, string>>;
  readonly environment: RecordedEnvironment;
}

const generator = 'rancc';
const format = 1;

export const recordText = (record: SnapshotRecord): string =>
  `${JSON.stringify({ generator, format, ...record }, null, 1)}\n`;

/** undefined where the text is no record that this version reads. */
export function readRecord(text: string): SnapshotRecord | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecord(document) ? document : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'number');

const isPosition = (value: unknown): value is DataPosition =>
  isFields(value) && Object.values(value).every(isCount);

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isFields(value) &&
  Object.values(value).every((each) => typeof each === 'string');

const isFile = (value: unknown): value is RecordedFile =>
  isFields(value) &&
  typeof value['name'] === 'string' &&
  isCount(value['bytes']) &&
  typeof value['sha256'] === 'string';

function isRecord(value: unknown): value is SnapshotRecord {
  if (!isFields(value)) return false;
  const { files, data, environment } = value;
  return (
    value['generator'] === generator &&
    value['format'] === format &&
    isCount(value['iteration']) &&
    isFields(files) &&
    isFile(files['weights']) &&
    isFile(files['state']) &&
    isFields(data) &&
    isPosition(data['train']) &&
    Array.isArray(data['tests']) &&
    data['tests'].every(isPosition) &&
    isCount(value['seed']) &&
    isNumbers(value['losses']) &&
    typeof value['smoothedLoss'] === 'number' &&
    (value['layerStates'] === undefined || isTexts(value['layerStates'])) &&
    isTexts(environment)
  );
}
