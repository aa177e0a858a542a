import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import { beyond, proveFiles, reportOf } from './prove.js';

const root = fileURLToPath(
  new URL('../reference/caffemodels', import.meta.url),
);

/** Every weight file of a folder, whatever its form and age. */
const weightFiles = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).filter((name) =>
    /\.caffemodel(\.h5)?$/.test(name),
  );

describe('Parity of nets that the reference Caffe trained', function () {
  this.timeout(120_000);

  before(function () {
    requireNative(this);
  });

  for (const [folder, count] of [
    ['attention_small', 2],
    ['lenet', 6],
    ['resnet_batchnorm', 2],
  ] as const) {
    const files = weightFiles(folder);

    it(`has ${count} weight files of ${folder}`, () => {
      expect(files.length).to.equal(count);
    });

    for (const file of files) {
      it(`holds for every layer with ${file}`, async () => {
        const report = reportOf(
          await proveFiles({
            prototxt: join(root, folder, 'deploy.prototxt'),
            golden: join(root, folder, 'expected.json'),
            weights: join(root, folder, file),
          }),
        );
        expect(beyond(report)).to.deep.equal([]);
        expect(report.passed).to.equal(true);
      });
    }
  }
});
