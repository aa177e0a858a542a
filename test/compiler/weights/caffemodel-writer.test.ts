import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import {
  caffemodelLength,
  type NetToWrite,
  writeCaffemodel,
} from '../../../compiler/weights/caffemodel-writer.js';
import type { WeightFile } from '../../../compiler/weights/weight-file.js';

import { bytesSource, fileSource } from './file-source.js';

const folder = 'test/reference/caffemodels';
const written = (net: NetToWrite): Buffer =>
  Buffer.concat([...writeCaffemodel(net)]);

function mustRead(bytes: Uint8Array): WeightFile {
  const { file, diagnostics } = readCaffemodel(bytesSource(bytes));
  if (file === undefined) throw new Error(JSON.stringify(diagnostics));
  return file;
}

/** Everything of a file, the values as bits. */
const contentOf = (file: WeightFile): unknown => [
  file.name,
  file.layers.map(({ name, type, blobs }) => [
    name,
    type,
    blobs.map((blob) => [
      blob.shape,
      blob.storedAs,
      Buffer.from(blob.read().buffer).toString('base64'),
    ]),
  ]),
];

describe('writing caffemodels', () => {
  for (const path of [
    'attention_small/attention_small_iter_400',
    'lenet/lenet_iter_400',
    'lenet/lenet_legacy_dims',
    'lenet/lenet_v0',
    'resnet_batchnorm/resnet_batchnorm_iter_300',
  ]) {
    it(`loses nothing of ${path}`, () => {
      const { file } = readCaffemodel(
        fileSource(`${folder}/${path}.caffemodel`),
      );
      if (file === undefined) throw new Error('refused');
      const bytes = written(file);
      expect(contentOf(mustRead(bytes))).to.deep.equal(contentOf(file));
      expect(caffemodelLength(file)).to.equal(bytes.length);
    });
  }

  it('writes the very bytes of Caffe where nothing else is in the file', () => {
    const path = `${folder}/lenet/lenet_legacy_dims.caffemodel`;
    const { file } = readCaffemodel(fileSource(path));
    if (file === undefined) throw new Error('refused');
    expect(written(file).equals(readFileSync(path))).to.equal(true);
  });

  it('keeps every bit, of NaNs too', () => {
    const bits = Uint32Array.of(
      0x7fc00001,
      0xffc12345,
      0x80000000,
      1,
      0x7f800000,
    );
    const values = new Float32Array(bits.buffer);
    const net = {
      name: 'ä',
      layers: [
        { name: 'a/b', type: 'X', blobs: [{ shape: [5], read: () => values }] },
        { name: 'none', type: 'Y', blobs: [] },
        {
          name: 'scalar',
          type: 'Z',
          blobs: [{ shape: [], read: () => Float32Array.of(7) }],
        },
      ],
    };
    const file = mustRead(written(net));
    expect(file.name).to.equal('ä');
    expect(file.layers.map(({ name }) => name)).to.deep.equal([
      'a/b',
      'none',
      'scalar',
    ]);
    const read = file.layers[0]?.blobs[0]?.read();
    expect([
      ...new Uint32Array(read?.buffer ?? new ArrayBuffer(0)),
    ]).to.deep.equal([...bits]);
    expect(file.layers[2]?.blobs[0]?.shape).to.deep.equal([]);
  });
});
