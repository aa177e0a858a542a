import { expect } from 'chai';

import type { Diagnostic } from '../../../../compiler/diagnostics.js';

import {
  type LabelNoise,
  noisyLabel,
} from '../../../../runtime/data/transform/label-noise.js';

import { made, settingsOf } from './param-of.js';

const records = 50_000;

/** The labels of records 0, 1, ..., whose own ones are 0, 1, ..., 9, 0, ... */
const labelsWith = (noise: LabelNoise): readonly number[] =>
  Array.from({ length: records }, (_, record) =>
    noisyLabel(noise, record % noise.classes, record),
  );

const brief = ({ span, message }: Diagnostic): string =>
  `${span?.source.text.slice(span.start, span.end) ?? ''} | ${message}`;

describe('Noise of labels', () => {
  for (const rate of [0.1, 0.3, 0.5, 0.7]) {
    it(`gives a share of ${rate} the label of another class`, () => {
      const labels = labelsWith({ rate, classes: 10, seed: 1 });
      const wrong = labels.filter((label, record) => label !== record % 10);
      // Four deviations of a binomial distribution.
      const deviation = Math.sqrt(records * rate * (1 - rate));
      expect(wrong.length).to.be.closeTo(records * rate, 4 * deviation);
    });
  }

  it('takes every other class as often', () => {
    const labels = labelsWith({ rate: 0.5, classes: 10, seed: 3 });
    const counts = new Map<string, number>();
    for (const [record, label] of labels.entries()) {
      if (label === record % 10) continue;
      const pair = `${record % 10}-${label}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    // Each of the 90 pairs about 278 times; five deviations.
    expect(counts.size).to.equal(90);
    for (const count of counts.values()) {
      expect(count).to.be.closeTo(records / 180, 5 * Math.sqrt(records / 180));
    }
    expect(Math.min(...labels)).to.equal(0);
    expect(Math.max(...labels)).to.equal(9);
  });

  it('leaves all labels, or none', () => {
    const none = labelsWith({ rate: 0, classes: 10, seed: 1 });
    expect(none.every((label, record) => label === record % 10)).to.be.true;
    const all = labelsWith({ rate: 1, classes: 2, seed: 1 });
    expect(all.every((label, record) => label === 1 - (record % 2))).to.be.true;
  });

  it('is drawn from the seed and the number of the record alone', () => {
    const noise = { rate: 0.3, classes: 10, seed: 1 };
    expect(labelsWith(noise)).to.eql(labelsWith(noise));
    expect(labelsWith(noise)).not.to.eql(labelsWith({ ...noise, seed: 2 }));
  });

  it('takes more records with a higher rate, and keeps those of a lower', () => {
    const few = labelsWith({ rate: 0.1, classes: 10, seed: 1 });
    const many = labelsWith({ rate: 0.5, classes: 10, seed: 1 });
    const kept = few.every(
      (label, record) => label === record % 10 || label === many[record],
    );
    expect(kept).to.be.true;
  });
});

describe('settings of rancc_label_noise', () => {
  const options = 'rancc_label_noise { rate: 0.25 classes: 10 seed: 7 }';

  it('are for TRAIN alone', () => {
    expect(settingsOf(options, 'TRAIN').labelNoise).to.eql({
      rate: 0.25,
      classes: 10,
      seed: 7,
    });
    expect(settingsOf(options, 'TEST').labelNoise).to.equal(undefined);
    expect(settingsOf('scale: 1', 'TRAIN').labelNoise).to.equal(undefined);
  });

  for (const [inside, ...expected] of [
    [
      'rate: 1.5 classes: 10',
      '1.5 | transform_param: the rate of rancc_label_noise has to be from 0 to 1',
    ],
    [
      'rate: -0.5 classes: 1',
      '-0.5 | transform_param: the rate of rancc_label_noise has to be from 0 to 1',
      '1 | transform_param: rancc_label_noise needs its classes, 2 or more',
    ],
    [
      'rate: nan classes: 10',
      'nan | transform_param: the rate of rancc_label_noise has to be from 0 to 1',
    ],
    [
      'rate: 0.5',
      '{ rate: 0.5 } | transform_param: rancc_label_noise needs its classes, 2 or more',
    ],
    [
      'rate: 0.5 classes: 10 kind: 2',
      "kind | transform_param: rancc_label_noise has no option 'kind'",
    ],
  ] as const) {
    it(`are refused: ${inside}`, () => {
      for (const phase of ['TRAIN', 'TEST'] as const) {
        const { settings, diagnostics } = made(
          `rancc_label_noise { ${inside} }`,
          phase,
        );
        expect(settings).to.equal(undefined);
        expect(diagnostics.map(brief)).to.eql(expected);
      }
    });
  }
});
