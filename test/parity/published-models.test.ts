import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { referenceFolder } from '../support/reference.js';
import { requireNative } from '../support/require-native.js';
import { beyond, proveFiles, reportOf } from './prove.js';

interface PublishedModel {
  readonly name: string;
  readonly prototxt: string;
  readonly weights: string;
  readonly golden: string;
}

const modelsIn = (folder: string): readonly PublishedModel[] =>
  readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [place = '', prototxt = '', weights = ''] = line.split('\t');
      return {
        name: `${place}/${prototxt}`,
        prototxt: join(folder, place, `${prototxt}.prototxt`),
        weights: join(folder, place, `${weights}.caffemodel`),
        golden: join(folder, place, `${prototxt}.expected.json`),
      };
    });

describe('Parity of published models', function () {
  this.timeout(120_000);
  const folder = referenceFolder('corpus/models');

  before(function () {
    requireNative(this);
  });

  if (folder === undefined) {
    it('of 22 nets with weights');
    return;
  }
  const models = modelsIn(folder);

  it('has all 22', () => {
    expect(models.length).to.equal(22);
  });

  for (const { name, prototxt, weights, golden } of models) {
    it(`holds for every layer of ${name}`, async () => {
      const report = reportOf(await proveFiles({ prototxt, golden, weights }));
      expect(beyond(report)).to.deep.equal([]);
      expect(report.passed).to.equal(true);
    });
  }
});
