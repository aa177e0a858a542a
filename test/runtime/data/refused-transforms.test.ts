import { expect } from 'chai';

import { openedOf } from './net-data-of.js';

/** What is said of one layer, as `text at its place | message`. */
async function saidOf(layer: string): Promise<readonly string[]> {
  const { data, diagnostics } = await openedOf(layer, { phase: 'TRAIN' });
  expect(data).to.equal(undefined);
  return diagnostics.map(
    ({ span, message }) =>
      `${span?.source.text.slice(span.start, span.end) ?? ''} | ${message}`,
  );
}

describe('Transforms that a layer would not heed', () => {
  it('are refused of HDF5Data, as in Caffe', async () => {
    const said = await saidOf(
      `layer { name: "d" type: "HDF5Data" top: "data"
        transform_param { scale: 2 }
        hdf5_data_param { source: "list.txt" batch_size: 1 } }`,
    );
    expect(said).to.eql([
      '{ scale: 2 } | transform_param: HDF5Data does not transform its data',
    ]);
  });

  for (const option of [
    'rancc_augment { std: 2 }',
    'rancc_label_noise { rate: 0.5 classes: 2 }',
  ]) {
    it(`are refused of WindowData: ${option}`, async () => {
      const said = await saidOf(
        `layer { name: "d" type: "WindowData" top: "data" top: "label"
          transform_param { crop_size: 8 ${option} }
          window_data_param { source: "windows.txt" batch_size: 1 } }`,
      );
      const [name = '', value = ''] = option.split(/ (?=\{)/);
      expect(said).to.eql([
        `${value} | transform_param: WindowData takes no ${name}`,
      ]);
    });
  }
});
