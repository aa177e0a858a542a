import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { DataFailure } from '../../data-failure.js';
import { type Backend, createDatabase } from '../../databases/open-database.js';
import { UnreadableImage } from '../../images/unreadable-image.js';
import { type ListedImage, readImageList } from '../../layers/image-list.js';
import { requireListText } from '../../layers/list-text.js';
import { shuffledOrder } from '../../layers/shuffled-order.js';
import type { RecordWriter } from '../../record-reader.js';
import { madeInOrder } from '../made-in-order.js';
import { recordKey } from '../record-key.js';
import {
  beginOrResume,
  finish,
  lockOf,
  makeRoomFor,
  partialOf,
} from './partial-database.js';
import { type RecordForm, recordOfFile } from './record-of-file.js';
import { lockRun } from './run-lock.js';
import { SizeCheck } from './size-check.js';

export interface CreateRequest {
  /** Goes before each path of the list as it is, as in Caffe. */
  readonly root: string;
  readonly list: string;
  readonly database: string;
  readonly backend: Backend;
  readonly form: RecordForm;
  /** All images have to be of one size. */
  readonly checksSize: boolean;
  /** undefined: the order of the list. */
  readonly shuffleSeed: number | undefined;
  /** Goes on with what an interrupted run has committed. */
  readonly resumes: boolean;
  /** Leaves bad images out and counts them. */
  readonly skipBad: boolean;
  readonly progress: (done: number, total: number) => void;
}

/** An image that was left out. */
export interface LeftOut {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

export interface Created {
  readonly records: number;
  /** Of those, how many an interrupted run had committed. */
  readonly kept: number;
  /** Of all images, in the order of writing. */
  readonly leftOut: readonly LeftOut[];
}

/** Records between two commits, as convert_imageset has it. */
const recordsInCommit = 1000;

/**
 * Writes the images of a list into a database (tools/convert_imageset.cpp): keys are the
 * number in the order of writing, in eight digits, and the path. It appears whole or not at
 * all. Images that an interrupted run has left out are tried again by the one that goes on.
 * @throws {DataFailure} For a bad line of the list, before anything is written; for a bad
 *   image where none is left out; where another run is writing the same database.
 */
export async function createFromList(request: CreateRequest): Promise<Created> {
  const images = await listed(request);
  await makeRoomFor(request.database);
  const unlock = await lockRun(lockOf(request.database));
  try {
    return await create(request, images);
  } finally {
    await unlock();
  }
}

async function create(
  request: CreateRequest,
  images: readonly ListedImage[],
): Promise<Created> {
  const { database, backend, resumes } = request;
  const { records: kept, missing } = await beginOrResume(
    database,
    backend,
    settingsText(request, images),
    images.length,
    resumes,
  );
  const writer = await createDatabase(partialOf(database), backend);
  let made;
  try {
    made = await writeImages(request, numbered(images, missing), writer);
  } finally {
    await writer.close();
  }
  await finish(database);
  return { records: kept + made.records, kept, leftOut: made.leftOut };
}

/** What has to be the same for a run to go on. */
const settingsText = (
  { root, backend, form, shuffleSeed }: CreateRequest,
  images: readonly ListedImage[],
): string =>
  JSON.stringify({ root, backend, form, seed: shuffleSeed ?? null, images });

/** The images in the order in which they are written. */
async function listed(request: CreateRequest): Promise<readonly ListedImage[]> {
  const { list, shuffleSeed } = request;
  const read = readImageList(
    await requireListText(list, 'give a file of lines `path label`'),
  );
  if (read.kind === 'bad') {
    throw new DataFailure(`the line ${read.problem}`, {
      file: `${list}:${read.line}`,
      cure: 'mend the list; --skip-bad leaves out bad images, not bad lines',
    });
  }
  const { images } = read;
  if (images.length === 0) {
    throw new DataFailure('lists no images', { file: list });
  }
  if (shuffleSeed === undefined) return images;
  const order = shuffledOrder(images.length, shuffleSeed, 'list', 0);
  return Array.from(order, (index) => images[index]).flatMap(
    (image) => image ?? [],
  );
}

/** An image with its number in the order of writing. */
interface Numbered {
  readonly number: number;
  readonly image: ListedImage;
}

const numbered = (
  images: readonly ListedImage[],
  numbers: readonly number[],
): readonly Numbered[] =>
  numbers.flatMap((number) => {
    const image = images[number];
    return image === undefined ? [] : [{ number, image }];
  });

interface Written {
  readonly records: number;
  readonly leftOut: readonly LeftOut[];
}

async function writeImages(
  request: CreateRequest,
  images: readonly Numbered[],
  writer: RecordWriter,
): Promise<Written> {
  const { root, list, form, checksSize, skipBad, progress } = request;
  const leftOut: LeftOut[] = [];
  const sizes = checksSize ? new SizeCheck(list) : undefined;
  let records = 0;
  let done = 0;
  const groups = madeInOrder(images, ({ image: { path, label } }) =>
    recordOfFile(`${root}${path}`, label, form),
  );
  for await (const group of groups) {
    for (const { picture, made } of group) {
      const { number, image } = picture;
      if (made instanceof UnreadableImage) {
        const bad = badImage(root, image, made);
        if (!skipBad) throw failureOf(request, image, bad);
        leftOut.push(bad);
        continue;
      }
      sizes?.check(image, made);
      await writer.put(recordKey(number, image.path), made.bytes);
      if (++records % recordsInCommit === 0) await writer.commit();
    }
    done += group.length;
    progress(done, images.length);
  }
  await writer.commit();
  return { records, leftOut };
}

const badImage = (
  root: string,
  { path, line }: ListedImage,
  { message }: UnreadableImage,
): LeftOut => ({ file: `${root}${path}`, line, problem: message });

const failureOf = (
  { root, list }: CreateRequest,
  { path, line }: ListedImage,
  { file, problem }: LeftOut,
): DataFailure =>
  new DataFailure(problem, {
    file: `${list}:${line}: ${file}`,
    cure: existsSync(join(root, path))
      ? 'end the root with a slash: it goes before each path as it is'
      : 'mend the file, and --resume goes on from here; or --skip-bad leaves such images out',
  });
