import { extname } from 'node:path';

import { npyChunks, type Writable, writeNpy } from '../runtime/arrays/npy.js';
import { writeNpz } from '../runtime/arrays/npz.js';
import {
  type FolderFile,
  manifestName,
  writeFileAtomically,
  writeFolder,
} from '../runtime/atomic-write.js';
import type { Tensor } from '../runtime/tensor.js';

import { documentText } from './report/json-text.js';
import { outputsJson } from './report/outputs-json.js';
import { safeName } from './safe-name.js';
import { UsageError } from './usage-error.js';
import { ownVersion } from './version.js';

type Outputs = ReadonlyMap<string, Tensor>;

/** Writes what came out of forward passes; gives the names of what was written. */
export type OutputWriter = (
  net: string,
  iterations: readonly Outputs[],
) => Promise<readonly string[]>;

/** By the ending of the path: one array, an archive, JSON, or a folder of arrays. */
export function outputWriter(path: string | undefined): OutputWriter {
  if (path === undefined) return () => Promise.resolve([]);
  switch (extname(path).toLowerCase()) {
    case '.npz':
      return async (_net, iterations) => {
        const arrays = [...lastOf(iterations)].map(([name, tensor]) => ({
          name,
          shape: tensor.shape,
          read: () => numbersOf(tensor),
        }));
        await writeFileAtomically(path, writeNpz(arrays));
        return [path];
      };
    case '.npy':
      return async (_net, iterations) => {
        const [tensor, ...more] = lastOf(iterations).values();
        if (tensor === undefined || more.length > 0) {
          throw new UsageError(
            `${path} holds one blob, and ${more.length + 1} came out`,
            'name one with --blob, or write an .npz or a folder',
          );
        }
        const content = npyChunks(tensor.shape, numbersOf(tensor));
        await writeFileAtomically(path, content);
        return [path];
      };
    case '.json':
      return async (_net, iterations) => {
        const text = documentText(outputsJson(iterations));
        await writeFileAtomically(path, `${text}\n`);
        return [path];
      };
    default:
      return (net, iterations) => writeArrays(path, net, lastOf(iterations));
  }
}

const lastOf = (iterations: readonly Outputs[]): Outputs =>
  iterations.at(-1) ?? new Map();

/** Blobs are float32, and nothing else comes out of a net. */
const numbersOf = ({ data }: Tensor): Writable =>
  data instanceof Int32Array || data instanceof Float32Array
    ? data
    : new Float32Array();

/** `<blob>.npy` for each blob, and a manifest by which the folder is known as rancc's. */
async function writeArrays(
  folder: string,
  net: string,
  outputs: Outputs,
): Promise<readonly string[]> {
  const arrays = [...outputs].map(([blob, tensor]) => ({
    blob,
    path: `${safeName(blob)}.npy`,
    tensor,
  }));
  const manifest = {
    generator: 'rancc',
    version: ownVersion(),
    net,
    outputs: arrays.map(({ blob, path, tensor }) => ({
      blob,
      file: path,
      shape: tensor.shape,
    })),
  };
  const files: readonly FolderFile[] = [
    ...arrays.map(({ path, tensor }) => ({
      path,
      content: writeNpy(tensor.shape, numbersOf(tensor)),
    })),
    { path: manifestName, content: `${documentText(manifest)}\n` },
  ];
  await writeFolder(folder, files);
  return files.map(({ path }) => `${folder}/${path}`);
}
