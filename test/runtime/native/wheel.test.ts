import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { unpackWheel, ZipError } from '../../../runtime/native/wheel.js';

import { makeZip, type ZipMember } from '../../support/small-zip.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';

const large = Buffer.alloc(3_000_000, 'TensorFlow ');
const members: readonly ZipMember[] = [
  { name: 'tensorflow/', content: Buffer.alloc(0), stored: true },
  { name: 'tensorflow/large.so', content: large },
  {
    name: 'tensorflow/plain.h',
    content: Buffer.from('int f();'),
    stored: true,
  },
  { name: 'tensorflow/empty.h', content: Buffer.alloc(0), stored: true },
  { name: 'tensorflow/unwanted.py', content: Buffer.from('import os') },
];

const destination = (member: string): string | undefined =>
  member.endsWith('.py') ? undefined : member.replace('tensorflow/', 'lib/');

const unpack = (
  folder: string,
  bytes: Buffer,
  place = destination,
): ReturnType<typeof unpackWheel> => {
  writeFileSync(join(folder, 'a.whl'), bytes);
  return unpackWheel(join(folder, 'a.whl'), join(folder, 'out'), place);
};

async function zipErrorOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(ZipError);
    return (thrown as ZipError).message;
  }
  throw new Error('nothing failed');
}

describe('Unpacking a wheel', () => {
  for (const [title, options] of [
    ['a plain zip', {}],
    ['a zip64', { wide: true }],
    [
      'a zip with a comment',
      { comment: 'PK\x05\x06 is not the end of this archive' },
    ],
  ] as const) {
    it(`takes the wanted members out of ${title}, with their sha256`, () =>
      withTemporaryFolder(async (folder) => {
        const files = await unpack(folder, makeZip(members, options));
        expect(files.map((file) => file.path)).to.deep.equal([
          'lib/large.so',
          'lib/plain.h',
          'lib/empty.h',
        ]);
        for (const file of files) {
          const bytes = readFileSync(join(folder, 'out', file.path));
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          expect(sha256, file.path).to.equal(file.sha256);
        }
        const written = readFileSync(join(folder, 'out/lib/large.so'));
        expect(written.equals(large)).to.equal(true);
        expect(existsSync(join(folder, 'out/unwanted.py'))).to.equal(false);
      }));
  }

  it('refuses an archive that was cut short, wherever', () =>
    withTemporaryFolder(async (folder) => {
      const bytes = makeZip(members);
      for (const length of [0, 10, 100, bytes.length - 30, bytes.length - 1]) {
        await zipErrorOf(unpack(folder, bytes.subarray(0, length)));
      }
    }));

  it('refuses a member whose bytes are not those that were packed', () =>
    withTemporaryFolder(async (folder) => {
      const bytes = makeZip(members);
      bytes.write('int g();', bytes.indexOf('int f();'));
      const message = await zipErrorOf(unpack(folder, bytes));
      expect(message).to.match(/plain\.h is damaged/);
    }));

  it('refuses a member that would land outside of the folder', () =>
    withTemporaryFolder(async (folder) => {
      for (const path of ['../evil.so', '/evil.so', 'a/../../evil.so']) {
        const message = await zipErrorOf(
          unpack(folder, makeZip(members), () => path),
        );
        expect(message).to.match(/points out of the folder/);
      }
    }));
});
