import { type Diagnostic, diagnostic } from '../../compiler/diagnostics.js';
import {
  arrayName,
  readArrayName,
} from '../../compiler/weights/array-names.js';
import {
  assembleLayers,
  type FoundArray,
} from '../../compiler/weights/assemble-layers.js';
import { readRuns } from '../../compiler/weights/blob-data.js';
import type { ByteSource } from '../../compiler/weights/byte-source.js';
import type { ReadWeights } from '../../compiler/weights/caffemodel-reader.js';
import { readExactly } from '../../compiler/weights/read-exactly.js';
import { unnamedArrays } from '../../compiler/weights/unnamed-arrays.js';
import { UnreadableWeights } from '../../compiler/weights/unreadable-weights.js';
import {
  countOf,
  numberedBlobs,
  type WeightBlob,
  type WeightFile,
} from '../../compiler/weights/weight-file.js';
import { formText } from '../../compiler/weights/weight-form.js';
import {
  metadataName,
  metadataText,
  readMetadata,
} from '../../compiler/weights/weight-metadata.js';

import { npyChunks, parseNpy, type Read } from '../arrays/npy.js';
import { readNpyHeader } from '../arrays/npy-header.js';
import {
  findZipEntry,
  isIntact,
  isStored,
  readZipDirectory,
  readZipEntry,
  type ZipEntry,
} from '../arrays/zip-reader.js';
import { writeZip } from '../arrays/zip-writer.js';

const ending = '.npy';
const what = formText.npz;

/** More than NumPy writes for any array; the numbers come after it. */
const headBytes = 1 << 16;

const refused = (...diagnostics: Diagnostic[]): ReadWeights => ({
  file: undefined,
  diagnostics,
});

const damaged = (file: string, problem: string): Diagnostic =>
  diagnostic('weights/damaged', { file, what, problem });

/**
 * Indexes an .npz archive of weights, checking every array against its sum, one in memory
 * at a time. Values are read when they are asked for.
 */
export function readNpzWeights(source: ByteSource): ReadWeights {
  const file = source.name;
  const directory = readZipDirectory(source);
  if ('problem' in directory) return refused(damaged(file, directory.problem));
  const entries = directory.value.filter(({ name }) => name.endsWith(ending));
  if (entries.length === 0)
    return refused(
      diagnostic('weights/unreadable', {
        file,
        what: 'a zip archive',
        problem: 'it holds no .npy arrays (a .pth or a .zip is no .npz)',
      }),
    );
  const packed = entries.reduce((sum, each) => sum + each.compressedSize, 0);
  if (packed > source.size)
    return refused(damaged(file, 'its entries lie one over another'));

  const arrays: FoundArray[] = [];
  const unnamed: string[] = [];
  for (const entry of entries) {
    const name = readArrayName(entry.name.slice(0, -ending.length));
    if (name === undefined) {
      unnamed.push(entry.name);
      continue;
    }
    const { value: blob, diagnostics } = entryBlob(source, entry);
    if (blob === undefined) return refused(...diagnostics);
    arrays.push({ ...name, blob });
  }
  const problems = unnamedArrays(file, what, arrays, unnamed);
  if (problems.some(({ severity }) => severity === 'error'))
    return refused(...problems);
  const metadata = metadataOf(source, directory.value);
  return {
    file: {
      path: file,
      name: metadata?.name ?? '',
      format: 'npz',
      layers: assembleLayers(arrays, metadata),
    },
    diagnostics: problems,
  };
}

function metadataOf(
  source: ByteSource,
  entries: readonly ZipEntry[],
): ReturnType<typeof readMetadata> {
  const entry = entries.find(({ name }) => name === metadataName);
  if (entry === undefined) return undefined;
  const content = readZipEntry(source, entry);
  return 'problem' in content
    ? undefined
    : readMetadata(new TextDecoder().decode(content.value));
}

function entryBlob(source: ByteSource, entry: ZipEntry): Read<WeightBlob> {
  return isStored(entry)
    ? storedBlob(source, entry)
    : packedBlob(source, entry);
}

const problemOf = (source: ByteSource, problem: string): Read<never> => ({
  value: undefined,
  diagnostics: [damaged(source.name, problem)],
});

/** As `numpy.savez` writes them: the numbers lie in the file as they are. */
function storedBlob(source: ByteSource, entry: ZipEntry): Read<WeightBlob> {
  const found = findZipEntry(source, entry);
  if ('problem' in found) return problemOf(source, found.problem);
  const dataAt = found.value;
  if (!isIntact(source, entry, dataAt))
    return problemOf(source, `'${entry.name}' is damaged`);
  const head = new Uint8Array(Math.min(entry.size, headBytes));
  readExactly(source, head, dataAt);
  const result = readNpyHeader(head);
  if (!('header' in result)) return packedBlob(source, entry);
  const { element, fortranOrder, shape, dataOffset } = result.header;
  const count = countOf(shape);
  const isPlain =
    element.dtype === 'f4' && element.littleEndian && !fortranOrder;
  if (!isPlain || entry.size !== dataOffset + count * 4)
    return packedBlob(source, entry);
  const run = {
    offset: dataAt + dataOffset,
    count,
    stride: 4,
    format: 'float32',
  } as const;
  return {
    value: {
      shape,
      storedAs: 'shape',
      count,
      format: 'float32',
      read: () => readRuns(source, [run]),
    },
    diagnostics: [],
  };
}

const floatFormats = { f2: 'float16', f4: 'float32', f8: 'float64' } as const;

/** Unpacked now to be checked, and again when its values are wanted. */
function packedBlob(source: ByteSource, entry: ZipEntry): Read<WeightBlob> {
  const open = (): ReturnType<typeof parseNpy> => {
    const content = readZipEntry(source, entry);
    return 'problem' in content
      ? problemOf(source, content.problem)
      : parseNpy(`${source.name}:${entry.name}`, content.value);
  };
  const { value, diagnostics } = open();
  if (value === undefined) return { value, diagnostics };
  const { shape, dtype } = value;
  if (dtype !== 'f2' && dtype !== 'f4' && dtype !== 'f8')
    return {
      value: undefined,
      diagnostics: [
        diagnostic('weights/unreadable', {
          file: source.name,
          what,
          problem: `'${entry.name}' is of ${dtype}; f2, f4 and f8 are read`,
        }),
      ],
    };
  return {
    value: {
      shape,
      storedAs: 'shape',
      count: countOf(shape),
      format: floatFormats[dtype],
      read: () => {
        const again = open();
        if (again.value === undefined)
          throw new UnreadableWeights(again.diagnostics);
        return again.value.toFloat32();
      },
    },
    diagnostics: [],
  };
}

/**
 * Writes an .npz archive in pieces, as `numpy.savez` does: an array `<layer>/<number>` for
 * each blob. All else that a caffemodel says stands in the entry `rancc.json`, which NumPy
 * lists and otherwise lets be.
 */
export function writeNpzWeights(
  file: Pick<WeightFile, 'name' | 'layers'>,
): Generator<Uint8Array> {
  return writeZip(entriesOf(file));
}

function* entriesOf(
  file: Pick<WeightFile, 'name' | 'layers'>,
): Generator<{ name: string; pieces: readonly Uint8Array[] }> {
  yield {
    name: metadataName,
    pieces: [new TextEncoder().encode(metadataText(file))],
  };
  for (const layer of file.layers)
    for (const [number, blob] of numberedBlobs(layer))
      yield {
        name: `${arrayName(layer.name, number)}${ending}`,
        pieces: npyChunks(blob.shape, blob.read()),
      };
}
