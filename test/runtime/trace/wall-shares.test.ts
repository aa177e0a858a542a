import { expect } from 'chai';

import { wallShares } from '../../../runtime/trace/wall-shares.js';

describe('wallShares', () => {
  it('leaves its time to what runs alone', () => {
    const shares = wallShares([
      { start: 10, end: 14 },
      { start: 20, end: 21 },
    ]);
    expect(shares).to.deep.equal([4, 1]);
  });

  it('divides a moment among those that run in it', () => {
    const shares = wallShares([
      { start: 0, end: 10 },
      { start: 4, end: 6 },
      { start: 4, end: 10 },
    ]);
    // 0-4 one, 4-6 three, 6-10 two.
    expect(shares[0]).to.be.closeTo(4 + 2 / 3 + 2, 1e-12);
    expect(shares[1]).to.be.closeTo(2 / 3, 1e-12);
    expect(shares[2]).to.be.closeTo(2 / 3 + 2, 1e-12);
  });

  it('adds up to the time in which anything ran', () => {
    const spans = Array.from({ length: 50 }, (_, at) => ({
      start: (at * 37) % 101,
      end: ((at * 37) % 101) + ((at * 13) % 17),
    }));
    const moments = new Set<number>();
    for (const { start, end } of spans) {
      for (let time = start; time < end; time++) moments.add(time);
    }
    const sum = wallShares(spans).reduce((a, b) => a + b, 0);
    expect(sum).to.be.closeTo(moments.size, 1e-9);
  });

  it('gives nothing to what took no time', () => {
    expect(
      wallShares([
        { start: 5, end: 5 },
        { start: 5, end: 6 },
      ]),
    ).to.deep.equal([0, 1]);
  });
});
