import type { Hdf5Dataset, Hdf5Numbers } from '../../hdf5/messages.js';

/** One file of an HDF5Data layer. */
export interface Hdf5File {
  readonly path: string;
  /** Entries of the first axis of each of its data sets. */
  readonly rows: number;
}

/** The files that a list names, one a line or between any white space, as Caffe takes them. */
export const filesIn = (list: string): readonly string[] =>
  list.match(/\S+/g) ?? [];

/** What the data sets of one file say of the tops, or what is wrong with them. */
export type FileShapes =
  | {
      readonly kind: 'shapes';
      readonly rows: number;
      /** Of one row, by top. */
      readonly shapes: readonly (readonly number[])[];
    }
  | { readonly kind: 'bad'; readonly problem: string };

/** Looks up the data sets with the names of the tops (hdf5_data_layer.cpp, hdf5.cpp). */
export function shapesIn(
  datasets: readonly Hdf5Dataset[],
  tops: readonly string[],
): FileShapes {
  const shapes: (readonly number[])[] = [];
  let rows: number | undefined;
  for (const top of tops) {
    const found = datasets.find(({ path }) => path === top);
    if (found === undefined) {
      return { kind: 'bad', problem: `has no dataset '${top}'` };
    }
    if (found.element === 'other') {
      const problem = `has a dataset '${top}' that does not hold integers, floats or doubles`;
      return { kind: 'bad', problem };
    }
    const [count, ...shape] = found.shape;
    if (count === undefined) {
      return { kind: 'bad', problem: `has a dataset '${top}' without rows` };
    }
    rows ??= count;
    if (rows !== count) {
      const problem = `has ${count} rows in '${top}' and ${rows} in '${tops[0] ?? ''}'`;
      return { kind: 'bad', problem };
    }
    shapes.push(shape);
  }
  return rows === undefined || rows === 0
    ? { kind: 'bad', problem: 'has no rows' }
    : { kind: 'shapes', rows, shapes };
}

/** As HDF5 converts them when Caffe reads: each number to the nearest float32. */
export function floatsOf(numbers: Hdf5Numbers): Float32Array {
  if (numbers instanceof Float32Array) return numbers;
  if (numbers instanceof BigInt64Array || numbers instanceof BigUint64Array) {
    return Float32Array.from(numbers, Number);
  }
  return Float32Array.from(numbers);
}
