import type { LmdbFile } from './lmdb-file.js';

const headerLength = 16;
const kinds = { branch: 1, leaf: 2, overflow: 4 } as const;
const nodeHeader = 8;
/** Of a node's flags: the value stands on pages of its own. */
const big = 1;

/** A page of the tree, checked. */
export interface TreePage {
  readonly isLeaf: boolean;
  readonly view: DataView;
  readonly bytes: Uint8Array;
  /** Where its nodes begin. */
  readonly nodes: readonly number[];
}

/**
 * Reads a page of the tree; refuses what LMDB never writes.
 * @param records So many records will be read from here on.
 */
export function treePage(
  file: LmdbFile,
  number: number,
  records: number,
): TreePage {
  const bytes = file.pages(number, 1, records);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const damaged = (): never => file.fail(`is damaged: page ${number}`);
  const kind = view.getUint16(10, true);
  const lower = view.getUint16(12, true);
  const isTree = kind === kinds.branch || kind === kinds.leaf;
  if (!isTree || Number(view.getBigUint64(0, true)) !== number) damaged();
  if (lower <= headerLength || lower > bytes.length || lower % 2 !== 0) {
    damaged();
  }
  const nodes: number[] = [];
  for (let at = headerLength; at < lower; at += 2) {
    const node = view.getUint16(at, true);
    if (node < lower || node + nodeHeader > bytes.length) damaged();
    if (node + nodeHeader + view.getUint16(node + 6, true) > bytes.length) {
      damaged();
    }
    nodes.push(node);
  }
  return { isLeaf: kind === kinds.leaf, view, bytes, nodes };
}

/** The page below a node of a branch: 48 bits. */
export const childOf = ({ view }: TreePage, node: number): number =>
  view.getUint32(node, true) + view.getUint16(node + 4, true) * 2 ** 32;

export function keyOf({ view, bytes }: TreePage, node: number): Buffer {
  const start = node + nodeHeader;
  const length = view.getUint16(node + 6, true);
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length);
}

/**
 * The value of a leaf's node: a part of the memory that its pages were read into.
 * @param records So many records will be read, with this one.
 */
export function valueOf(
  file: LmdbFile,
  { view, bytes }: TreePage,
  node: number,
  records: number,
): Uint8Array {
  const length = view.getUint32(node, true);
  const flags = view.getUint16(node + 4, true);
  const start = node + nodeHeader + view.getUint16(node + 6, true);
  if (flags > big) file.fail('is no database of Caffe: it holds named ones');
  if (flags !== big) {
    if (start + length > bytes.length) file.fail('is damaged: a value');
    return bytes.subarray(start, start + length);
  }
  if (start + 8 > bytes.length) file.fail('is damaged: a value');
  const first = Number(view.getBigUint64(start, true));
  const count = Math.ceil((headerLength + length) / file.meta.pageSize);
  const pages = file.pages(first, count, count * records);
  const header = new DataView(pages.buffer, pages.byteOffset);
  const isRight =
    header.getUint16(10, true) === kinds.overflow &&
    Number(header.getBigUint64(0, true)) === first &&
    header.getUint32(12, true) === count;
  if (!isRight) file.fail(`is damaged: page ${first}`);
  return pages.subarray(headerLength, headerLength + length);
}
