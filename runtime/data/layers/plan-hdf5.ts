import { existsSync, statSync } from 'node:fs';

import { diagnostic } from '../../../compiler/diagnostics.js';
import { sameShape, shapeText } from '../../../compiler/ir/types.js';

import { Hdf5Failure, openHdf5 } from '../../hdf5/hdf5-file.js';
import {
  type FileShapes,
  filesIn,
  type Hdf5File,
  shapesIn,
} from './hdf5-list.js';
import { readListText } from './list-text.js';
import {
  type Layer,
  nothing,
  type Planned,
  planOf,
  type PlanOptions,
  PlanRefused,
  reading,
  sourceRefused,
} from './planning.js';

/** An HDF5Data layer (hdf5_data_layer.cpp) over the files of the list that it names. */
export async function planHdf5(
  layer: Layer,
  options: PlanOptions,
): Promise<Planned> {
  requireUntransformed(layer);
  const param = layer.get('hdf5_data_param');
  const path = param.get('source');
  const batch = param.get('batch_size');
  if (batch < 1 || (options.ignoresAbsent && !existsSync(path))) return nothing;
  const span = param.spanOf('source');
  const refused = (file: string, problem: string) =>
    sourceRefused(layer, path, `${file}: ${problem}`, span);
  const text = await reading(layer, path, span, () => readListText(path));
  const names = filesIn(text);
  if (names.length === 0) {
    throw sourceRefused(layer, path, 'lists no file', span);
  }
  const tops = layer.get('top');
  const files: Hdf5File[] = [];
  let shapes: readonly (readonly number[])[] = [];
  for (const file of names) {
    const found = shapesOfFile(file, tops);
    if (found.kind === 'bad') throw refused(file, found.problem);
    if (files.length === 0) shapes = found.shapes;
    for (const [index, shape] of found.shapes.entries()) {
      const first = shapes[index] ?? [];
      if (sameShape(shape, first)) continue;
      throw refused(
        file,
        `rows of '${tops[index] ?? ''}' are of shape ${shapeText(shape)}, those of the first file of ${shapeText(first)}`,
      );
    }
    files.push({ path: file, rows: found.rows });
  }
  return planOf(
    layer,
    options,
    shapes.map((shape) => [batch, ...shape]),
    { kind: 'hdf5', files, shuffle: param.get('shuffle') },
  );
}

function shapesOfFile(file: string, tops: readonly string[]): FileShapes {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return { kind: 'bad', problem: 'does not exist' };
  if (!found.isFile()) return { kind: 'bad', problem: 'is no file' };
  try {
    const reader = openHdf5(file);
    try {
      const datasets = reader.nodes.flatMap((node) =>
        node.kind === 'dataset' ? [node] : [],
      );
      return shapesIn(datasets, tops);
    } finally {
      reader.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof Hdf5Failure)) throw thrown;
    return { kind: 'bad', problem: thrown.message };
  }
}

/** Caffe ends over it (hdf5_data_layer.cpp, LayerSetUp). */
function requireUntransformed(layer: Layer): void {
  if (!layer.has('transform_param')) return;
  const reason = 'HDF5Data does not transform its data';
  const span = layer.spanOf('transform_param');
  throw new PlanRefused([
    diagnostic('data/transform-refused', { reason }, { span }),
  ]);
}
