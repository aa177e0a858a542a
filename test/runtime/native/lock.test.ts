import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';

import { EnvironmentFailure } from '../../../runtime/native/failure.js';
import { withLock } from '../../../runtime/native/lock.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';

const owner = (pid: number, host = hostname(), began = '1'): string =>
  JSON.stringify({ pid, host, began });

/** A process that holds the lock until it is killed. */
async function holder(lock: string): Promise<ReturnType<typeof spawn>> {
  const module = new URL('../../../runtime/native/lock.ts', import.meta.url);
  const code = `
    import { withLock } from ${JSON.stringify(module.href)};
    await withLock(${JSON.stringify(lock)}, async () => {
      process.stdout.write('held');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    });`;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

describe('The lock of the set-up', () => {
  it('is held while the work runs, and released after it', () =>
    withTemporaryFolder(async (folder) => {
      const lock = join(folder, 'deep', 'setup.lock');
      const pid = await withLock(lock, () => {
        const text = readFileSync(lock, 'utf8');
        return Promise.resolve((JSON.parse(text) as { pid: number }).pid);
      });
      expect(pid).to.equal(process.pid);
      expect(existsSync(lock)).to.equal(false);
    }));

  it('is released when the work fails', () =>
    withTemporaryFolder(async (folder) => {
      const lock = join(folder, 'setup.lock');
      let message = '';
      await withLock(lock, () => Promise.reject(new Error('no'))).catch(
        (thrown: unknown) => {
          message = (thrown as Error).message;
        },
      );
      expect(message).to.equal('no');
      expect(existsSync(lock)).to.equal(false);
    }));

  it('makes a second process wait, with a message, until the first is gone', () =>
    withTemporaryFolder(async (folder) => {
      const lock = join(folder, 'setup.lock');
      const first = await holder(lock);
      const told: number[] = [];
      let done = false;
      const second = withLock(
        lock,
        () => {
          done = true;
          return Promise.resolve();
        },
        { onWait: (pid) => told.push(pid), pollMilliseconds: 20 },
      );
      await sleep(200);
      expect(done).to.equal(false);
      expect(told).to.deep.equal([first.pid]);
      // Killed outright it cannot tidy up: its lock is found to be a dead process's.
      first.kill('SIGKILL');
      await second;
      expect(done).to.equal(true);
    }));

  it('takes over from processes that are gone, and from half-written files', () =>
    withTemporaryFolder(async (folder) => {
      const lock = join(folder, 'setup.lock');
      // Of the last one the number lives on, as another process's.
      for (const text of [
        '',
        '{"pid":',
        owner(2 ** 22 + 1),
        owner(process.pid),
      ]) {
        writeFileSync(lock, text);
        expect(await withLock(lock, () => Promise.resolve('mine'))).to.equal(
          'mine',
        );
      }
    }));

  it('believes a lock of another machine, and gives up with the cure', () =>
    withTemporaryFolder(async (folder) => {
      const lock = join(folder, 'setup.lock');
      writeFileSync(lock, owner(1, 'elsewhere'));
      try {
        await withLock(lock, () => Promise.resolve(), {
          pollMilliseconds: 10,
          giveUpMilliseconds: 50,
        });
        expect.fail('took the lock');
      } catch (thrown) {
        expect(thrown).to.be.instanceOf(EnvironmentFailure);
        const failure = thrown as EnvironmentFailure;
        expect(failure.message).to.match(/process 1 on elsewhere/);
        expect(failure.cure).to.include(lock);
      }
    }));
});
