import { join } from 'node:path';
import { expect } from 'chai';

import { createDatabase } from '../../../../../runtime/data/databases/open-database.js';
import { encodeDatum } from '../../../../../runtime/data/datum.js';
import { encodeImage } from '../../../../../runtime/data/images/encode-image.js';
import type { RawImage } from '../../../../../runtime/data/raw-image.js';
import {
  type DatabaseLook,
  lookInto,
} from '../../../../../runtime/data/tools/show/look-into.js';
import { lookIntoHdf5 } from '../../../../../runtime/data/tools/show/look-into-hdf5.js';
import { packageRoot } from '../../../../../runtime/package-root.js';

import { withTemporaryFolder } from '../../../../support/temporary-folder.js';

const data = join(packageRoot(), 'test', 'reference', 'data');

const lookAt = (name: string, samples = 0): Promise<DatabaseLook> =>
  lookInto(join(data, name), undefined, samples, () => undefined);

const image = (channels: number, height: number, width: number): RawImage => ({
  layout: 'planar',
  channels,
  height,
  width,
  pixels: new Uint8Array(channels * height * width).fill(100),
});

describe('A look into a database', () => {
  for (const [name, backend, kind, shape] of [
    ['png_lmdb', 'LMDB', 'png', '3x32x32'],
    ['jpg_lmdb', 'LMDB', 'jpeg', '3x32x32'],
    ['gray_lmdb', 'LMDB', 'pixels', '1x32x32'],
    ['resized_lmdb', 'LMDB', 'pixels', '3x24x40'],
    ['leveldb_log', 'LEVELDB', 'pixels', '3x32x32'],
  ] as const) {
    it(`counts kinds, shapes and labels of ${name}`, async () => {
      const look = await lookAt(name);
      expect(look.backend).to.equal(backend);
      expect(look.records).to.equal(64);
      expect([...look.kinds]).to.eql([[kind, 64]]);
      expect([...look.shapes]).to.eql([[shape, 64]]);
      expect(look.firstKey).to.equal('00000000_automobile_0008.jpg');
      expect(look.lastKey).to.equal('00000063_dog_0397.jpg');
      // Of images.txt.
      expect([...look.labels]).to.eql(
        [7, 9, 6, 5, 5, 10, 7, 7, 4, 4].map((count, label) => [label, count]),
      );
      expect([look.samples, look.bad]).to.eql([[], []]);
    });
  }

  it('counts all records of test_lmdb', async () => {
    const look = await lookAt('test_lmdb');
    expect([...look.labels.values()]).to.eql(Array(10).fill(100));
  });

  it('decodes samples that lie evenly', async () => {
    const { samples } = await lookAt('jpg_lmdb', 4);
    expect(samples.map(({ record }) => record)).to.eql([0, 21, 42, 63]);
    const [first] = samples;
    expect(first?.key).to.equal('00000000_automobile_0008.jpg');
    expect(first?.label).to.equal(1);
    expect(first?.image).to.include({ height: 32, width: 32, channels: 3 });
    expect((await lookAt('jpg_lmdb', 100)).samples).to.have.length(64);
    expect((await lookAt('jpg_lmdb', 1)).samples).to.have.length(1);
  });

  it('tells mixed records apart, and finds bad ones', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      const writer = await createDatabase(path, 'LEVELDB');
      const png = await encodeImage(image(1, 5, 7), 'png');
      const values = [
        encodeDatum({ label: 3, encoded: png }),
        encodeDatum({ label: -1, image: image(3, 4, 6) }),
        encodeDatum({
          label: 3,
          image: { ...image(1, 1, 2), pixels: Float32Array.of(1, 2) },
        }),
        encodeDatum({ label: 3, encoded: Buffer.from('no image') }),
        encodeDatum({ label: 3, encoded: png.subarray(0, 20) }),
        Buffer.from('no Datum'),
      ];
      for (const [number, value] of values.entries()) {
        await writer.put(`k${number}`, value);
      }
      await writer.close();
      const look = await lookInto(path, undefined, 9, () => undefined);
      expect(look.records).to.equal(6);
      expect([...look.kinds]).to.eql([
        ['png', 1],
        ['pixels', 1],
        ['floats', 1],
      ]);
      expect([...look.shapes.keys()]).to.eql(['1x5x7', '3x4x6', '1x1x2']);
      expect([...look.labels]).to.eql([
        [-1, 1],
        [3, 2],
      ]);
      expect(look.bad.map(({ key }) => key)).to.eql(['k3', 'k4', 'k5']);
      expect(look.bad[0]?.problem).to.contain('are no JPEG');
      expect(look.samples.map(({ key }) => key)).to.eql(['k0', 'k1', 'k2']);
    }));
});

describe('A look into an HDF5 file', () => {
  it('tells its data sets and labels', () => {
    const look = lookIntoHdf5(join(data, 'hdf5_user', 'user.h5'));
    expect(
      look.datasets.map(({ path, shape, element }) => ({
        path,
        shape,
        element,
      })),
    ).to.eql([
      { path: 'data', shape: [64, 3, 32, 32], element: 'integer' },
      { path: 'label', shape: [64], element: 'integer' },
      { path: 'weight', shape: [64, 1], element: 'float' },
    ]);
    expect(look.labels?.get(5)).to.equal(10);
  });

  it('refuses what is none', () => {
    const look = () => lookIntoHdf5(join(data, 'images.txt'));
    expect(look).to.throw(/images\.txt: HDF5 cannot read it/);
  });
});
