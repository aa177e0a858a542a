import { expect } from 'chai';

import {
  randomNormal,
  randomUniform,
} from '../../../compiler/ops/random-ops.js';

import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

describe('Random ops', () => {
  before(function () {
    requireNative(this);
  });

  it('give equal numbers for equal seeds, and others for others', async () => {
    const draw = () =>
      runOps([], (builder) =>
        [randomUniform, randomNormal].flatMap((definition) =>
          (
            [
              [1, 0],
              [1, 1],
            ] as const
          ).map((seed) => builder.apply(definition, [], { shape: [50], seed })),
        ),
      );
    const [first, second] = [await draw(), await draw()];
    expect(first).to.deep.equal(second);
    const [even, otherEven, normal, otherNormal] = first;
    expect(even).not.to.deep.equal(otherEven);
    expect(normal).not.to.deep.equal(otherNormal);
    expect(even?.data.every((value) => value >= 0 && value < 1)).to.equal(true);
  });
});
