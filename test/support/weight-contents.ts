import {
  numberedBlobs,
  type WeightFile,
} from '../../compiler/weights/weight-file.js';

import { openWeightFile } from '../../runtime/weights/open-weights.js';

/** Everything of a weight file but its form, the values as bits. */
export const contentOf = (file: WeightFile): unknown => ({
  name: file.name,
  layers: file.layers.map((layer) => ({
    name: layer.name,
    type: layer.type,
    blobs: numberedBlobs(layer).map(([number, blob]) => ({
      number,
      shape: blob.shape,
      storedAs: blob.storedAs,
      sharedAs: blob.sharedAs,
      values: Buffer.from(blob.read().buffer).toString('base64'),
    })),
  })),
});

/** Opens a file that has to be sound, for as long as `use` takes. */
export async function withWeights<T>(
  path: string,
  use: (file: WeightFile) => T | Promise<T>,
): Promise<T> {
  const { file, diagnostics, close } = openWeightFile(path);
  try {
    if (file === undefined) throw new Error(JSON.stringify(diagnostics));
    return await use(file);
  } finally {
    close();
  }
}
