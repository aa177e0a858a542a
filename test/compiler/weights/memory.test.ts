import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

import { writeCaffemodel } from '../../../compiler/weights/caffemodel-writer.js';

/** As large as Attention-92, in as many blobs. */
function writeLargeFile(path: string): void {
  const weights = new Float32Array(512 * 512).fill(0.5);
  const channels = new Float32Array(512).fill(0.25);
  const channelBlob = { shape: [1, 512, 1, 1], read: () => channels };
  const layers = Array.from({ length: 200 }, (_, at) => [
    {
      name: `conv${at}`,
      type: 'Convolution',
      blobs: [{ shape: [512, 512, 1, 1], read: () => weights }],
    },
    {
      name: `conv${at}/bn`,
      type: 'BN',
      blobs: [channelBlob, channelBlob, channelBlob, channelBlob],
    },
    { name: `conv${at}/relu`, type: 'ReLU', blobs: [] },
  ]).flat();
  const file = openSync(path, 'w');
  for (const piece of writeCaffemodel({ name: 'large', layers }))
    writeSync(file, piece);
  closeSync(file);
}

describe('a caffemodel of 210 MB', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rancc-'));
    writeLargeFile(join(folder, 'large.caffemodel'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is indexed at once and read without a second copy in memory', () => {
    const path = join(folder, 'large.caffemodel');
    const { size } = statSync(path);
    const report = JSON.parse(
      execFileSync(
        process.execPath,
        ['--import', 'tsx', 'test/compiler/weights/read-all-blobs.ts', path],
        { encoding: 'utf8' },
      ),
    ) as { values: number; kilobytes: number; indexing: number };
    expect(report.values).to.equal(200 * (512 * 512 + 4 * 512));
    expect(report.kilobytes * 1024).to.be.below(1.5 * size);
    // Tens of milliseconds; the limit leaves room for a busy machine.
    expect(report.indexing).to.be.below(1000);
  });
});
