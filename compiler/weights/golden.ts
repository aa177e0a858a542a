import type { FormulaRanges, Range } from './synthesize.js';

/** Statistics and some values of a blob as the reference Caffe computed it. */
export interface GoldenBlob {
  readonly shape: readonly number[];
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  readonly absmax: number;
  readonly l2: number;
  /** Flat row-major positions ... */
  readonly places: readonly number[];
  /** ... and the values there. */
  readonly values: readonly number[];
}

/** A top of a layer right after that layer ran. */
export interface GoldenLayer extends GoldenBlob {
  readonly name: string;
  readonly type: string;
  readonly top: string;
}

/** An output of the whole net. */
export interface GoldenOutput extends GoldenBlob {
  readonly name: string;
}

/** Rows of class probabilities, one for each image. */
export interface GoldenProbabilities {
  readonly blob: string;
  readonly rows: readonly (readonly number[])[];
  /** Classes of the five largest of each row, the largest first. */
  readonly top5: readonly (readonly number[])[] | undefined;
}

/** A blob of the weight file that the golden was made with. */
export interface GoldenParameter {
  readonly layer: string;
  readonly index: number;
  readonly shape: readonly number[];
  readonly l2: number;
  readonly sum: number;
  readonly first16: readonly number[];
}

export type GoldenInput =
  | {
      readonly from: 'stream';
      readonly blob: string;
      readonly stream: string;
      readonly shape: readonly number[];
      readonly range: Range;
      readonly crc32: number;
    }
  | {
      readonly from: 'file';
      /** Relative to the golden. */
      readonly path: string;
    };

/** One forward pass of the reference Caffe, whatever the format of its file. */
export interface Golden {
  /** Decides how it is judged. `net`: weights come from the formula. */
  readonly format: 'net' | 'caffemodel' | 'corpus';
  readonly name: string;
  readonly prototxt: string;
  /** The weight file, relative to the golden; undefined where a formula makes them. */
  readonly weights: string | undefined;
  readonly input: GoldenInput;
  readonly ranges: FormulaRanges | undefined;
  /** The kernel of the last average pool where it is not the prototxt's to say. */
  readonly averagePoolKernel: number | undefined;
  /** CRC-32 of the blobs of each layer that the formula makes. */
  readonly checksums: ReadonlyMap<string, readonly number[]>;
  readonly parameters: readonly GoldenParameter[];
  readonly layers: readonly GoldenLayer[];
  readonly outputs: readonly GoldenOutput[];
  readonly probabilities: GoldenProbabilities | undefined;
}
