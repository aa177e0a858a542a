import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';

import { systemErrorCode } from '../../../native/failure.js';
import { DataFailure } from '../../data-failure.js';

/** What this process holds: the number of a process that has ended may have become its own. */
const held = new Set<string>();

/**
 * Keeps a second run away from what this one writes: `file` holds the process's number. That
 * of a process that has ended is taken over. Gives what takes it away; at the latest the end
 * of the process does.
 * @throws {DataFailure} Where a process that lives has it.
 */
export async function lockRun(file: string): Promise<() => Promise<void>> {
  const own = `${file}-${randomUUID()}`;
  await writeFile(own, `${process.pid}\n`);
  try {
    // A link appears with its content, and only where there is none.
    while (!(await linked(own, file))) await takeAway(file);
  } finally {
    await rm(own, { force: true });
  }
  held.add(file);
  const atExit = (): void => {
    rmSync(file, { force: true });
  };
  process.once('exit', atExit);
  return async () => {
    process.removeListener('exit', atExit);
    held.delete(file);
    await rm(file, { force: true });
  };
}

async function linked(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'EEXIST') return false;
    throw thrown;
  }
}

/** Takes the lock of a process that has ended away. */
async function takeAway(file: string): Promise<void> {
  const holder = holderOf(file);
  if (holder === undefined) return;
  if (isAlive(holder, file)) throw refused(file, holder);
  // Another run may do the same, and have its own lock here by now: that one is put back.
  const aside = `${file}-${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return;
    throw thrown;
  }
  const moved = holderOf(aside) ?? holder;
  if (moved !== holder) await linked(aside, file);
  await rm(aside, { force: true });
  if (moved !== holder) throw refused(file, moved);
}

/** undefined where the lock is gone by now; 0 where it holds no number. */
function holderOf(file: string): number | undefined {
  try {
    return Number(/^\d+/.exec(readFileSync(file, 'utf8'))?.[0] ?? 0);
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function isAlive(holder: number, file: string): boolean {
  if (holder === process.pid) return held.has(file);
  if (holder === 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (thrown) {
    // It lives, and is another user's.
    return systemErrorCode(thrown) === 'EPERM';
  }
}

const refused = (file: string, holder: number): DataFailure =>
  new DataFailure(`process ${holder} is writing this database`, {
    file,
    cure: 'wait for it to end; if that process is no run of rancc, remove this file',
  });
