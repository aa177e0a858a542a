import { expect } from 'chai';

import {
  isOlder,
  platformProblem,
  thisPlatform,
} from '../../../runtime/native/platform.js';

const good = {
  system: 'linux',
  processor: 'x64',
  glibc: '2.36',
  node: '20.19.0',
};

describe('The platform', () => {
  it('is compared number by number', () => {
    expect(isOlder('2.4', '2.27')).to.equal(true);
    expect(isOlder('2.27', '2.27')).to.equal(false);
    expect(isOlder('22.0.0', '20.19.0')).to.equal(false);
    expect(isOlder('20.18.9', '20.19.0')).to.equal(true);
  });

  it('is right on this machine, or says what is wrong with it', () => {
    expect(platformProblem(good)).to.equal(undefined);
    expect(thisPlatform().node).to.equal(process.versions.node);
  });

  for (const [change, message] of [
    [{ node: '18.20.0' }, /Node 18.20.0 is too old/],
    [{ system: 'darwin', processor: 'arm64' }, /darwin on arm64/],
    [{ processor: 'arm64' }, /linux on arm64/],
    [{ glibc: undefined }, /not glibc/],
    [{ glibc: '2.17' }, /glibc 2.17 is too old/],
  ] as const) {
    it(`is refused with a cure: ${JSON.stringify(change)}`, () => {
      const problem = platformProblem({ ...good, ...change });
      expect(problem?.message).to.match(message);
      expect(problem?.cure).not.to.equal('');
    });
  }
});
