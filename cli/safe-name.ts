/**
 * The name of a net or blob as that of a file: without separators and what shells and file
 * systems take for something else; never empty, hidden or `..`.
 */
export function safeName(name: string): string {
  const safe = name
    .replace(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[.-]+/, '_')
    .slice(0, 100);
  return safe === '' ? '_' : safe;
}
