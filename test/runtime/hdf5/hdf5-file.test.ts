import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

import {
  createHdf5,
  Hdf5Failure,
  openHdf5,
} from '../../../runtime/hdf5/hdf5-file.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';

const execute = promisify(execFile);

/** A file whose list of free places for names never ends, however much memory it is given. */
function makeEndless(path: string): void {
  const file = createHdf5(path);
  file.makeDataset('numbers', [3], Float32Array.of(1, 2, 3));
  file.close();
  const content = readFileSync(path);
  // The local heap: signature, version, size, the first free place and where the data are.
  const heap = content.indexOf('HEAP', 0, 'latin1');
  const free = content.readBigUInt64LE(heap + 16);
  const data = content.readBigUInt64LE(heap + 24);
  // A free place begins with where the next one is.
  content.writeBigUInt64LE(free, Number(data + free));
  writeFileSync(path, content);
}

const problemOf = `
  const { openHdf5, patience } = await import('./runtime/hdf5/hdf5-file.ts');
  const [path, milliseconds] = process.argv.slice(1);
  patience.milliseconds = Number(milliseconds);
  try {
    openHdf5(path).close();
  } catch (thrown) {
    process.stdout.write(String(thrown));
  }
`;

/**
 * What a process says that does no more than open the file; the test fails where it does
 * not end.
 */
async function openInProcess(
  path: string,
  milliseconds: number,
): Promise<string> {
  const code = ['--import', 'tsx', '--input-type=module', '-e', problemOf];
  const { stdout, stderr } = await execute(
    process.execPath,
    [...code, path, String(milliseconds)],
    { timeout: 100_000 },
  );
  expect(stderr).to.equal('');
  return stdout;
}

describe('the thread of the HDF5 library', () => {
  it('gets no more memory than the file can need, and no process waits for it', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'endless.h5');
      makeEndless(path);
      const before = process.memoryUsage.rss();
      expect(() => openHdf5(path)).to.throw(Hdf5Failure);
      expect(process.memoryUsage.rss() - before).to.be.below(2 ** 29);
      expect(await openInProcess(path, 60_000)).to.include('Hdf5Failure');
    }));

  it('is ended with its answer where that does not come in time', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'sound.h5');
      createHdf5(path).close();
      expect(await openInProcess(path, 0)).to.include(
        'the HDF5 library gave no answer in 0 s',
      );
    }));
});
