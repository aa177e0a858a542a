import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import { beyond, proveFiles, readGoldenFile, reportOf } from './prove.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const goldens = join(root, 'test/reference/nets');

/** Layers of each net, without the input: each has one top. */
const tops: Readonly<Record<string, number>> = {
  'Attention-56': 385,
  'Attention-92': 631,
  'AttentionNeXt-56': 381,
  'AttentionNeXt-92': 621,
};

describe('Parity of the four networks', function () {
  this.timeout(300_000);

  before(function () {
    requireNative(this);
  });

  const files = readdirSync(goldens).filter((name) => /\.\d+\./.test(name));

  it('has all seven goldens', () => {
    expect(files.length).to.equal(7);
  });

  for (const file of files) {
    it(`holds for every layer of ${file.replace('.json', '')}`, async () => {
      const golden = join(goldens, file);
      const net = readGoldenFile(golden).name.split('.')[0] ?? '';
      const report = reportOf(
        await proveFiles({
          prototxt: join(root, `prototxts/imagenet/${net}/deploy.prototxt`),
          golden,
        }),
      );
      expect(beyond(report)).to.deep.equal([]);
      expect(report.layers.length).to.equal(tops[net]);
      expect(report.notCompared).to.deep.equal([]);
      expect(report.passed).to.equal(true);
      expect(report.optimised.outputs.map(({ name }) => name)).to.deep.equal([
        'cls',
      ]);
    });
  }
});
