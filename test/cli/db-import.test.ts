import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  makeCifar10,
  makeImageNet,
} from '../runtime/data/tools/import/public-sets.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, rancc } from './rancc-process.js';

describe('rancc db import', function () {
  this.timeout(60_000);

  it('makes databases of CIFAR-10, and replaces its own alone', () =>
    withTemporaryFolder(async (folder) => {
      makeCifar10(folder);
      const output = join(folder, 'data', 'cifar10');
      const call = ['db', 'import', 'cifar10', folder, output] as const;
      const first = await rancc(...call);
      expect(first.status, first.stderr).to.equal(0);
      expect(first.stdout).to.match(/train_lmdb +10 records/);
      const second = await rancc(...call);
      expect(second.status).to.equal(2);
      expect(second.stderr).to.contain('is there already');
      const third = await rancc(...call, '--force', '--json');
      expect(documentIn(third)).to.deep.include({
        set: 'cifar10',
        parts: [
          { database: 'train_lmdb', records: 10, skipped: [] },
          { database: 'test_lmdb', records: 2, skipped: [] },
        ],
        classes: 10,
        mean: 'mean.binaryproto',
      });
    }));

  it('leaves bad pictures out where it is told to', () =>
    withTemporaryFolder(async (folder) => {
      makeImageNet(folder);
      const bad = join(folder, 'train', 'n01440764', 'bad.JPEG');
      writeFileSync(bad, 'no picture');
      const output = join(folder, 'out');
      const call = ['db', 'import', 'imagenet', folder, output, '--encoded'];
      const said = await rancc(...call);
      expect(said.status).to.equal(1);
      expect(said.stderr).to.match(/bad\.JPEG, record \d+: the bytes are no/);
      expect(said.stderr).to.contain('--skip-bad');
      expect(existsSync(output)).to.be.false;
      const skipped = await rancc(...call, '--skip-bad');
      expect(skipped.status, skipped.stderr).to.equal(0);
      expect(skipped.stdout).to.contain(`left out: ${bad}, record `);
    }));

  it('refuses flags that would mean nothing', () =>
    withTemporaryFolder(async (folder) => {
      const output = join(folder, 'out');
      mkdirSync(join(folder, 'set'));
      const faults = [
        ['cifar10', ['--seed', '1'], '--seed draws the order of ImageNet'],
        ['cifar10', ['--resize-width', '8'], 'go together'],
        ['imagenet', [], 'are of many sizes'],
      ] as const;
      for (const [set, flags, problem] of faults) {
        const said = await rancc(
          ...['db', 'import', set, join(folder, 'set'), output, ...flags],
        );
        expect(said.status).to.equal(2);
        expect(said.stderr).to.contain(problem);
      }
      expect(existsSync(output)).to.be.false;
      writeFileSync(output, 'notes');
      const said = await rancc(
        ...['db', 'import', 'cifar10', join(folder, 'set'), output, '--force'],
      );
      expect(said.status).to.equal(2);
      expect(said.stderr).to.contain(`${output} is a file`);
    }));
});
