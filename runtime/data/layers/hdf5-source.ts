import { Hdf5Failure, openHdf5 } from '../../hdf5/hdf5-file.js';
import { floatsOf, type Hdf5File } from './hdf5-list.js';
import type { Hdf5Plan, LayerPlan } from './layer-plan.js';
import { checkHalt, type Halt, type LayerSource } from './layer-source.js';
import { sourceFailure } from './record-failure.js';
import { ShuffledEpochs } from './shuffled-order.js';

/** The file whose rows are in memory: as in Caffe, one at a time. */
interface LoadedFile {
  readonly index: number;
  /** All rows, by top. */
  readonly data: readonly Float32Array[];
}

/** Where row number `sample` of all epochs lies. */
interface Place {
  readonly file: number;
  readonly row: number;
}

/**
 * Rows of HDF5 files (hdf5_data_layer.cpp): file by file, and from the first one on again.
 * Shuffled, each epoch draws an order of the files and one of the rows of each.
 */
export class Hdf5Source implements LayerSource {
  readonly #layer: LayerPlan;
  readonly #plan: Hdf5Plan;
  readonly #halt: Halt;
  readonly #total: number;
  readonly #fileOrder: ShuffledEpochs;
  readonly #rowOrders: readonly ShuffledEpochs[];
  #loaded: LoadedFile | undefined;

  constructor(layer: LayerPlan, plan: Hdf5Plan, halt: Halt) {
    const { files } = plan;
    const { name, seed } = layer;
    this.#layer = layer;
    this.#plan = plan;
    this.#halt = halt;
    this.#total = files.reduce((sum, { rows }) => sum + rows, 0);
    this.#fileOrder = new ShuffledEpochs(files.length, seed, `${name} files`);
    this.#rowOrders = files.map(
      ({ rows }, file) =>
        new ShuffledEpochs(rows, seed, `${name} rows ${file}`),
    );
  }

  fill(batch: number, tops: readonly Float32Array[]): Promise<number> {
    const { batch: size } = this.#layer;
    for (let item = 0; item < size; item++) {
      checkHalt(this.#halt);
      const { file, row } = this.#placeOf(batch * size + item);
      const { data } = this.#load(file);
      for (const [index, top] of tops.entries()) {
        const length = top.length / size;
        const rows = data[index];
        if (rows === undefined) continue;
        top.set(rows.subarray(row * length, (row + 1) * length), item * length);
      }
    }
    return Promise.resolve(0);
  }

  #placeOf(sample: number): Place {
    const epoch = Math.floor(sample / this.#total);
    let row = sample % this.#total;
    for (let turn = 0; turn < this.#plan.files.length; turn++) {
      const file = this.#plan.shuffle ? this.#fileOrder.at(epoch, turn) : turn;
      const { rows } = this.#fileAt(file);
      if (row < rows) {
        const shuffled = this.#rowOrders[file]?.at(epoch, row);
        return { file, row: this.#plan.shuffle ? (shuffled ?? row) : row };
      }
      row -= rows;
    }
    throw new RangeError('there are no rows');
  }

  #fileAt(index: number): Hdf5File {
    const file = this.#plan.files[index];
    if (file === undefined) throw new RangeError(`there is no file ${index}`);
    return file;
  }

  #load(index: number): LoadedFile {
    if (this.#loaded?.index === index) return this.#loaded;
    // The memory of the last one is free before the next one needs as much.
    this.#loaded = undefined;
    const file = this.#fileAt(index);
    const data = this.#read(file);
    this.#loaded = { index, data };
    return this.#loaded;
  }

  #read({ path, rows }: Hdf5File): readonly Float32Array[] {
    const { name, tops, batch } = this.#layer;
    try {
      const reader = openHdf5(path);
      try {
        return tops.map((top) => {
          const floats = floatsOf(reader.read(top.name));
          const length = top.shape.reduce((product, n) => product * n, 1);
          if (floats.length !== (length / batch) * rows) {
            throw new Hdf5Failure(
              `'${top.name}' has another shape than when it was opened`,
            );
          }
          return floats;
        });
      } finally {
        reader.close();
      }
    } catch (thrown) {
      if (!(thrown instanceof Hdf5Failure)) throw thrown;
      throw sourceFailure(name, path, thrown.message);
    }
  }

  close(): Promise<void> {
    this.#loaded = undefined;
    return Promise.resolve();
  }
}
