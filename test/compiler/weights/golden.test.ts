import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

import type { Golden, GoldenBlob } from '../../../compiler/weights/golden.js';
import {
  compareProbabilities,
  compareWithGolden,
} from '../../../compiler/weights/golden-compare.js';
import { readGolden } from '../../../compiler/weights/golden-reader.js';
import { statisticsOf } from '../../../compiler/weights/statistics.js';
import { fillStream } from '../../../compiler/weights/streams.js';

import { referenceFolder } from '../../support/reference.js';

function mustRead(path: string): Golden {
  const { golden, diagnostics } = readGolden(path, readFileSync(path, 'utf8'));
  if (golden === undefined) throw new Error(diagnostics[0]?.message);
  return golden;
}

describe('reading goldens', () => {
  const nets = 'test/reference/nets';
  for (const file of readdirSync(nets).filter((name) =>
    name.startsWith('Attention'),
  )) {
    it(`reads ${file}`, () => {
      const golden = mustRead(`${nets}/${file}`);
      expect(golden.format).to.equal('net');
      expect(golden.input).to.include({ from: 'stream', blob: 'data' });
      expect(golden.ranges?.bn_inv_std).to.deep.equal([0.5, 1.2]);
      expect(golden.checksums.get('conv1')).to.have.length(1);
      expect(
        golden.layers.every(({ places }) => places.length === 32),
      ).to.equal(true);
      const rows = file.includes('batch2') ? 2 : 1;
      expect(golden.probabilities?.rows.map((row) => row.length)).to.deep.equal(
        Array.from({ length: rows }, () => 1000),
      );
      expect(golden.probabilities?.top5).to.have.length(rows);
    });
  }

  it('reads expected.json beside a caffemodel', () => {
    const golden = mustRead('test/reference/caffemodels/lenet/expected.json');
    expect(golden.format).to.equal('caffemodel');
    expect(golden.weights).to.equal('lenet_iter_400.caffemodel');
    expect(golden.input).to.deep.equal({ from: 'file', path: '../inputs.npy' });
    expect(golden.probabilities?.rows).to.have.length(8);
    expect(golden.probabilities?.blob).to.equal('prob');
  });

  it('says what is wrong with a golden', () => {
    const messageOf = (text: string): string | undefined =>
      readGolden('g.json', text).diagnostics[0]?.message;
    expect(messageOf('{')).to.match(/^g\.json is no golden: /);
    expect(messageOf('[]')).to.contain("none of 'formula'");
    expect(messageOf('{"outputs": {}}')).to.contain('prototxt is missing');
    const golden = {
      prototxt: 'a',
      weights: 'b',
      input: { blob: 'data', stream: 's', shape: [1], range: [0, 1], crc32: 1 },
      outputs: {},
      layers: [
        {
          name: 'x',
          type: 'ReLU',
          top: 'x',
          shape: [2],
          mean: 0,
          std: 0,
          absmax: 0,
          l2: '0',
        },
      ],
    };
    expect(messageOf(JSON.stringify(golden))).to.equal(
      'g.json is no golden: layers[0].l2 is not a number',
    );
  });

  const corpus = referenceFolder('corpus/models');
  if (corpus === undefined) {
    it('needs the corpus');
    return;
  }
  for (const file of readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.expected.json'))
    .sort()) {
    it(`reads ${file}`, () => {
      const golden = mustRead(`${corpus}/${file}`);
      expect(golden.format).to.equal('corpus');
      expect(golden.outputs).to.not.be.empty;
    });
  }
});

