import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A number as the cases write it: what JSON has no word for is a string. */
export type CaseNumber = number | 'nan' | 'inf' | '-inf';

/** Row-major, in Caffe's order of axes; shape `[]` is a blob of one value without axes. */
export interface CaseBlob {
  readonly shape: readonly number[];
  readonly data: readonly CaseNumber[];
}

export type CaseBlobs = Readonly<Record<string, CaseBlob>>;
/** The blobs of layers, by the layer's name. */
export type CaseParameters = Readonly<Record<string, readonly CaseBlob[]>>;

/** How the values of a freshly filled blob are spread. */
export interface CaseFilling {
  readonly distribution: 'uniform' | 'gaussian' | 'unitball' | 'constant';
  readonly shape: readonly number[];
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly std?: number;
  /** The share of values that are not 0. */
  readonly nonzero?: number;
  readonly value?: number;
}

/** One case of a folder of layer cases; what is expected may be missing. */
export interface LayerCase {
  readonly caffe: 'fork' | 'formula';
  readonly layer_type: string;
  readonly case: string;
  readonly note?: string;
  readonly phase: 'TRAIN' | 'TEST';
  readonly state?: {
    readonly stage?: readonly string[];
    readonly level?: number;
  };
  readonly net: string;
  readonly layers?: readonly string[];
  readonly inputs?: CaseBlobs;
  readonly params_before?: CaseParameters;
  readonly params_from_filler?: readonly string[];
  readonly passes?: number;
  readonly params_after?: CaseParameters;
  readonly outputs?: CaseBlobs;
  readonly blobs?: CaseBlobs;
  readonly loss?: CaseNumber;
  readonly top_diffs?: CaseBlobs;
  readonly input_diffs?: CaseBlobs;
  readonly param_diffs?: CaseParameters;
  readonly filled?: Readonly<Record<string, readonly CaseFilling[]>>;
  readonly error?: string;
  readonly error_at?: 'parse' | 'setup' | 'forward' | 'backward';
}

/** Whether more is expected than a forward pass gives. */
export const wantsBackward = ({ top_diffs, loss }: LayerCase): boolean =>
  top_diffs !== undefined || loss !== undefined;

export interface CaseFile {
  readonly path: string;
  /** The path below the folder that was asked for, with `/` between its parts. */
  readonly relative: string;
  readonly content: LayerCase;
}

/** All cases below a folder, in the order of their names. */
export const readCases = (folder: string): readonly CaseFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      return {
        path,
        relative: name.replaceAll('\\', '/'),
        content: JSON.parse(readFileSync(path, 'utf8')) as LayerCase,
      };
    });

export const numberOf = (written: CaseNumber): number => {
  switch (written) {
    case 'nan':
      return NaN;
    case 'inf':
      return Infinity;
    case '-inf':
      return -Infinity;
    default:
      return written;
  }
};

/** The values of a blob, in an array of their own. */
export const valuesOf = ({ data }: CaseBlob): Float32Array<ArrayBuffer> =>
  Float32Array.from(data, numberOf);

/** The shortest decimal that reads back as this float32. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

export function caseNumber(value: number): CaseNumber {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : shortest(value);
}

export const caseBlob = (
  shape: readonly number[],
  data: Iterable<number>,
): CaseBlob => ({ shape, data: Array.from(data, caseNumber) });
