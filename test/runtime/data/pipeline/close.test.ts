import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { NetData } from '../../../../runtime/data/net-data.js';

import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import { dataLayer, datums, writeRecords } from '../made-sources.js';
import { openedOf, type OpenOptions } from '../net-data-of.js';

const tasks = '/proc/self/task';

/** Threads of this process; where the system does not tell, always as many. */
const threads = (): number =>
  existsSync(tasks) ? readdirSync(tasks).length : 0;

async function openSound(net: string, options: OpenOptions): Promise<NetData> {
  const { data } = await openedOf(net, options);
  if (data === undefined) throw new Error('it does not open');
  return data;
}

/** The folder's files and what is in them. */
const contents = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]),
  );

/** Runs `work` with a folder for temporary files, in which none is to be left. */
async function leavingNoFiles(work: () => Promise<void>): Promise<void> {
  await withTemporaryFolder(async (folder) => {
    const { TMPDIR: before } = process.env;
    process.env['TMPDIR'] = folder;
    try {
      await work();
      const left = readdirSync(folder).filter((name) =>
        name.startsWith('rancc'),
      );
      expect(left).to.deep.equal([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });
}

type Ending = (data: NetData) => Promise<void>;

const endings: Readonly<Record<string, Ending>> = {
  'before any batch': (data) => data.close(),
  'after a batch': async (data) => {
    (await data.next()).release();
    await data.close();
  },
  'in the middle of a batch, of which nothing more is heard': async (data) => {
    const asked = data.next().then(
      (batch) => batch.release(),
      (thrown: unknown) => {
        expect(thrown).to.have.property('name', 'Halted');
      },
    );
    await data.close();
    await asked;
  },
  'twice, and batches given back afterwards': async (data) => {
    const batch = await data.next();
    await Promise.all([data.close(), data.close()]);
    batch.release();
    await data.next().then(
      () => expect.fail('it went on'),
      (thrown: unknown) => {
        expect(thrown).to.have.property('name', 'Halted');
      },
    );
  },
};

describe('closing the data layers', () => {
  for (const backend of ['LMDB', 'LEVELDB'] as const) {
    it(`leaves no thread, no lock and no temporary folder: ${backend}`, () =>
      withTemporaryFolder(async (folder) => {
        const path = await writeRecords(
          join(folder, 'db'),
          backend,
          datums(64),
        );
        const before = contents(path);
        const net = dataLayer(path, backend);
        await leavingNoFiles(async () => {
          await (await openSound(net, { workers: 1 })).close();
          const usual = threads();
          for (const [name, end] of Object.entries(endings)) {
            for (const workers of [0, 1]) {
              await end(await openSound(net, { workers }));
              expect(threads(), name).to.be.at.most(usual);
            }
          }
        });
        expect(contents(path)).to.deep.equal(before);
        // Whoever wants to write may.
        await writeRecords(path, backend, datums(2));
      }));
  }

  it('leaves nothing after a failure', () =>
    withTemporaryFolder(async (folder) => {
      const records = datums(12).map((datum, number) =>
        number < 6 ? datum : datum.subarray(0, 20),
      );
      mkdirSync(join(folder, 'made'));
      const path = join(folder, 'made', 'db');
      await writeRecords(path, 'LEVELDB', records);
      await leavingNoFiles(async () => {
        const usual = threads();
        const data = await openSound(dataLayer(path, 'LEVELDB'), {
          workers: 1,
        });
        (await data.next()).release();
        for (let asked = 0; asked < 2; asked++) {
          await data.next().then(
            () => expect.fail('a bad record was taken'),
            (thrown: unknown) => {
              expect(thrown).to.have.property('name', 'DataFailure');
            },
          );
        }
        await data.close();
        expect(threads()).to.be.at.most(usual + 1);
      });
    }));
});
