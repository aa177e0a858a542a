import { expect } from 'chai';

import { runtimeFailure } from '../../runtime/runtime-failure.js';

describe('A failure of TensorFlow', () => {
  for (const [said, message, node] of [
    [
      'Session fail to run with error: bad shape\n\t [[{{node conv1/conv}}]]',
      'bad shape',
      'conv1/conv',
    ],
    ['a\n\t [[{{node one}}]]\n\t [[{{node two}}]]', 'a', 'two'],
    ['cut off\n\t [[{{node conv', 'cut off', undefined],
    ['cut off\n\t [[', 'cut off', undefined],
    ['Failed to load SavedModel: no tags', 'no tags', undefined],
  ] as const) {
    it(`is told apart from the op: ${JSON.stringify(said)}`, () => {
      const failure = runtimeFailure(said);
      expect(failure.message).to.equal(message);
      expect(failure.nodeName).to.equal(node);
    });
  }
});
