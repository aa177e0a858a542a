import { expect } from 'chai';

import {
  compareBlobs,
  differenceOf,
  forwardTolerance,
  isWithin,
} from './compare.js';
import { caseBlob, caseNumber, numberOf } from './layer-case.js';

describe('Comparison of blobs', () => {
  it('measures by the largest expected number', () => {
    expect(differenceOf([1, 103], [2, 100])).to.equal(0.03);
  });

  it('is absolute where nothing but zeros is expected', () => {
    expect(differenceOf([0.25, 0], [0, 0])).to.equal(0.25);
  });

  it('wants NaN and infinities in their places', () => {
    expect(differenceOf([NaN, Infinity], [NaN, Infinity])).to.equal(0);
    expect(differenceOf([NaN], [1])).to.equal(Infinity);
    expect(differenceOf([Infinity], [-Infinity])).to.equal(Infinity);
  });

  it('takes -0 for 0', () => {
    expect(differenceOf([-0], [0])).to.equal(0);
  });

  it('takes neither another shape nor a missing blob', () => {
    const expected = caseBlob([2], [1, 2]);
    for (const found of [undefined, caseBlob([1, 2], [1, 2])]) {
      expect(isWithin(compareBlobs('y', found, expected, 1))).to.equal(false);
    }
  });

  it('is strict where nothing is computed', () => {
    expect(forwardTolerance('Pooling', 'pool: MAX')).to.equal(1e-6);
    expect(forwardTolerance('Pooling', 'pool: AVE')).to.equal(1e-5);
    expect(forwardTolerance('Concat', '')).to.equal(1e-6);
    expect(forwardTolerance('Convolution', '')).to.equal(1e-5);
  });
});

describe('Numbers of cases', () => {
  it('are the shortest that read back', () => {
    const values = [0.1, 1e-45, -3.4028235e38, 16777216, 1 / 3];
    const written = values.map((value) => caseNumber(Math.fround(value)));
    expect(written).to.deep.equal([
      0.1, 1e-45, -3.4028235e38, 16777216, 0.33333334,
    ]);
  });

  it('are words where JSON has no number', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(numberOf(caseNumber(value))).to.deep.equal(value);
    }
  });
});
