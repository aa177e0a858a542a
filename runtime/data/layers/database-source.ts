import { systemErrorCode } from '../../native/failure.js';
import { openDatabase } from '../databases/open-database.js';
import { type Datum, decodeDatum, MalformedDatum } from '../datum.js';
import type { DecodeMode } from '../images/decode-image.js';
import type { RawImage } from '../raw-image.js';
import type { DatabaseRecord, RecordReader } from '../record-reader.js';
import { fillItems } from './fill-items.js';
import { decoded } from './image-file.js';
import { ImageWriter } from './image-writer.js';
import { labelOf } from './label-of.js';
import type { DatabasePlan, LayerPlan } from './layer-plan.js';
import {
  BadRecord,
  checkHalt,
  type Halt,
  type LayerSource,
} from './layer-source.js';
import { recordFailure, sourceFailure } from './record-failure.js';

/** Records passed over between two looks at whether anybody still wants the next one. */
const mostSkipped = 1000;

/** Reads records by their numbers; after the last one comes the first one. */
class RecordCursor {
  readonly #reader: RecordReader;
  readonly #halt: Halt;
  #at = 0;

  constructor(reader: RecordReader, halt: Halt) {
    this.#reader = reader;
    this.#halt = halt;
  }

  get count(): number {
    return this.#reader.count;
  }

  /** `wanted` records from number `from` on, which may be any number of epochs away. */
  async read(from: number, wanted: number): Promise<readonly DatabaseRecord[]> {
    const records: DatabaseRecord[] = [];
    while (records.length < wanted) {
      await this.#goTo((from + records.length) % this.count);
      const left = Math.min(wanted - records.length, this.count - this.#at);
      const found = await this.#reader.read(left);
      if (found.length === 0) break;
      this.#at += found.length;
      records.push(...found);
    }
    return records;
  }

  async #goTo(record: number): Promise<void> {
    if (record < this.#at) {
      await this.#reader.rewind();
      this.#at = 0;
    }
    while (record > this.#at) {
      checkHalt(this.#halt);
      const some = Math.min(record - this.#at, mostSkipped);
      await this.#reader.skip(some);
      this.#at += some;
    }
  }

  close(): Promise<void> {
    return this.#reader.close();
  }
}

export function datumOf(bytes: Uint8Array): Datum {
  try {
    return decodeDatum(bytes);
  } catch (thrown) {
    if (thrown instanceof MalformedDatum) throw new BadRecord(thrown.message);
    throw thrown;
  }
}

/** The image of a Datum; one that is encoded is decoded. */
export const imageOf = (
  datum: Datum,
  mode: DecodeMode,
): RawImage | Promise<RawImage> =>
  'image' in datum ? datum.image : decoded(datum.encoded, mode);

/** Records of a database in the order of their keys (data_layer.cpp). */
export class DatabaseSource implements LayerSource {
  readonly #layer: LayerPlan;
  readonly #plan: DatabasePlan;
  readonly #halt: Halt;
  readonly #writer: ImageWriter;
  #cursor: RecordCursor | undefined;

  constructor(layer: LayerPlan, plan: DatabasePlan, halt: Halt) {
    this.#layer = layer;
    this.#plan = plan;
    this.#halt = halt;
    this.#writer = new ImageWriter(plan.transform, layer);
  }

  async fill(batch: number, tops: readonly Float32Array[]): Promise<number> {
    const [data, labels] = tops;
    if (data === undefined) return 0;
    const cursor = await this.#opened();
    const { batch: size, skipBad, name } = this.#layer;
    const { path, first, count } = this.#plan;
    const start = first + batch * size;
    const records = await cursor.read(start, size);
    if (records.length < size) {
      throw sourceFailure(name, path, `has fewer than its ${count} records`);
    }
    const put = (
      { value }: DatabaseRecord,
      item: number,
      attempt: number,
    ): Promise<void> | undefined => {
      const number = (start + item + attempt) % count;
      const datum = datumOf(value);
      const write = (image: RawImage): void => {
        this.#writer.write(image, data, item, batch * size + item);
        if (labels === undefined) return;
        labels[item] = labelOf(this.#plan.transform, datum.label, number);
      };
      const image = imageOf(datum, this.#plan.transform.decode);
      if (image instanceof Promise) return image.then(write);
      write(image);
      return undefined;
    };
    let tried: DatabaseRecord | undefined;
    return fillItems({
      batch: size,
      attempts: count,
      skipBad,
      halt: this.#halt,
      put: (item, attempt) => {
        const record = records[item];
        if (attempt === 0 && record !== undefined) return put(record, item, 0);
        return cursor.read(start + item + attempt, 1).then(([next]) => {
          tried = next;
          return next === undefined ? undefined : put(next, item, attempt);
        });
      },
      failure: (item, attempt, bad) =>
        recordFailure(
          {
            layer: name,
            file: path,
            key: (attempt === 0 ? records[item] : tried)?.key ?? '',
            record: (start + item + attempt) % count,
          },
          bad,
        ),
    });
  }

  async #opened(): Promise<RecordCursor> {
    const { path, count } = this.#plan;
    this.#cursor ??= new RecordCursor(await this.#open(), this.#halt);
    if (this.#cursor.count === count) return this.#cursor;
    const problem = `had ${count} records and now has ${this.#cursor.count}`;
    throw sourceFailure(this.#layer.name, path, problem);
  }

  async #open(): Promise<RecordReader> {
    const { path, backend, count } = this.#plan;
    try {
      return await openDatabase(path, backend, { count });
    } catch (thrown) {
      if (systemErrorCode(thrown) === undefined) throw thrown;
      const text = thrown instanceof Error ? thrown.message : String(thrown);
      throw sourceFailure(this.#layer.name, path, text);
    }
  }

  async close(): Promise<void> {
    await this.#cursor?.close();
    this.#cursor = undefined;
  }
}
