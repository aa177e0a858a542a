import {
  Hdf5Failure,
  type Hdf5Reader,
  openHdf5,
} from '../../../hdf5/hdf5-file.js';
import type { Hdf5Dataset } from '../../../hdf5/messages.js';
import { DataFailure } from '../../data-failure.js';
import { floatsOf } from '../../layers/hdf5-list.js';

/** What is in an HDF5 file. */
export interface Hdf5Look {
  readonly datasets: readonly Hdf5Dataset[];
  /** How many rows have a label, the lowest first; undefined where there is no data set `label`. */
  readonly labels: ReadonlyMap<number, number> | undefined;
}

/**
 * Looks at the data sets of an HDF5 file.
 * @throws {DataFailure} Where it is none, or damaged.
 */
export function lookIntoHdf5(path: string): Hdf5Look {
  try {
    const reader = openHdf5(path);
    try {
      return lookOf(reader);
    } finally {
      reader.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof Hdf5Failure)) throw thrown;
    const problem = `HDF5 cannot read it: ${thrown.message}`;
    const cure = 'name an HDF5 file, or the folder of an LMDB or LevelDB';
    throw new DataFailure(problem, { file: path, cure }, { cause: thrown });
  }
}

function lookOf(reader: Hdf5Reader): Hdf5Look {
  const datasets = reader.nodes.filter((node) => node.kind === 'dataset');
  const label = datasets.find(isLabel);
  return {
    datasets,
    labels: label === undefined ? undefined : histogram(reader, label),
  };
}

/** One number a row. */
const isLabel = ({ path, shape, element }: Hdf5Dataset): boolean =>
  path === 'label' &&
  element !== 'other' &&
  shape.length > 0 &&
  shape.slice(1).every((size) => size === 1);

function histogram(
  reader: Hdf5Reader,
  { path }: Hdf5Dataset,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const label of floatsOf(reader.read(path))) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([a], [b]) => a - b));
}
