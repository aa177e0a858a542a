import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import type { Net } from '../compiler/net/net.js';
import type { ReadOptions } from '../compiler/read-net.js';
import { didYouMean } from '../compiler/suggestion.js';

/** Layers whose tops have the shape that is asked for, also where it is not known yet. */
const shapedTypes: ReadonlySet<string> = new Set([
  'Input',
  'Data',
  'ImageData',
  'HDF5Data',
  'WindowData',
  'MemoryData',
  'DummyData',
]);

const shapedTops = ({ inputs, layers }: Net): readonly string[] =>
  [
    ...inputs,
    ...layers
      .filter(({ type }) => shapedTypes.has(type))
      .flatMap(({ tops }) => tops),
  ].map(({ name }) => name);

/** Shapes given with `--input-shape` for what is no input or data: they would change nothing. */
export const strayShapes = (
  net: Net,
  options: ReadOptions,
): readonly Diagnostic[] => strayShapesOf([net], options);

/** The same for what is an input or a top of a data layer in none of several nets. */
export function strayShapesOf(
  nets: readonly Net[],
  { inputShapes = new Map() }: ReadOptions,
): readonly Diagnostic[] {
  const names = [...new Set(nets.flatMap(shapedTops))];
  return [...inputShapes.keys()]
    .filter((input) => !names.includes(input))
    .map((input) => {
      const notes = didYouMean(input, names);
      return diagnostic('run/unknown-input', { input }, { notes });
    });
}
