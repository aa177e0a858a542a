import { join } from 'node:path';
import { expect } from 'chai';

import { noisyLabel } from '../../../runtime/data/transform/label-noise.js';
import { packageRoot } from '../../../runtime/package-root.js';

import { takeBatches, withNetData } from './net-data-of.js';

const data = join(packageRoot(), 'test', 'reference', 'data');
const noise = { rate: 0.5, classes: 10, seed: 4 };
const transform = `transform_param { rancc_label_noise { rate: 0.5 classes: 10 seed: 4 } }`;

const database = (more: string): string => `
layer { name: "data" type: "Data" top: "data" top: "label" ${more}
  data_param { source: "${data}/test_lmdb" batch_size: 100 backend: LMDB } }`;

interface Options {
  readonly phase: 'TRAIN' | 'TEST';
  readonly seed?: number;
  readonly workers?: number;
}

/** The labels of `count` batches, one after the other. */
const labelsOf = (
  prototxt: string,
  count: number,
  options: Options,
): Promise<readonly number[]> =>
  withNetData(prototxt, options, async (opened) => {
    const batches = await takeBatches(opened, count);
    return batches.flatMap((batch) => [...(batch.get('label') ?? [])]);
  });

describe('Label noise of data layers', function () {
  this.timeout(60_000);

  it('is the same in every epoch, for any seed and number of workers', async () => {
    const own = await labelsOf(database(''), 10, { phase: 'TRAIN' });
    const expected = own.map((label, record) =>
      noisyLabel(noise, label, record),
    );
    const wrong = expected.filter((label, record) => label !== own[record]);
    expect(wrong.length).to.be.closeTo(500, 65);
    for (const options of [{ workers: 0 }, { workers: 2, seed: 9 }]) {
      const labels = await labelsOf(database(transform), 20, {
        phase: 'TRAIN',
        ...options,
      });
      expect(labels).to.eql([...expected, ...expected]);
    }
  });

  it('leaves TEST as it is', async () => {
    const own = await labelsOf(database(''), 10, { phase: 'TEST' });
    const test = await labelsOf(database(transform), 10, { phase: 'TEST' });
    expect(test).to.eql(own);
  });

  it('belongs to the images of a list, in whatever order they come', async () => {
    const list = (more: string): string => `
      layer { name: "data" type: "ImageData" top: "data" top: "label" ${more}
        image_data_param { source: "${data}/images.txt" root_folder: "${data}/images/"
          batch_size: 64 } }`;
    const own = await labelsOf(list(''), 1, { phase: 'TRAIN' });
    const expected = own.map((label, record) =>
      noisyLabel(noise, label, record),
    );
    const noisy = await labelsOf(list(transform), 1, { phase: 'TRAIN' });
    expect(noisy).to.eql(expected);
    const shuffled = list(transform).replace(
      'batch_size',
      'shuffle: true batch_size',
    );
    const mixed = await labelsOf(shuffled, 1, { phase: 'TRAIN' });
    expect(mixed).not.to.eql(expected);
    expect(mixed.toSorted()).to.eql(expected.toSorted());
  });

  it('refuses a label that is none of the classes', async () => {
    const two = transform.replace('classes: 10', 'classes: 2');
    let said = '';
    try {
      await labelsOf(database(two), 1, { phase: 'TRAIN' });
    } catch (thrown) {
      said = thrown instanceof Error ? thrown.message : '';
    }
    expect(said).to.match(/record \d+, key .*is none of the 2 classes/);
  });
});
