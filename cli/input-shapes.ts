import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import type { Net } from '../compiler/net/net.js';
import type { ReadOptions } from '../compiler/read-net.js';
import { didYouMean } from '../compiler/suggestion.js';

/** Shapes given with `--input-shape` for what is no input: they would change nothing. */
export function strayShapes(
  net: Net,
  { inputShapes = new Map() }: ReadOptions,
): readonly Diagnostic[] {
  const names = net.inputs.map(({ name }) => name);
  return [...inputShapes.keys()]
    .filter((input) => !names.includes(input))
    .map((input) => {
      const notes = didYouMean(input, names);
      return diagnostic('run/unknown-input', { input }, { notes });
    });
}
