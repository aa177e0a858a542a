import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { readBlobFile } from '../../runtime/blob-file.js';

import { requireNative } from '../support/require-native.js';
import { madeUp, runLayer } from '../support/run-layer.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';

/** A BlobProto of 1 x 1 x rows x rows in the old form: four sizes, packed numbers. */
const blobProto = (rows: number, data: readonly number[]): Uint8Array =>
  Uint8Array.of(
    ...[0x08, 1, 0x10, 1, 0x18, rows, 0x20, rows],
    ...[0x2a, 4 * data.length],
    ...new Uint8Array(Float32Array.from(data).buffer),
  );

const matrix = [1, 0.5, 0, 0.25, 2, -1, 0, 0.75, 3];

describe('A blob in a file that a layer names', () => {
  it('is read with its shape', async () => {
    await withTemporaryFolder((folder) => {
      const path = join(folder, 'H.binaryproto');
      writeFileSync(path, blobProto(3, matrix));
      const found = readBlobFile(path);
      if ('problem' in found) throw new Error(found.problem);
      expect(found.shape).to.deep.equal([1, 1, 3, 3]);
      expect([...found.data]).to.deep.equal(matrix);
    });
  });

  it('is refused where it is not there, damaged or of too few numbers', async () => {
    await withTemporaryFolder((folder) => {
      const path = join(folder, 'H.binaryproto');
      const problem = (): string => {
        const found = readBlobFile(path);
        return 'problem' in found ? found.problem : '';
      };
      expect(problem()).to.include('cannot be opened: ENOENT');
      writeFileSync(path, blobProto(3, matrix).subarray(0, 20));
      expect(problem()).to.match(/^is no BlobProto: /);
      writeFileSync(path, blobProto(3, matrix.slice(1)));
      expect(problem()).to.equal('has 8 values for the shape 1x1x3x3');
    });
  });
});

describe('InfogainLoss with a source (C4)', function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  for (const dialect of ['bvlc', 'ran'] as const) {
    it(`is that with the matrix as a bottom, in ${dialect}`, async () => {
      await withTemporaryFolder(async (folder) => {
        const path = join(folder, 'H.binaryproto');
        writeFileSync(path, blobProto(3, matrix));
        const layer = { type: 'InfogainLoss', bottoms: [[4, 3], [4]] };
        const [scores = new Float32Array()] = madeUp(layer);
        const inputs = [scores.map((value) => Math.abs(value)), [0, 2, 1, 2]];
        const [asBottom] = await runLayer(
          {
            ...layer,
            bottoms: [...layer.bottoms, [3, 3]],
            inputs: [...inputs, matrix],
          },
          { dialect },
        );
        const [fromFile] = await runLayer(
          {
            ...layer,
            fields: `infogain_loss_param { source: "${path}" }`,
            inputs,
          },
          { dialect, readBlob: readBlobFile },
        );
        expect(fromFile?.data).to.have.length(1);
        expect(fromFile?.data[0]).to.be.closeTo(asBottom?.data[0] ?? NaN, 1e-6);
        expect(fromFile?.data[0]).to.be.above(0.1);
      });
    });
  }
});
