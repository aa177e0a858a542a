import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { systemErrorCode } from '../../../native/failure.js';
import { DataFailure } from '../../data-failure.js';
import {
  type Backend,
  backendOf,
  createDatabase,
  openDatabase,
} from '../../databases/open-database.js';
import { UnreadableImage } from '../../images/unreadable-image.js';
import { type ListedImage, readImageList } from '../../layers/image-list.js';
import { shuffledOrder } from '../../layers/shuffled-order.js';
import type { RecordWriter } from '../../record-reader.js';
import { numberOfKey, recordKey } from '../record-key.js';
import {
  type MadeRecord,
  type RecordForm,
  recordOfFile,
} from './record-of-file.js';

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
  readonly leftOut: readonly LeftOut[];
}

/** Records between two commits, as convert_imageset has it. */
const recordsInCommit = 1000;

/** So many images are decoded side by side. */
const atOnce = 16;

/** Where a run writes; it becomes the database when all is in it. */
export const partialOf = (database: string): string =>
  join(dirname(database), `.${basename(database)}.partial`);

/**
 * Writes the images of a list into a database (tools/convert_imageset.cpp): keys are the
 * number in the order of writing, in eight digits, and the path. It appears whole or not at
 * all.
 * @throws {DataFailure} For a bad list, or a bad image where none is left out.
 */
export async function createFromList(request: CreateRequest): Promise<Created> {
  const images = await listed(request);
  const partial = partialOf(request.database);
  await beginOrResume(request, images, partial);
  const from =
    backendOf(partial) !== undefined
      ? await nextLine(partial, request.backend)
      : { line: 0, records: 0 };
  const writer = await createDatabase(partial, request.backend);
  let made;
  try {
    made = await writeImages(request, images, from.line, writer);
  } finally {
    await writer.close();
  }
  await rm(request.database, { recursive: true, force: true });
  await rename(partial, request.database);
  await rm(settingsFile(partial), { force: true });
  return {
    records: from.records + made.records,
    kept: from.records,
    leftOut: made.leftOut,
  };
}

/** What an unfinished run was told, beside what it has written. */
const settingsFile = (partial: string): string => `${partial}.json`;

/** What has to be the same for a run to go on. */
const settingsText = (
  { root, backend, form, shuffleSeed }: CreateRequest,
  images: readonly ListedImage[],
): string => {
  const list = createHash('sha256').update(JSON.stringify(images));
  const seed = shuffleSeed ?? null;
  return JSON.stringify({
    root,
    backend,
    form,
    seed,
    list: list.digest('hex'),
  });
};

/** Takes away what another run has left, or makes sure that this one may go on with it. */
async function beginOrResume(
  request: CreateRequest,
  images: readonly ListedImage[],
  partial: string,
): Promise<void> {
  const file = settingsFile(partial);
  const settings = settingsText(request, images);
  if (request.resumes && existsSync(file)) {
    if ((await readFile(file, 'utf8')) === settings) return;
    throw new DataFailure(
      'was begun with another list, root or form of records',
      {
        file: partial,
        cure: 'give the same flags and the same list, or begin anew without --resume',
      },
    );
  }
  await rm(partial, { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, settings);
}

/** The images in the order in which they are written. */
async function listed(request: CreateRequest): Promise<readonly ListedImage[]> {
  const { list, shuffleSeed } = request;
  const read = readImageList(await textOf(list));
  if (read.kind === 'bad') {
    throw new DataFailure(`the line ${read.problem}`, {
      file: `${list}:${read.line}`,
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

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    const code = systemErrorCode(thrown);
    if (code !== 'ENOENT' && code !== 'EISDIR') throw thrown;
    throw new DataFailure('there is no such list', { file }, { cause: thrown });
  }
}

/** Behind the last record that was committed; bad images have no record. */
async function nextLine(
  partial: string,
  backend: Backend,
): Promise<{ readonly line: number; readonly records: number }> {
  const reader = await openDatabase(partial, backend);
  try {
    if (reader.count === 0) return { line: 0, records: 0 };
    await reader.skip(reader.count - 1);
    const [last] = await reader.read(1);
    const line = last === undefined ? 0 : numberOfKey(last.key) + 1;
    return { line, records: reader.count };
  } finally {
    await reader.close();
  }
}

interface Written {
  readonly records: number;
  readonly leftOut: readonly LeftOut[];
}

async function writeImages(
  request: CreateRequest,
  images: readonly ListedImage[],
  first: number,
  writer: RecordWriter,
): Promise<Written> {
  const leftOut: LeftOut[] = [];
  const sizes = new SizeCheck(request);
  let records = 0;
  let uncommitted = 0;
  for (let start = first; start < images.length; start += atOnce) {
    const some = images.slice(start, start + atOnce);
    const made = await Promise.all(some.map((each) => attempt(request, each)));
    for (const [index, image] of some.entries()) {
      const found = made[index];
      if (found === undefined) continue;
      if (found.kind === 'bad') {
        if (!request.skipBad) throw failureOf(request, found.bad);
        leftOut.push(found.bad);
        continue;
      }
      sizes.check(image, found.record);
      await writer.put(
        recordKey(start + index, image.path),
        found.record.bytes,
      );
      records += 1;
      uncommitted += 1;
      if (uncommitted < recordsInCommit) continue;
      await writer.commit();
      uncommitted = 0;
    }
    request.progress(start + some.length, images.length);
  }
  await writer.commit();
  return { records, leftOut };
}

type Attempt =
  | { readonly kind: 'made'; readonly record: MadeRecord }
  | { readonly kind: 'bad'; readonly bad: LeftOut };

async function attempt(
  { root, form }: CreateRequest,
  { path, label, line }: ListedImage,
): Promise<Attempt> {
  const file = `${root}${path}`;
  try {
    return { kind: 'made', record: await recordOfFile(file, label, form) };
  } catch (thrown) {
    if (!(thrown instanceof UnreadableImage)) throw thrown;
    return { kind: 'bad', bad: { file, line, problem: thrown.message } };
  }
}

const failureOf = (
  { list }: CreateRequest,
  { file, line, problem }: LeftOut,
): DataFailure =>
  new DataFailure(problem, {
    file: `${list}:${line}: ${file}`,
    cure: 'mend the file, and --resume goes on from here; or --skip-bad leaves such images out',
  });

/** Tells of the first image that is of another size than the first of all. */
class SizeCheck {
  #first: { readonly path: string; readonly text: string } | undefined;
  readonly #request: CreateRequest;

  constructor(request: CreateRequest) {
    this.#request = request;
  }

  check({ path, line }: ListedImage, { image }: MadeRecord): void {
    if (!this.#request.checksSize) return;
    const text = `${image.channels}x${image.height}x${image.width}`;
    this.#first ??= { path, text };
    if (text === this.#first.text) return;
    throw new DataFailure(
      `${path} is ${text}, and ${this.#first.path} is ${this.#first.text}`,
      {
        file: `${this.#request.list}:${line}`,
        cure: 'give --resize_height and --resize_width, or leave --check_size out',
      },
    );
  }
}
