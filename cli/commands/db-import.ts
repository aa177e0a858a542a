import { existsSync, readdirSync, statSync } from 'node:fs';

import type { Backend } from '../../runtime/data/databases/open-database.js';
import { importSet } from '../../runtime/data/tools/import/import-set.js';
import type {
  ImageNetSettings,
  PictureSize,
  PublicSet,
} from '../../runtime/data/tools/import/import-settings.js';

import { type Emit, type Outcome, stageTeller } from '../events.js';
import {
  importJson,
  type ImportReport,
  importView,
} from '../report/db-import.js';
import { documentText } from '../report/json-text.js';
import { useScratch } from '../scratch.js';
import { UsageError } from '../usage-error.js';
import { ownVersion } from '../version.js';

export interface DbImportFlags {
  readonly backend: Backend;
  readonly resizeHeight?: number;
  readonly resizeWidth?: number;
  readonly shortSide?: number;
  readonly encoded?: true;
  readonly seed?: number;
  readonly valList?: string;
  readonly skipBad?: true;
  readonly force?: true;
}

/** A public data set, as it is published, into databases. */
export async function dbImport(
  set: PublicSet,
  folder: string,
  output: string,
  flags: DbImportFlags,
  emit: Emit,
): Promise<Outcome> {
  checkFlags(set, flags);
  checkOutput(output, flags);
  useScratch();
  const stages = stageTeller(emit);
  const settings = settingsOf(flags, stages.progress);
  const reportOf = (imported: ImportReport['imported']): ImportReport => ({
    set,
    folder,
    output,
    imported,
    flags,
  });
  let imported: ImportReport['imported'];
  try {
    imported = await importSet(set, folder, output, settings, (found) => {
      const made = importJson(reportOf(found));
      const version = ownVersion();
      return `${documentText({ generator: 'rancc', version, import: made })}\n`;
    });
  } finally {
    stages.end();
  }
  const report = reportOf(imported);
  emit({
    kind: 'result',
    document: () => importJson(report),
    view: () => importView(report),
  });
  return 'done';
}

/** What a flag would have no meaning for is refused. */
function checkFlags(set: PublicSet, flags: DbImportFlags): void {
  if (set === 'imagenet') {
    if (flags.encoded !== undefined || isSized(flags)) return;
    throw new UsageError(
      'pictures of ImageNet are of many sizes, and large as pixels',
      '--encoded keeps the files as they are; --short-side, or --resize-height and --resize-width, makes them smaller',
    );
  }
  if (flags.seed !== undefined) {
    throw new UsageError(
      '--seed draws the order of ImageNet alone: pictures of CIFAR keep the order of their files',
    );
  }
  if (flags.valList !== undefined) {
    throw new UsageError('--val-list is for ImageNet alone');
  }
}

const isSized = ({ resizeHeight, shortSide }: DbImportFlags): boolean =>
  resizeHeight !== undefined || shortSide !== undefined;

function checkOutput(output: string, { force }: DbImportFlags): void {
  if (!existsSync(output)) return;
  if (!statSync(output).isDirectory()) {
    throw new UsageError(`${output} is a file`, 'name a folder');
  }
  if (force !== undefined) return;
  if (readdirSync(output).length === 0) return;
  throw new UsageError(
    `${output} is there already`,
    'take another folder, or replace it by --force',
  );
}

function settingsOf(
  flags: DbImportFlags,
  progress: ImageNetSettings['progress'],
): ImageNetSettings {
  return {
    backend: flags.backend,
    size: sizeOf(flags),
    encoded: flags.encoded ?? false,
    seed: flags.seed ?? 0,
    valList: flags.valList,
    skipBad: flags.skipBad ?? false,
    progress,
  };
}

function sizeOf({
  resizeHeight,
  resizeWidth,
  shortSide,
}: DbImportFlags): PictureSize {
  if ((resizeHeight === undefined) !== (resizeWidth === undefined)) {
    throw new UsageError('--resize-height and --resize-width go together');
  }
  if (resizeHeight !== undefined && resizeWidth !== undefined) {
    if (shortSide !== undefined) {
      throw new UsageError('give --short-side or --resize-height, not both');
    }
    return { kind: 'exact', height: resizeHeight, width: resizeWidth };
  }
  return shortSide === undefined
    ? { kind: 'as-they-are' }
    : { kind: 'short-side', pixels: shortSide };
}
