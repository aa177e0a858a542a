import { elementCount, type Shape } from '../../compiler/ir/types.js';

import { replaceFile } from '../atomic-write.js';
import { createHdf5, Hdf5Failure } from '../hdf5/hdf5-file.js';
import type { Tensor } from '../tensor.js';
import { DataFailure } from './data-failure.js';

/** Names of the data sets (hdf5_output_layer.hpp). */
const datasetNames = ['data', 'label'] as const;

/** The rows of one data set, as the passes gave them. */
interface Rows {
  /** Of one row: C x H x W. */
  readonly shape: Shape;
  readonly parts: Float32Array[];
}

/**
 * What an HDF5Output layer writes (hdf5_output_layer.cpp): the data sets `data` and `label` as
 * N x C x H x W, float32. Caffe stops at a second pass; here its rows come behind those of
 * the first. The file is written when all passes are done, whole or not at all.
 */
export class Hdf5Output {
  readonly path: string;
  readonly #rows: readonly Rows[];
  #count = 0;

  /** `shapes` are of the two bottoms, of at most 4 axes. */
  constructor(path: string, shapes: readonly [data: Shape, label: Shape]) {
    this.path = path;
    this.#rows = shapes.map((shape) => ({
      shape: legacyShape(shape).slice(1),
      parts: [],
    }));
  }

  /** Keeps the bottoms of one pass. */
  add(bottoms: readonly [data: Tensor, label: Tensor]): void {
    this.#count += legacyShape(bottoms[0].shape)[0] ?? 1;
    for (const [index, { data }] of bottoms.entries()) {
      this.#rows[index]?.parts.push(Float32Array.from(data as Float32Array));
    }
  }

  /** Writes the file in place of one that stands there. */
  async write(): Promise<void> {
    try {
      await replaceFile(this.path, (partial) => {
        this.#writeTo(partial);
        return Promise.resolve();
      });
    } catch (thrown) {
      if (!(thrown instanceof Hdf5Failure)) throw thrown;
      throw new DataFailure(
        `it cannot be written: ${thrown.message}`,
        { file: this.path },
        { cause: thrown },
      );
    }
  }

  #writeTo(path: string): void {
    const writer = createHdf5(path);
    try {
      for (const [index, name] of datasetNames.entries()) {
        const { shape, parts } = this.#rows[index] ?? { shape: [], parts: [] };
        const whole = [this.#count, ...shape];
        writer.makeDataset(name, whole, joined(parts, elementCount(whole)));
      }
    } finally {
      writer.close();
    }
  }
}

/** N x C x H x W, with 1 for the axes that are not there (blob.hpp, LegacyShape). */
const legacyShape = (shape: Shape): Shape => [
  ...shape,
  ...new Array<number>(4 - shape.length).fill(1),
];

function joined(parts: readonly Float32Array[], count: number): Float32Array {
  const whole = new Float32Array(count);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
