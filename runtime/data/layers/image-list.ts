/** A line of an image list. */
export interface ListedImage {
  /** As the list has it: the root folder goes before it as it is. */
  readonly path: string;
  readonly label: number;
  /** Counted from 1. */
  readonly line: number;
}

export type ImageList =
  | { readonly kind: 'list'; readonly images: readonly ListedImage[] }
  | { readonly kind: 'bad'; readonly line: number; readonly problem: string };

/**
 * Reads `path label` lines as ImageData does (image_data_layer.cpp): a line is split at its
 * last space, and the label is what `atoi` makes of the rest. Where Caffe would take a line
 * without a space, a label that is no number or one beyond 32 bits for something, it is
 * refused here; empty lines are passed over.
 */
export function readImageList(text: string): ImageList {
  const images: ListedImage[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const row = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (row.trim() === '') continue;
    const at = row.lastIndexOf(' ');
    const path = row.slice(0, Math.max(at, 0));
    if (at < 0 || path === '') {
      const problem = 'has no space between a path and a label';
      return { kind: 'bad', line, problem };
    }
    const label = row.slice(at + 1);
    if (!/^[+-]?\d+$/.test(label)) {
      const problem = `has '${label}' as its label, which is no whole number`;
      return { kind: 'bad', line, problem };
    }
    if (Number(label) !== (Number(label) | 0)) {
      const problem = `has the label ${label}, which no Datum can hold: it has 32 bits`;
      return { kind: 'bad', line, problem };
    }
    images.push({ path, label: Number(label), line });
  }
  return { kind: 'list', images };
}
