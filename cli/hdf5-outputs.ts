import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import type { Blob, Layer, Net } from '../compiler/net/net.js';

import { Hdf5Output } from '../runtime/data/hdf5-output.js';
import type { Tensor } from '../runtime/tensor.js';

type Tensors = ReadonlyMap<string, Tensor>;

const writersIn = ({ layers }: Net): readonly Layer[] =>
  layers.filter(({ type }) => type === 'HDF5Output');

const fileOf = ({ message }: Layer): string =>
  message.get('hdf5_output_param').get('file_name');

/** The name under which a pass returns a bottom: no blob is called so. */
const bottomName = ({ name }: Layer, index: number): string =>
  `hdf5-output:${index}:${name}`;

/** The bottoms of HDF5Output layers, which a pass has to return as the layers see them. */
export const writtenBottoms = (net: Net): ReadonlyMap<string, Blob> =>
  new Map(
    writersIn(net).flatMap((layer) =>
      layer.bottoms.map(
        (blob, index) => [bottomName(layer, index), blob] as const,
      ),
    ),
  );

/** Files that cannot be written, told before any pass is run. */
export const unwritableFiles = (net: Net): readonly Diagnostic[] =>
  writersIn(net).flatMap((layer, index, layers) => {
    const file = fileOf(layer);
    const earlier = layers.slice(0, index).find((one) => fileOf(one) === file);
    const problem =
      earlier === undefined
        ? problemOf(file)
        : `layer '${earlier.name}' writes it, too`;
    if (problem === undefined) return [];
    const facts = { layer: layer.name, file, problem };
    const span = layer.message.get('hdf5_output_param').spanOf('file_name');
    return [diagnostic('data/not-writable', facts, { span })];
  });

function problemOf(file: string): string | undefined {
  const folder = dirname(file);
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory();
  return isFolder === true ? 'it is a folder' : undefined;
}

/** What the HDF5Output layers of a net write. */
export class Hdf5Outputs {
  readonly #writers: readonly {
    readonly names: readonly [data: string, label: string];
    readonly output: Hdf5Output;
  }[];

  constructor(net: Net) {
    this.#writers = writersIn(net).map((layer) => ({
      names: [bottomName(layer, 0), bottomName(layer, 1)],
      output: new Hdf5Output(fileOf(layer), [
        layer.bottoms[0]?.shape ?? [],
        layer.bottoms[1]?.shape ?? [],
      ]),
    }));
  }

  /** Keeps what the layers read in a pass, and gives the other values that it returned. */
  take(returned: Tensors): Tensors {
    const rest = new Map(returned);
    for (const { names, output } of this.#writers) {
      const [data, label] = names.map((name) => returned.get(name));
      for (const name of names) rest.delete(name);
      if (data !== undefined && label !== undefined) output.add([data, label]);
    }
    return rest;
  }

  /** Gives the names of what was written. */
  async write(): Promise<readonly string[]> {
    for (const { output } of this.#writers) await output.write();
    return this.#writers.map(({ output }) => output.path);
  }
}
