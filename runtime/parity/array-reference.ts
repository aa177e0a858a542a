import { diagnostic } from '../../compiler/diagnostics.js';
import { topName } from '../../compiler/lower.js';
import { type Blob, finalBlob, type Net } from '../../compiler/net/net.js';
import { defaultTolerance } from '../../compiler/weights/golden-compare.js';

import type { NdArray } from '../arrays/nd-array.js';
import type { NpzFile } from '../arrays/npz.js';
import type { Tensor } from '../tensor.js';
import {
  type Distance,
  distanceOf,
  type OpenedReference,
  type Reference,
} from './reference.js';

/** Under this prefix an archive holds the top of a layer right after it ran: `top:conv1/0`. */
export const topPrefix = 'top:';

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** Whether no layer below works in place on it. The net may have been built anew. */
function isFinal(net: Net, blob: Blob): boolean {
  const final = finalBlob(net, blob.name);
  return final !== undefined && topName(final) === topName(blob);
}

/**
 * An archive of whole blobs as a reference: under its name what a blob holds after the forward
 * pass (of in-place layers the last one's), under `top:<layer>/<number>` what it held right
 * after that layer. The net's inputs must be among them.
 */
export function arrayReference(
  file: string,
  archive: NpzFile,
  tolerance = defaultTolerance,
): (net: Net) => OpenedReference {
  const names = new Set(archive.names);
  const read = (name: string): NdArray | undefined =>
    names.has(name) ? archive.read(name).value : undefined;
  return (net) => {
    const valuesOf = (blob: Blob): Tensor | undefined => {
      const atOnce = read(`${topPrefix}${topName(blob)}`);
      const array =
        atOnce ?? (isFinal(net, blob) ? read(blob.name) : undefined);
      return array === undefined ? undefined : { dtype: 'float32', ...array };
    };
    const inputs = new Map<string, Tensor>();
    for (const { name } of net.inputs) {
      const array = read(name);
      if (array === undefined) {
        return {
          reference: undefined,
          diagnostics: [
            diagnostic('array/corrupt', {
              file,
              problem: `it does not hold the net's input '${name}'`,
            }),
          ],
        };
      }
      inputs.set(name, { dtype: 'float32', ...array });
    }
    const compare = (
      expected: Tensor | undefined,
      computed: Tensor,
    ): Distance | undefined => {
      if (expected === undefined) return undefined;
      return sameShape(expected.shape, computed.shape)
        ? distanceOf(
            computed.data as Float32Array,
            expected.data as Float32Array,
            tolerance,
          )
        : { maxAbs: Infinity, maxRel: Infinity, passed: false };
    };
    const reference: Reference = {
      inputShapes: new Map(
        [...inputs].map(([name, { shape }]) => [name, shape]),
      ),
      inputs,
      shapeOf: (blob) => valuesOf(blob)?.shape,
      compareTop: (blob, computed) => compare(valuesOf(blob), computed),
      compareOutput: (name, computed) => {
        const blob = finalBlob(net, name);
        return blob === undefined
          ? undefined
          : compare(valuesOf(blob), computed);
      },
      valuesOf,
    };
    return { reference, diagnostics: [] };
  };
}
