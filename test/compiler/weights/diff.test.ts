import { expect } from 'chai';

import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import { diffWeights } from '../../../compiler/weights/diff.js';
import type { WeightFile } from '../../../compiler/weights/weight-file.js';

import { fileSource } from './file-source.js';

const fileOf = (layers: Record<string, number[][]>): WeightFile => ({
  path: 'a',
  name: '',
  format: '',
  layers: Object.entries(layers).map(([name, blobs]) => ({
    name,
    type: 'T',
    blobs: blobs.map((values) => ({
      shape: [values.length],
      storedAs: 'shape',
      count: values.length,
      read: () => Float32Array.from(values),
    })),
  })),
});

describe('the difference of two weight files', () => {
  it('is none between two ages of one net, but for shapes', () => {
    const read = (form: string): WeightFile => {
      const { file } = readCaffemodel(
        fileSource(`test/reference/caffemodels/lenet/lenet_${form}.caffemodel`),
      );
      if (file === undefined) throw new Error('refused');
      return file;
    };
    expect(diffWeights(read('v0'), read('v1')).equal).to.equal(true);
    const { equal, layers } = diffWeights(read('iter_400'), read('v1'));
    expect(equal).to.equal(false);
    for (const { blobs } of layers)
      for (const { differing } of blobs) expect(differing).to.equal(0);
  });

  it('names layers, blobs and values', () => {
    const found = diffWeights(
      fileOf({ a: [[1, 2, -4]], b: [[1]], c: [[1], [2]], same: [[NaN, 0]] }),
      fileOf({ a: [[1, 3, -4]], c: [[1]], d: [[1]], same: [[NaN, 0]] }),
    );
    expect(found).to.deep.equal({
      equal: false,
      onlyIn: [['b'], ['d']],
      layers: [
        {
          name: 'a',
          types: ['T', 'T'],
          counts: [1, 1],
          blobs: [
            {
              index: 0,
              shapes: [[3], [3]],
              maxAbs: 1,
              maxRel: 0.25,
              differing: 1,
            },
          ],
        },
        { name: 'c', types: ['T', 'T'], counts: [2, 1], blobs: [] },
      ],
    });
  });

  it('has no values where their numbers differ', () => {
    const { layers } = diffWeights(
      fileOf({ a: [[1]] }),
      fileOf({ a: [[1, 2]] }),
    );
    expect(layers[0]?.blobs[0]?.maxAbs).to.equal(undefined);
  });
});
