import { join } from 'node:path';

import { DataFailure } from '../../data-failure.js';
import { createDatabase } from '../../databases/open-database.js';
import { encodeDatum } from '../../datum.js';
import { UnreadableImage } from '../../images/unreadable-image.js';
import type { RecordWriter } from '../../record-reader.js';
import { madeInOrder, type Outcome } from '../made-in-order.js';
import { recordKey } from '../record-key.js';
import type {
  BadPicture,
  ImportedPart,
  ImportSettings,
} from './import-settings.js';
import type { Prepared } from './picture-datum.js';

/** A picture on its way into a database. */
export interface Picture {
  /** Where it is from. */
  readonly file: string;
  /** Behind the number of its key; empty: the number alone. */
  readonly name: string;
  /** Rejected with UnreadableImage where it is broken. */
  readonly prepare: () => Promise<Prepared>;
}

/** What becomes of the pictures that are in the database. */
export type Taken = (picture: Picture, prepared: Prepared) => void;

/** Where a database is made, and what of. */
export interface PartPlan {
  /** The folder that the pictures are from. */
  readonly source: string;
  /** The folder that the database comes into. */
  readonly folder: string;
  /** `train`, `test`, `val`. */
  readonly name: string;
  readonly total: number;
  readonly pictures: AsyncIterable<Picture> | Iterable<Picture>;
  readonly taken: Taken;
}

/** The name of a database as Caffe's examples have it: `train_lmdb`. */
export const databaseName = (
  part: string,
  { backend }: Pick<ImportSettings, 'backend'>,
): string => `${part}_${backend.toLowerCase()}`;

/**
 * Writes pictures into a new database in their order, by keys that count them as
 * convert_imageset's do: `%08d`, or `%08d_name`.
 * @throws {DataFailure} For the first bad picture, unless these are to be left out.
 */
export async function writePart(
  plan: PartPlan,
  settings: ImportSettings,
): Promise<ImportedPart> {
  const database = databaseName(plan.name, settings);
  const path = join(plan.folder, database);
  const part = new PartWriter(
    plan,
    settings,
    await createDatabase(path, settings.backend),
  );
  try {
    const made = madeInOrder(plan.pictures, ({ prepare }) => prepare());
    for await (const group of made) await part.take(group);
  } finally {
    await part.close();
  }
  if (part.records === 0) {
    const problem = `has no pictures for ${plan.name}`;
    throw new DataFailure(problem, { file: plan.source });
  }
  return { database, records: part.records, skipped: part.skipped };
}

class PartWriter {
  readonly #plan: PartPlan;
  readonly #settings: ImportSettings;
  readonly #writer: RecordWriter;
  /** Pictures that were looked at. */
  #seen = 0;
  readonly skipped: BadPicture[] = [];
  records = 0;

  constructor(plan: PartPlan, settings: ImportSettings, writer: RecordWriter) {
    this.#plan = plan;
    this.#settings = settings;
    this.#writer = writer;
  }

  async take(group: readonly Outcome<Picture, Prepared>[]): Promise<void> {
    for (const { picture, made } of group) {
      if (made instanceof UnreadableImage) this.#leaveOut(picture, made);
      else await this.#put(picture, made);
      this.#seen++;
    }
    const { name, total } = this.#plan;
    this.#settings.progress(`importing ${name}`, this.#seen, total);
  }

  async #put(picture: Picture, prepared: Prepared): Promise<void> {
    const key = recordKey(this.records, picture.name);
    await this.#writer.put(key, encodeDatum(prepared.datum));
    this.#plan.taken(picture, prepared);
    this.records++;
  }

  #leaveOut({ file }: Picture, bad: UnreadableImage): void {
    const record = this.#seen;
    if (!this.#settings.skipBad) {
      const cure = 'mend or remove it, or leave it out by --skip-bad';
      const place = { file, record, cure };
      throw new DataFailure(bad.message, place, { cause: bad });
    }
    this.skipped.push({ file, record, problem: bad.message });
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}
