import { readFileSync, unlinkSync } from 'node:fs';
import {
  link,
  mkdir,
  readFile,
  rename,
  rm,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { EnvironmentFailure, systemErrorCode } from './failure.js';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's ticks: pids are used again. */
  readonly began: string;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets. */
function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** A lock whose process is gone; that of another machine (a shared home) is believed. */
function isStale(owner: Owner | undefined): boolean {
  if (owner === undefined) return true;
  if (owner.host !== hostname()) return false;
  return beginningOf(owner.pid) !== owner.began;
}

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner>;
    return typeof owner.pid === 'number' &&
      typeof owner.host === 'string' &&
      typeof owner.began === 'string'
      ? { pid: owner.pid, host: owner.host, began: owner.began }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Takes a dead owner's lock away; of several that try, each removes only what it read. */
async function removeStale(path: string, text: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  try {
    await rename(path, aside);
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'ENOENT') return;
    throw thrown;
  }
  // Another waiter may have taken the lock between the reading and the renaming.
  if ((await readFile(aside, 'utf8')) !== text) {
    await link(aside, path).catch(() => undefined);
  }
  await unlink(aside);
}

export interface LockOptions {
  /** Called once when another process holds the lock. */
  readonly onWait?: (pid: number) => void;
  readonly pollMilliseconds?: number;
  readonly giveUpMilliseconds?: number;
}

/**
 * Runs `work` while this process alone holds the lock file `path`. Linking a file that
 * already names its owner makes taking the lock one step: nobody ever reads half a lock.
 */
export async function withLock<Result>(
  path: string,
  work: () => Promise<Result>,
  options: LockOptions = {},
): Promise<Result> {
  const own: Owner = {
    pid: process.pid,
    host: hostname(),
    began: beginningOf(process.pid) ?? '',
  };
  const beside = `${path}.${own.pid}`;
  const giveUp = Date.now() + (options.giveUpMilliseconds ?? 30 * 60_000);
  let told = false;

  await mkdir(dirname(path), { recursive: true });
  await writeFile(beside, JSON.stringify(own));
  try {
    for (;;) {
      try {
        await link(beside, path);
        break;
      } catch (thrown) {
        if (systemErrorCode(thrown) !== 'EEXIST') throw thrown;
      }
      const text = await readFile(path, 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      const owner = parseOwner(text);
      if (isStale(owner)) {
        await removeStale(path, text);
        continue;
      }
      if (Date.now() > giveUp) {
        throw new EnvironmentFailure(
          `process ${owner?.pid ?? '?'} on ${owner?.host ?? '?'} has been setting up for very long`,
          `wait for it, or end it and remove ${path}`,
        );
      }
      if (!told) options.onWait?.(owner?.pid ?? 0);
      told = true;
      await sleep(options.pollMilliseconds ?? 250);
    }
  } finally {
    await rm(beside, { force: true });
  }

  const release = (): void => {
    try {
      unlinkSync(path);
    } catch {
      // Somebody cleaned the cache meanwhile: the lock is gone all the same.
    }
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
