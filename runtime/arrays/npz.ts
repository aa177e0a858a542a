import { diagnostic } from '../../compiler/diagnostics.js';
import type { ByteSource } from '../../compiler/weights/byte-source.js';

import type { NdArray } from './nd-array.js';
import {
  npyChunks,
  type NpyFile,
  parseNpy,
  type Read,
  type Writable,
} from './npy.js';
import { readZipDirectory, readZipEntry, type ZipEntry } from './zip-reader.js';
import { writeZip } from './zip-writer.js';

/** An .npz archive, of which one array at a time is read. */
export interface NpzFile {
  /** Of the arrays, in the order of the archive, without `.npy`. */
  readonly names: readonly string[];
  open(name: string): Read<NpyFile>;
  /** As float32. */
  read(name: string): Read<NdArray>;
}

const ending = '.npy';

/** Reads the list of arrays of an .npz archive, stored or deflated. */
export function readNpz(source: ByteSource): Read<NpzFile> {
  const directory = readZipDirectory(source);
  if ('problem' in directory) return refused(source.name, directory.problem);
  const entries = new Map(
    directory.value
      .filter(({ name }) => name.endsWith(ending))
      .map((entry) => [entry.name.slice(0, -ending.length), entry]),
  );
  const open = (name: string): Read<NpyFile> =>
    openEntry(source, name, entries.get(name));
  return {
    value: {
      names: [...entries.keys()],
      open,
      read(name) {
        const { value, diagnostics } = open(name);
        return {
          value: value && { shape: value.shape, data: value.toFloat32() },
          diagnostics,
        };
      },
    },
    diagnostics: [],
  };
}

function openEntry(
  source: ByteSource,
  name: string,
  entry: ZipEntry | undefined,
): Read<NpyFile> {
  if (entry === undefined)
    return refused(source.name, `it has no array '${name}'`);
  const content = readZipEntry(source, entry);
  return 'problem' in content
    ? refused(source.name, content.problem)
    : parseNpy(`${source.name}:${name}`, content.value);
}

const refused = (file: string, problem: string): Read<never> => ({
  value: undefined,
  diagnostics: [diagnostic('array/corrupt', { file, problem })],
});

export interface ArrayToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  /** Asked for when its turn comes, so that one array is in memory at a time. */
  read(): Writable;
}

/** Writes an .npz archive as NumPy's `savez` does, in pieces. */
export function writeNpz(
  arrays: Iterable<ArrayToWrite>,
): Generator<Uint8Array> {
  return writeZip(filesOf(arrays));
}

function* filesOf(
  arrays: Iterable<ArrayToWrite>,
): Generator<{ name: string; pieces: readonly Uint8Array[] }> {
  for (const array of arrays)
    yield {
      name: `${array.name}${ending}`,
      pieces: npyChunks(array.shape, array.read()),
    };
}
