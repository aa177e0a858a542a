import { expect } from 'chai';

import { drawsOf } from '../../../../runtime/data/transform/draws.js';

describe('draws', () => {
  const count = 20000;
  const over = (draw: (sample: number) => number): number[] =>
    Array.from({ length: count }, (_, sample) => draw(sample));
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  it('are the same whenever they are asked for', () => {
    const [a, b] = [drawsOf(7, 'data', 12), drawsOf(7, 'data', 12)];
    expect(b.normal('lighting', 2)).to.equal(a.normal('lighting', 2));
    expect(b.below(1000, 'crop top')).to.equal(a.below(1000, 'crop top'));
    expect(a.below(1000, 'crop top')).to.equal(b.below(1000, 'crop top'));
  });

  it('differ by seed, layer, sample, purpose and index', () => {
    const draws = [
      drawsOf(7, 'data', 12),
      drawsOf(8, 'data', 12),
      drawsOf(7 + 2 ** 32, 'data', 12),
      drawsOf(7, 'datb', 12),
      drawsOf(7, 'data', 13),
      drawsOf(7, 'data', 12 + 2 ** 32),
    ].map((each) => each.between(0, 1, 'area'));
    const first = drawsOf(7, 'data', 12);
    draws.push(first.between(0, 1, 'aspect'), first.between(0, 1, 'area', 1));
    expect(new Set(draws).size).to.equal(draws.length);
  });

  it('are even', () => {
    const sevenths = Array.from({ length: 7 }, () => 0);
    for (const value of over((at) =>
      drawsOf(3, 'data', at).below(7, 'mirror'),
    )) {
      sevenths[value] = (sevenths[value] ?? 0) + 1;
    }
    const expected = count / 7;
    const chiSquare = sevenths.reduce(
      (sum, found) => sum + (found - expected) ** 2 / expected,
      0,
    );
    // 6 degrees of freedom: more in one of 1000 cases.
    expect(chiSquare).to.be.lessThan(22.5);
  });

  it('of one sample do not follow from those of its neighbours or each other', () => {
    const product = (draw: (sample: number) => number) =>
      meanOf(over((at) => (draw(at) - 0.5) * (draw(at + 1) - 0.5)));
    const uniform = (at: number) =>
      drawsOf(5, 'data', at).between(0, 1, 'area');
    expect(Math.abs(product(uniform))).to.be.lessThan(0.003);
    const pair = over((at) => {
      const draws = drawsOf(5, 'data', at);
      return (
        (draws.between(0, 1, 'crop top') - 0.5) *
        (draws.between(0, 1, 'crop left') - 0.5)
      );
    });
    expect(Math.abs(meanOf(pair))).to.be.lessThan(0.003);
  });

  it('are normal with mean 0 and deviation 1', () => {
    const values = over((at) => drawsOf(1, 'data', at).normal('lighting'));
    expect(Math.abs(meanOf(values))).to.be.lessThan(0.03);
    expect(meanOf(values.map((value) => value ** 2))).to.be.closeTo(1, 0.05);
    const within = values.filter((value) => Math.abs(value) < 1).length;
    expect(within / count).to.be.closeTo(0.6827, 0.015);
  });
});