describe('comparing with a golden', () => {
  const data = new Float32Array(1000);
  fillStream('x', data, -1, 2);
  const goldenOf = (values: Float32Array): GoldenBlob => ({
    shape: [values.length],
    ...statisticsOf(values),
    places: [0, 17, 999],
    values: [0, 17, 999].map((place) => values[place] ?? NaN),
  });
  const golden = goldenOf(data);
  const changed = (
    at: number,
    by: number,
  ): { shape: number[]; data: Float32Array } => {
    const copy = data.slice();
    copy[at] = (copy[at] ?? 0) + by;
    return { shape: [1000], data: copy };
  };

  it('passes what is equal', () => {
    const found = compareWithGolden({ shape: [1000], data }, golden, 'net');
    expect(found).to.include({ passed: true, maxAbs: 0, maxRel: 0 });
    expect(found.checks).to.have.length(5);
  });

  it('judges values by the standard deviation', () => {
    const within = compareWithGolden(
      changed(17, 0.9e-4 * golden.std),
      golden,
      'net',
    );
    expect(within.passed).to.equal(true);
    expect(within.maxRel).to.be.closeTo(0.9e-4, 1e-6);
    const beyond = compareWithGolden(
      changed(17, 1.1e-4 * golden.std),
      golden,
      'net',
    );
    expect(
      beyond.checks
        .filter(({ passed }) => !passed)
        .map(({ quantity }) => quantity),
    ).to.deep.equal(['values']);
  });

  it('judges a corpus by the largest value', () => {
    const by = 0.9e-4 * golden.absmax;
    expect(compareWithGolden(changed(17, by), golden, 'net').passed).to.equal(
      false,
    );
    expect(
      compareWithGolden(changed(17, by), golden, 'corpus').passed,
    ).to.equal(true);
    expect(
      compareWithGolden(changed(17, 2 * by), golden, 'corpus').passed,
    ).to.equal(false);
  });

  it('sees through the statistics what no sample shows', () => {
    const found = compareWithGolden(changed(500, 1), golden, 'net');
    expect(found.maxAbs).to.equal(0);
    expect(found.passed).to.equal(false);
  });

  it('never passes a NaN or another shape', () => {
    for (const format of ['net', 'corpus'] as const) {
      expect(
        compareWithGolden(changed(500, NaN), golden, format).passed,
      ).to.equal(false);
      expect(
        compareWithGolden(changed(17, NaN), golden, format).passed,
      ).to.equal(false);
      expect(
        compareWithGolden({ shape: [10, 100], data }, golden, format).passed,
      ).to.equal(false);
    }
    expect(compareWithGolden(changed(500, NaN), golden, 'net').passed).to.equal(
      false,
    );
  });

  it('takes a blob of equal values by its size', () => {
    const ones = new Float32Array(1000).fill(3);
    const close = new Float32Array(1000).fill(3.0001);
    const equal = goldenOf(ones);
    expect(
      compareWithGolden({ shape: [1000], data: close }, equal, 'net').passed,
    ).to.equal(false);
    expect(
      compareWithGolden({ shape: [1000], data: ones }, equal, 'net').passed,
    ).to.equal(true);
  });

  it('compares probabilities and the best five', () => {
    const rows = [[0.5, 0.1, 0.2, 0.05, 0.04, 0.11]];
    const probabilities = { blob: 'prob', rows, top5: [[0, 2, 5, 1, 3]] };
    const computed = (
      ...values: number[]
    ): { shape: number[]; data: Float32Array } => ({
      shape: [1, 6],
      data: Float32Array.from(values),
    });
    expect(
      compareProbabilities(
        computed(0.5, 0.1, 0.2, 0.05, 0.04, 0.11),
        probabilities,
      ),
    ).to.include({ passed: true, top5Equal: true });
    expect(
      compareProbabilities(
        computed(0.5, 0.1002, 0.2, 0.05, 0.04, 0.11),
        probabilities,
      ).passed,
    ).to.equal(false);
    expect(
      compareProbabilities(
        computed(0.5, 0.11, 0.2, 0.05, 0.04, 0.1),
        probabilities,
      ).top5Equal,
    ).to.equal(false);
    expect(
      compareProbabilities(computed(0.5, 0.1), probabilities).passed,
    ).to.equal(false);
    expect(
      compareProbabilities(
        computed(0.5, NaN, 0.2, 0.05, 0.04, 0.11),
        probabilities,
      ).passed,
    ).to.equal(false);
  });
});
