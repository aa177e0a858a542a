import { existsSync, readdirSync, statSync } from 'node:fs';

import {
  type Backend,
  backendOf,
} from '../../runtime/data/databases/open-database.js';
import type { EncodedFormat } from '../../runtime/data/images/encode-image.js';
import { createFromList } from '../../runtime/data/tools/create/create-from-list.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { requireFile } from '../files.js';
import { createJson, createView } from '../report/db-create.js';
import { useScratch } from '../scratch.js';
import { UsageError } from '../usage-error.js';

export interface DbCreateFlags {
  readonly backend: Backend;
  readonly gray?: true;
  readonly shuffle?: true;
  readonly seed?: number;
  readonly resizeWidth: number;
  readonly resizeHeight: number;
  readonly checkSize?: true;
  readonly encoded?: true;
  readonly encodeType?: EncodedFormat;
  readonly resume?: true;
  readonly skipBad?: true;
  readonly force?: true;
}

/** The images of a list into a database, as convert_imageset does. */
export async function dbCreate(
  root: string,
  list: string,
  database: string,
  flags: DbCreateFlags,
  emit: Emit,
): Promise<Outcome> {
  requireFile(list);
  checkFlags(flags);
  if (existsSync(database) && !flags.force) {
    throw new UsageError(
      `${database} is there already`,
      'take another name, or replace it by --force',
    );
  }
  if (existsSync(database) && !isReplaceable(database)) {
    throw new UsageError(
      `${database} is no database: it is not replaced`,
      'take another name',
    );
  }
  useScratch();
  const created = await runStage(emit, `writing ${database}`, (progress) =>
    createFromList({
      root,
      list,
      database,
      backend: flags.backend,
      form: {
        isGray: flags.gray ?? false,
        height: flags.resizeHeight,
        width: flags.resizeWidth,
        encoding: flags.encodeType ?? (flags.encoded ? 'own' : 'none'),
      },
      checksSize: flags.checkSize ?? false,
      shuffleSeed: flags.shuffle ? (flags.seed ?? 0) : undefined,
      resumes: flags.resume ?? false,
      skipBad: flags.skipBad ?? false,
      progress,
    }),
  );
  const report = { database, created };
  emit({
    kind: 'result',
    document: () => createJson(report),
    view: () => createView(report),
  });
  return 'done';
}

/** `--force` replaces databases and empty folders, nothing else. */
const isReplaceable = (path: string): boolean =>
  backendOf(path) !== undefined ||
  (statSync(path).isDirectory() && readdirSync(path).length === 0);

function checkFlags(flags: DbCreateFlags): void {
  if (flags.resizeWidth > 0 !== flags.resizeHeight > 0) {
    throw new UsageError('--resize_width and --resize_height go together');
  }
  if (flags.checkSize && flags.resume) {
    throw new UsageError(
      '--check_size compares all images with the first one: it does not go with --resume',
    );
  }
  if (flags.seed !== undefined && !flags.shuffle) {
    throw new UsageError('--seed draws the order: it goes with --shuffle');
  }
}
