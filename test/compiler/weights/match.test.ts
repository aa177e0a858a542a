import { expect } from 'chai';

import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import {
  matchWeights,
  type TargetLayer,
} from '../../../compiler/weights/match.js';
import type {
  WeightBlob,
  WeightFile,
} from '../../../compiler/weights/weight-file.js';

import { fileSource } from './file-source.js';

const blob = (
  shape: number[],
  storedAs: WeightBlob['storedAs'] = 'shape',
): WeightBlob => ({
  shape,
  storedAs,
  count: 0,
  read: () => new Float32Array(),
});

const fileOf = (
  layers: Record<string, WeightBlob[]>,
  path = 'a.caffemodel',
): WeightFile => ({
  path,
  name: '',
  format: '',
  layers: Object.entries(layers).map(([name, blobs]) => ({
    name,
    type: 'T',
    blobs,
  })),
});

const layerOf = (
  name: string,
  type: string,
  ...shapes: number[][]
): TargetLayer => ({
  name,
  type,
  parameters: shapes.map((shape, index) => ({ layer: name, index, shape })),
});

const namesOf = (
  files: WeightFile[],
  net: TargetLayer[],
): { filled: string[]; said: string[] } => {
  const { assignments, diagnostics } = matchWeights(files, net);
  return {
    filled: assignments.map(({ target }) => `${target.layer}#${target.index}`),
    said: diagnostics.map(({ code }) => code),
  };
};

describe('matching weights with a net', () => {
  const conv = layerOf('conv', 'Convolution', [8, 3, 5, 5], [8]);

  it('goes by the names of layers', () => {
    const file = fileOf({ conv: [blob([8, 3, 5, 5]), blob([8])] });
    expect(namesOf([file], [layerOf('data', 'Input'), conv])).to.deep.equal({
      filled: ['conv#0', 'conv#1'],
      said: [],
    });
  });

  it('warns of layers that are in no file', () => {
    const { missing, diagnostics } = matchWeights(
      [fileOf({ other: [] })],
      [conv, layerOf('relu', 'ReLU')],
    );
    expect(missing).to.deep.equal(['conv']);
    expect(
      diagnostics.map(({ severity, message }) => [severity, message]),
    ).to.deep.equal([
      [
        'warning',
        "the weight file has no layer 'conv'; its parameters keep their fillers' values",
      ],
    ]);
  });

  it('reports layers with blobs that the net has not', () => {
    const file = fileOf({
      conv: [blob([8, 3, 5, 5]), blob([8])],
      old: [blob([1])],
      loss: [],
    });
    const { unused, diagnostics } = matchWeights([file], [conv]);
    expect(diagnostics).to.deep.equal([]);
    expect(unused).to.deep.equal([
      { file: 'a.caffemodel', name: 'old', type: 'T', blobs: 1 },
    ]);
  });

  it('refuses another number of blobs, and then fills nothing', () => {
    const file = fileOf({ conv: [blob([8, 3, 5, 5])], ip: [blob([2, 2])] });
    expect(
      namesOf([file], [conv, layerOf('ip', 'InnerProduct', [2, 2])]),
    ).to.deep.equal({ filled: [], said: ['weights/blob-number'] });
    expect(
      namesOf([fileOf({ relu: [blob([1])] })], [layerOf('relu', 'ReLU')]).said,
    ).to.deep.equal(['weights/blob-number']);
  });

  it('takes the last of several files', () => {
    const one = blob([4]);
    const two = blob([4]);
    const { assignments } = matchWeights(
      [fileOf({ a: [one], b: [one] }), fileOf({ b: [two] }, 'b.caffemodel')],
      [layerOf('a', 'Bias', [4]), layerOf('b', 'Bias', [4])],
    );
    expect(assignments.map(({ blob: found }) => found === two)).to.deep.equal([
      false,
      true,
    ]);
  });

  it("compares the old four numbers as Caffe's ShapeEquals does", () => {
    const cases: readonly (readonly [WeightBlob, number[], boolean])[] = [
      [blob([1, 1, 1, 20], 'nchw'), [20], true],
      [blob([1, 1, 10, 20], 'nchw'), [10, 20], true],
      [blob([8, 3, 5, 5], 'nchw'), [8, 3, 5, 5], true],
      [blob([1, 1, 1, 1], 'nchw'), [], true],
      [blob([20, 1, 1, 1], 'nchw'), [20], false],
      [blob([8, 3, 5, 5], 'nchw'), [1, 8, 3, 5, 5], false],
      [blob([1, 1, 1, 20]), [20], false],
      [blob([20]), [1, 1, 1, 20], false],
      [blob([]), [], true],
    ];
    for (const [found, wanted, equal] of cases)
      expect(
        namesOf([fileOf({ x: [found] })], [layerOf('x', 'Bias', wanted)]).said,
        `${found.storedAs} ${found.shape.join()} for ${wanted.join()}`,
      ).to.deep.equal(equal ? [] : ['weights/shape-mismatch']);
  });

  it('names the cure for a classifier of another input size', () => {
    const file = fileOf({ classifier: [blob([1000, 2048]), blob([1000])] });
    const { diagnostics } = matchWeights(
      [file],
      [layerOf('classifier', 'InnerProduct', [1000, 32768], [1000])],
    );
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      "blob 0 of layer 'classifier' is 1000x2048 in the file and 1000x32768 in the net",
    ]);
    expect(diagnostics[0]?.notes[0]?.message).to.contain('--global-pool');
  });

  it('has no cure for another number of classes', () => {
    const file = fileOf({ classifier: [blob([1000, 2048])] });
    const { diagnostics } = matchWeights(
      [file],
      [layerOf('classifier', 'InnerProduct', [10, 2048])],
    );
    expect(diagnostics[0]?.notes).to.deep.equal([]);
  });

  for (const form of ['iter_400', 'v0', 'v1', 'legacy_dims', 'double_data']) {
    it(`fills LeNet from lenet_${form}`, () => {
      const { file } = readCaffemodel(
        fileSource(`test/reference/caffemodels/lenet/lenet_${form}.caffemodel`),
      );
      if (file === undefined) throw new Error('refused');
      const net = [
        layerOf('conv1', 'Convolution', [20, 3, 5, 5], [20]),
        layerOf('conv2', 'Convolution', [32, 20, 5, 5], [32]),
        layerOf('ip1', 'InnerProduct', [64, 800], [64]),
        layerOf('ip2', 'InnerProduct', [10, 64], [10]),
      ];
      expect(namesOf([file], net)).to.deep.equal({
        filled: ['conv1', 'conv2', 'ip1', 'ip2'].flatMap((name) => [
          `${name}#0`,
          `${name}#1`,
        ]),
        said: [],
      });
    });
  }
});
