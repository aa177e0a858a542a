import { expect } from 'chai';

import {
  environmentWarnings,
  trainingEnvironment,
} from '../../../runtime/training/environment.js';

const now = trainingEnvironment({ precision: 'bf16' });

describe('The environment of a snapshot', () => {
  it('is nothing to warn of where it is the same', () => {
    expect(environmentWarnings({ ...now }, now)).to.deep.equal([]);
  });

  it('is warned of where products were computed in other numbers', () => {
    const [found, ...others] = environmentWarnings(
      { ...now, precision: 'fp32' },
      now,
    );
    expect(others).to.deep.equal([]);
    expect(found?.code).to.equal('solver/other-environment');
    expect(found?.message).to.match(/--precision fp32, and now it is bf16/);
  });

  it('is float32 in records from before there was a choice', () => {
    const { precision, ...before } = now;
    expect(precision).to.equal('bf16');
    expect(environmentWarnings(before, now)).to.have.length(1);
    const plain = trainingEnvironment({ precision: 'fp32' });
    expect(environmentWarnings(before, plain)).to.deep.equal([]);
  });
});
