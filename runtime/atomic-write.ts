import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { systemErrorCode } from './native/failure.js';

/** The file by which a folder is known as rancc's own. */
export const manifestName = 'rancc.json';

/** A folder that rancc did not write is not overwritten. */
export class FolderRefused extends Error {
  override readonly name = 'FolderRefused';
  readonly folder: string;

  constructor(folder: string) {
    super(
      `${folder} is there already, and rancc did not write it: choose another folder or remove it`,
    );
    this.folder = folder;
  }
}

/** Whole, or in pieces that are made while they are written. */
export type Content = string | Uint8Array | Iterable<Uint8Array>;

async function writeThrough(path: string, content: Content): Promise<void> {
  const file = await open(path, 'w');
  try {
    const pieces =
      typeof content === 'string' || content instanceof Uint8Array
        ? [content]
        : content;
    // Each goes where the one before ended.
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** After a rename the new name, too, has to reach the disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const beside = (path: string, word: string): string =>
  join(dirname(path), `.${basename(path)}.${word}-${process.pid}`);

/** What undoes the writes that are under way. */
const underWay = new Set<() => void>();

/**
 * Takes away what is half written, at once: for a process that is about to end. Whatever was
 * to be replaced stays as it was.
 */
export function abandonWrites(): void {
  for (const undo of underWay) undo();
  underWay.clear();
}

async function undoable(
  undo: () => void,
  work: () => Promise<void>,
): Promise<void> {
  underWay.add(undo);
  try {
    await work();
  } finally {
    underWay.delete(undo);
  }
}

/**
 * Lets `fill` write a file beside `path` and renames it: whoever reads `path` sees the old
 * content or the new one, also after a crash or on a full disk.
 */
export async function replaceFile(
  path: string,
  fill: (partial: string) => Promise<void>,
): Promise<void> {
  const partial = beside(path, 'partial');
  const undo = (): void => {
    rmSync(partial, { force: true });
  };
  await undoable(undo, async () => {
    try {
      await fill(partial);
      await rename(partial, path);
    } finally {
      await rm(partial, { force: true });
    }
  });
  await syncFolder(dirname(path));
}

/** Writes a file as `replaceFile` does. */
export const writeFileAtomically = (
  path: string,
  content: Content,
): Promise<void> =>
  replaceFile(path, (partial) => writeThrough(partial, content));

function carriesManifest(folder: string): boolean {
  try {
    const manifest: unknown = JSON.parse(
      readFileSync(join(folder, manifestName), 'utf8'),
    );
    return (
      typeof manifest === 'object' &&
      manifest !== null &&
      'generator' in manifest &&
      manifest.generator === 'rancc'
    );
  } catch {
    return false;
  }
}

/** Whether something stands at `folder`; throws where it may not be replaced. */
async function checkReplaceable(folder: string): Promise<boolean> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    switch (systemErrorCode(thrown)) {
      case 'ENOENT':
        return false;
      case 'ENOTDIR':
        throw new FolderRefused(folder);
      default:
        throw thrown;
    }
  }
  if (names.length > 0 && !carriesManifest(folder)) {
    throw new FolderRefused(folder);
  }
  return true;
}

/**
 * Lets `fill` write into a new folder beside `target` and then puts it in `target`'s place.
 * An existing folder is replaced only if it is empty or carries rancc's manifest
 * (`rancc.json` with `"generator": "rancc"`); else FolderRefused, before `fill` is called.
 */
export async function replaceFolder(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  // A link stays a link: what it points to is replaced.
  const place = await realpath(target).catch(() => resolve(target));
  await checkReplaceable(place);
  await mkdir(dirname(place), { recursive: true });
  const partial = beside(place, 'partial');
  const old = beside(place, 'old');
  await rm(partial, { recursive: true, force: true });
  const undo = (): void => {
    if (existsSync(old) && !existsSync(place)) renameSync(old, place);
    rmSync(partial, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  };
  await undoable(undo, async () => {
    await mkdir(partial);
    try {
      await fill(partial);
      await syncFolder(partial);
      if (await checkReplaceable(place)) {
        await rename(place, old);
        try {
          await rename(partial, place);
        } catch (thrown) {
          await rename(old, place);
          throw thrown;
        }
        await rm(old, { recursive: true, force: true });
      } else await rename(partial, place);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  });
  await syncFolder(dirname(place));
}

export interface FolderFile {
  /** Inside the folder, with `/`. */
  readonly path: string;
  readonly content: Content;
}

/** Writes a folder of these files and no others, all or nothing. */
export async function writeFolder(
  target: string,
  files: readonly FolderFile[],
): Promise<void> {
  await replaceFolder(target, async (folder) => {
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeThrough(join(folder, path), content);
    }
  });
}
