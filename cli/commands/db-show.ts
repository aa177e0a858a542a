import { statSync } from 'node:fs';

import { writeFileAtomically } from '../../runtime/atomic-write.js';
import type { Backend } from '../../runtime/data/databases/open-database.js';
import { encodeImage } from '../../runtime/data/images/encode-image.js';
import { contactSheet } from '../../runtime/data/tools/show/contact-sheet.js';
import { lookInto } from '../../runtime/data/tools/show/look-into.js';
import { lookIntoHdf5 } from '../../runtime/data/tools/show/look-into-hdf5.js';

import { type Emit, type Outcome, runStage } from '../events.js';
import { readBytes } from '../files.js';
import {
  databaseJson,
  type DatabaseReport,
  databaseView,
  hdf5Json,
  hdf5View,
} from '../report/db-show.js';
import { useScratch } from '../scratch.js';
import { UsageError } from '../usage-error.js';

export interface DbShowFlags {
  readonly backend?: Backend;
  readonly sheet?: string;
  readonly samples: number;
  readonly classes?: string;
}

/** A look into a database, or into an HDF5 file. */
export async function dbShow(
  path: string,
  flags: DbShowFlags,
  emit: Emit,
): Promise<Outcome> {
  const { classes: file } = flags;
  const classes = file === undefined ? undefined : namesIn(file);
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile && flags.backend === undefined
    ? showHdf5(path, flags, classes, emit)
    : showDatabase(path, flags, classes, emit);
}

const namesIn = (file: string): readonly string[] =>
  Buffer.from(readBytes(file)).toString('utf8').trimEnd().split(/\r?\n/);

async function showDatabase(
  path: string,
  { backend, sheet, samples }: DbShowFlags,
  classes: readonly string[] | undefined,
  emit: Emit,
): Promise<Outcome> {
  useScratch();
  const wanted = sheet === undefined ? 0 : samples;
  const look = await runStage(emit, `looking into ${path}`, (progress) =>
    lookInto(path, backend, wanted, progress),
  );
  if (sheet !== undefined) {
    const images = look.samples.map(({ image }) => image);
    const bytes = await encodeImage(contactSheet(images), 'png');
    await writeFileAtomically(sheet, bytes);
  }
  const report: DatabaseReport = { path, look, sheet, classes };
  emit({
    kind: 'result',
    document: () => databaseJson(report),
    view: () => databaseView(report),
  });
  return look.bad.length === 0 ? 'done' : 'refused';
}

async function showHdf5(
  path: string,
  { sheet }: DbShowFlags,
  classes: readonly string[] | undefined,
  emit: Emit,
): Promise<Outcome> {
  if (sheet !== undefined) {
    throw new UsageError(
      '--sheet shows images of LMDB and LevelDB, not of HDF5 files',
    );
  }
  const look = await runStage(emit, `looking into ${path}`, () =>
    lookIntoHdf5(path),
  );
  const report = { path, look, classes };
  emit({
    kind: 'result',
    document: () => hdf5Json(report),
    view: () => hdf5View(report),
  });
  return 'done';
}
