import fs from 'node:fs';
import * as h5wasm from 'h5wasm/node';

import { allowHeap } from './heap-bound.js';
import type {
  Hdf5Dataset,
  Hdf5Node,
  Hdf5Numbers,
  Hdf5Written,
} from './messages.js';
import { forgetPrinted, printed } from './printed.js';

/** What HDF5, or rancc's guard before it, refuses; the library is still sound. */
export class Hdf5Refusal extends Error {
  override readonly name = 'Hdf5Refusal';
}

export async function loadLibrary(): Promise<void> {
  await h5wasm.ready;
}

/** The innermost error of the stack that the library printed. */
function printedProblem(): string {
  const problems = [...printed().matchAll(/^\s*#\d+: .* in \w+\(\): (.*)$/gm)];
  return problems.at(-1)?.[1] ?? 'the HDF5 library cannot read it';
}

/** An abort, a trap, memory that cannot be had: the library may be in any state. */
const isFatal = (thrown: unknown): boolean =>
  thrown instanceof RangeError ||
  (thrown instanceof Error && thrown.name === 'RuntimeError');

/** Runs a call of the library; what it prints is an error, whatever it returns. */
function checked<T>(call: () => T): T {
  forgetPrinted();
  let result: T;
  try {
    result = call();
  } catch (thrown) {
    if (isFatal(thrown) || thrown instanceof Hdf5Refusal) throw thrown;
    throw new Hdf5Refusal(
      printed() === '' && thrown instanceof Error
        ? thrown.message
        : printedProblem(),
    );
  }
  if (printed() !== '') throw new Hdf5Refusal(printedProblem());
  return result;
}

/** Far beyond every net: more is a file with a loop of links, or damage. */
const mostNodes = 200_000;
const deepest = 64;
/** Deflate makes no more than this of a byte. */
const largestRatio = 1032;
/** What the library can hold at once. */
const mostBytes = 2 ** 31 - 2 ** 24;

/** A file that is open in the library. */
export class LibraryFile {
  readonly #file: h5wasm.File;
  readonly #size: number;

  constructor(path: string, mode: 'r' | 'w') {
    this.#size = mode === 'r' ? checked(() => fs.statSync(path).size) : 0;
    allowHeap(this.#size);
    this.#file = checked(
      // The oldest form that holds it all, as Caffe writes it and every reader reads it.
      () => new h5wasm.File(path, mode, { libver: ['earliest', 'latest'] }),
    );
    if (this.#file.file_id < 0n) throw new Hdf5Refusal('it cannot be opened');
  }

  /** All groups and datasets under the root, a group before what is in it. */
  nodes(): readonly Hdf5Node[] {
    allowHeap(this.#size);
    const found: Hdf5Node[] = [];
    const walk = (group: h5wasm.Group, path: string, depth: number): void => {
      if (depth > deepest)
        throw new Hdf5Refusal(`its groups are nested deeper than ${deepest}`);
      for (const name of checked(() => group.keys())) {
        // A name with a slash, or none at all, would lead to another place.
        if (name === '' || name === '.' || name.includes('/'))
          throw new Hdf5Refusal(`a member of '${path}' has no proper name`);
        const inside = path === '' ? name : `${path}/${name}`;
        const entity = checked(() => group.get(`/${inside}`));
        if (entity instanceof h5wasm.Dataset) {
          const dataset = describe(entity, inside);
          if (dataset.element !== 'other')
            this.#requireRoomFor(entity, dataset);
          found.push(dataset);
        } else if (entity instanceof h5wasm.Group) {
          found.push({ kind: 'group', path: inside });
          walk(entity, inside, depth + 1);
        }
        if (found.length > mostNodes)
          throw new Hdf5Refusal(`it has more than ${mostNodes} members`);
      }
    };
    walk(this.#file, '', 0);
    return found;
  }

  /** The values of a dataset; those of a size that the file cannot hold are refused. */
  read(path: string): Hdf5Numbers {
    allowHeap(this.#size);
    const dataset = checked(() => this.#file.get(`/${path}`));
    if (!(dataset instanceof h5wasm.Dataset))
      throw new Hdf5Refusal(`'${path}' is no dataset`);
    const described = describe(dataset, path);
    if (described.element === 'other')
      throw new Hdf5Refusal(`'${path}' does not hold numbers`);
    const bytes = this.#requireRoomFor(dataset, described);
    allowHeap(this.#size + bytes);
    const value = checked(() => dataset.value);
    // A scalar comes as a number.
    const numbers =
      typeof value === 'number'
        ? Float64Array.of(value)
        : typeof value === 'bigint'
          ? BigInt64Array.of(value)
          : value;
    if (!ArrayBuffer.isView(numbers) || numbers.byteLength < bytes / 8)
      throw new Hdf5Refusal(`'${path}' cannot be read`);
    return numbers as Hdf5Numbers;
  }

  /** The text of a dataset that is one text. */
  readText(path: string): string {
    allowHeap(this.#size);
    const dataset = checked(() => this.#file.get(`/${path}`));
    const value =
      dataset instanceof h5wasm.Dataset &&
      checked(() => dataset.metadata).type ===
        h5wasm.Module.H5T_class_t.H5T_STRING.value
        ? checked(() => dataset.value)
        : undefined;
    const text: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof text !== 'string') throw new Hdf5Refusal(`'${path}' is no text`);
    return text;
  }

  /** Gives the bytes of the values; a shape may claim what is nowhere in the file. */
  #requireRoomFor(
    dataset: h5wasm.Dataset,
    { path, shape, width }: Hdf5Dataset,
  ): number {
    const bytes = shape.reduce((product, size) => product * size, width);
    if (bytes <= Math.min(this.#size, mostBytes)) return bytes;
    const isPacked = checked(() => dataset.filters).length > 0;
    const most = this.#size * (isPacked ? largestRatio : 1);
    if (bytes > Math.min(most, mostBytes))
      throw new Hdf5Refusal(
        `'${path}' of shape ${shape.join('x')} has more bytes than the file can hold`,
      );
    return bytes;
  }

  makeGroup(path: string): void {
    checked(() => this.#file.create_group(path));
  }

  makeDataset(path: string, shape: readonly number[], data: Hdf5Written): void {
    allowHeap(typeof data === 'string' ? 4 * data.length : data.byteLength);
    checked(() =>
      this.#file.create_dataset({
        name: path,
        data,
        shape: [...shape],
        dtype: dtypeOf(data),
      }),
    );
  }

  close(): void {
    checked(() => this.#file.close());
  }
}

/** A text has a byte of zero at its end, as in C, and where it can the type that Caffe gives. */
function dtypeOf(data: Hdf5Written): string {
  if (typeof data === 'string') {
    const bytes = new TextEncoder().encode(data).length;
    return `${bytes === data.length ? 'A' : 'S'}${bytes + 1}`;
  }
  if (data instanceof Float32Array) return '<f';
  return data instanceof Int32Array ? '<i' : '<B';
}

function describe(dataset: h5wasm.Dataset, path: string): Hdf5Dataset {
  const { shape, type, size } = checked(() => dataset.metadata);
  const classes = h5wasm.Module.H5T_class_t;
  const element =
    type === classes.H5T_FLOAT.value && (size === 4 || size === 8)
      ? 'float'
      : type === classes.H5T_INTEGER.value
        ? 'integer'
        : 'other';
  return {
    kind: 'dataset',
    path,
    shape: shape ?? [],
    element,
    width: size,
  };
}
