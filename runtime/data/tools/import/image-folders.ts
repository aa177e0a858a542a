import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { systemErrorCode } from '../../../native/failure.js';
import { DataFailure } from '../../data-failure.js';
import { type ListedImage, readImageList } from '../../layers/image-list.js';
import { requireListText } from '../../layers/list-text.js';

/** Pictures of one part of a set that is kept in folders. */
export interface ListedPart {
  /** What paths are in. */
  readonly folder: string;
  readonly images: readonly ListedImage[];
  /** Files that are no pictures by their names. */
  readonly leftAside: number;
}

/** Formats that are read (decode-image.ts). */
const pictureName = /\.(?:jpe?g|png|webp|tiff?|gif)$/i;

const isHidden = ({ name }: Dirent): boolean => name.startsWith('.');

/** By code units, as `LC_ALL=C sort`: what labels of ImageNet's folders count. */
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => !isHidden(entry));
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
    throw new DataFailure('there is no such folder', {
      file: folder,
      cure: 'name the folder that has train and val',
    });
  }
}

/** A link to a folder counts as one: sets are often put together by links. */
const isFolder = (entry: Dirent): boolean =>
  entry.isDirectory() ||
  (entry.isSymbolicLink() && !pictureName.test(entry.name));

/** Names of the folders within `folder`, sorted: a class each, its number is its label. */
export async function classFolders(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  return entries
    .filter(isFolder)
    .map(({ name }) => name)
    .toSorted(byName);
}

/**
 * The pictures in folders of classes, sorted by class and name.
 * @throws {DataFailure} Where a folder is none of the classes.
 */
export async function picturesInFolders(
  folder: string,
  classes: readonly string[],
): Promise<ListedPart> {
  const labels = new Map(classes.map((name, label) => [name, label]));
  const images: ListedImage[] = [];
  let leftAside = 0;
  for (const name of await classFolders(folder)) {
    const label = labels.get(name);
    const inside = join(folder, name);
    if (label === undefined) {
      const cure = 'classes are the folders in train';
      throw new DataFailure('is no class', { file: inside, cure });
    }
    const files = (await entriesOf(inside)).map((entry) => entry.name);
    const found = files.filter((file) => pictureName.test(file));
    leftAside += files.length - found.length;
    for (const file of found.toSorted(byName)) {
      images.push({ path: `${name}/${file}`, label, line: images.length + 1 });
    }
  }
  return { folder, images, leftAside };
}

const listCure =
  'put the pictures of val into folders of their classes, or give a list of `name label` by --val-list';

/**
 * The pictures of a list, in its order; paths are taken from `folder`.
 * @throws {DataFailure} Where it cannot be read, or a label is none of the classes.
 */
export async function picturesInList(
  folder: string,
  list: string,
  classes: readonly string[],
): Promise<ListedPart> {
  const read = readImageList(await requireListText(list, listCure));
  const refuse = (line: number, problem: string): never => {
    throw new DataFailure(problem, { file: `${list}:${line}` });
  };
  if (read.kind === 'bad') return refuse(read.line, `the line ${read.problem}`);
  for (const { label, line } of read.images) {
    if (label >= 0 && label < classes.length) continue;
    refuse(line, `the label ${label} is none of the ${classes.length} classes`);
  }
  return { folder, images: read.images, leftAside: 0 };
}
