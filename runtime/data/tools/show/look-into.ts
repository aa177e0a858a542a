import { shapeText } from '../../../../compiler/ir/types.js';

import { DataFailure } from '../../data-failure.js';
import {
  type Backend,
  backendOf,
  openDatabase,
} from '../../databases/open-database.js';
import { type Datum, decodeDatum, MalformedDatum } from '../../datum.js';
import { imageFormat } from '../../images/image-format.js';
import { imageSize } from '../../images/image-size.js';
import { UnreadableImage } from '../../images/unreadable-image.js';
import type { RawImage } from '../../raw-image.js';
import type { DatabaseRecord, RecordReader } from '../../record-reader.js';
import { readRecord } from '../read-record.js';
import { thumbnail } from './contact-sheet.js';

/** A record that is shown. */
export interface Sample {
  readonly record: number;
  readonly key: string;
  readonly label: number;
  /** As it is on a contact sheet. */
  readonly image: RawImage;
}

/** A record with something wrong. */
export interface BadRecordFound {
  readonly record: number;
  readonly key: string;
  readonly problem: string;
}

/** What is in a database. */
export interface DatabaseLook {
  readonly backend: Backend;
  readonly records: number;
  /** Of all values. */
  readonly bytes: number;
  readonly firstKey: string | undefined;
  readonly lastKey: string | undefined;
  /** How many records hold pixels, floats, or an image file of a format. */
  readonly kinds: ReadonlyMap<string, number>;
  /** How many images are of a shape, `CxHxW`. */
  readonly shapes: ReadonlyMap<string, number>;
  /** How many records have a label, the lowest first. */
  readonly labels: ReadonlyMap<number, number>;
  readonly samples: readonly Sample[];
  readonly bad: readonly BadRecordFound[];
}

const atOnce = 64;

/**
 * Looks at all records of a database. Image files in them are read by their headers; only
 * samples, which lie evenly from the first record to the last, are decoded.
 * @param samples How many.
 * @throws {DataFailure} Where the database cannot be read; bad records are told in the look.
 */
export async function lookInto(
  path: string,
  backend: Backend | undefined,
  samples: number,
  progress: (done: number, total: number) => void,
): Promise<DatabaseLook> {
  const reader = await openDatabase(path, backend, { asker: 'flag' });
  try {
    const look = new Look(path, reader.count, samples);
    await walk(reader, look, progress);
    return look.seen(backend ?? backendOf(path) ?? 'LMDB');
  } finally {
    await reader.close();
  }
}

async function walk(
  reader: RecordReader,
  look: Look,
  progress: (done: number, total: number) => void,
): Promise<void> {
  for (let done = 0; ;) {
    const records = await reader.read(atOnce);
    if (records.length === 0) return;
    for (const record of records) await look.at(done++, record);
    progress(done, reader.count);
  }
}

class Look {
  readonly #path: string;
  readonly #wanted: ReadonlySet<number>;
  readonly #kinds = new Map<string, number>();
  readonly #shapes = new Map<string, number>();
  readonly #labels = new Map<number, number>();
  readonly #samples: Sample[] = [];
  readonly #bad: BadRecordFound[] = [];
  #records = 0;
  #bytes = 0;
  #firstKey: string | undefined;
  #lastKey: string | undefined;

  constructor(path: string, count: number, samples: number) {
    this.#path = path;
    this.#wanted = new Set(evenly(count, samples));
  }

  async at(number: number, record: DatabaseRecord): Promise<void> {
    const { key, value } = record;
    this.#firstKey ??= key;
    this.#lastKey = key;
    this.#records++;
    this.#bytes += value.length;
    try {
      const datum = decodeDatum(value);
      const { channels, height, width } = await sizeOf(datum);
      count(this.#kinds, kindOf(datum));
      count(this.#shapes, shapeText([channels, height, width]));
      count(this.#labels, datum.label);
      if (!this.#wanted.has(number)) return;
      const { image, label } = await readRecord(this.#path, number, record);
      const small = thumbnail(image);
      this.#samples.push({ record: number, key, label, image: small });
    } catch (thrown) {
      this.#bad.push({ record: number, key, problem: problemOf(thrown) });
    }
  }

  seen(backend: Backend): DatabaseLook {
    return {
      backend,
      records: this.#records,
      bytes: this.#bytes,
      firstKey: this.#firstKey,
      lastKey: this.#lastKey,
      kinds: this.#kinds,
      shapes: this.#shapes,
      labels: new Map([...this.#labels].toSorted(([a], [b]) => a - b)),
      samples: this.#samples,
      bad: this.#bad,
    };
  }
}

function problemOf(thrown: unknown): string {
  if (thrown instanceof DataFailure) return thrown.problem;
  const isBad =
    thrown instanceof MalformedDatum || thrown instanceof UnreadableImage;
  if (isBad) return thrown.message;
  throw thrown;
}

/** `wanted` of the numbers below `total`, from the first to the last. */
function evenly(total: number, wanted: number): readonly number[] {
  if (wanted >= total) return Array.from({ length: total }, (_, i) => i);
  const step = wanted > 1 ? (total - 1) / (wanted - 1) : 0;
  return Array.from({ length: wanted }, (_, i) => Math.round(i * step));
}

const count = <Key>(counts: Map<Key, number>, key: Key): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

const sizeOf = (datum: Datum) =>
  'image' in datum ? datum.image : imageSize(datum.encoded);

function kindOf(datum: Datum): string {
  if ('encoded' in datum) return imageFormat(datum.encoded);
  return datum.image.pixels instanceof Float32Array ? 'floats' : 'pixels';
}
