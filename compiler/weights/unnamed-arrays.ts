import { type Diagnostic, diagnostic } from '../diagnostics.js';
import type { FoundArray } from './assemble-layers.js';

const shown = 5;

/**
 * What is wrong with the names of a file's arrays: some say nothing (a warning), all do, or
 * two say the same (errors: whichever is taken may be the wrong one).
 */
export function unnamedArrays(
  file: string,
  what: string,
  arrays: readonly FoundArray[],
  unnamed: readonly string[],
): readonly Diagnostic[] {
  const seen = new Set<string>();
  for (const { layer, number } of arrays) {
    const key = `${number} ${layer}`;
    if (seen.has(key))
      return [
        diagnostic('weights/unreadable', {
          file,
          what,
          problem: `two arrays are blob ${number} of layer '${layer}'`,
        }),
      ];
    seen.add(key);
  }
  if (unnamed.length === 0) return [];
  if (arrays.length === 0)
    return [
      diagnostic('weights/unreadable', {
        file,
        what,
        problem: `no name of an array tells layer and blob, as conv1/0 or conv1.weight do ('${unnamed[0] ?? ''}')`,
      }),
    ];
  return [
    diagnostic('weights/array-names', {
      file,
      names: unnamed.slice(0, shown),
      more: Math.max(0, unnamed.length - shown),
    }),
  ];
}
