import { expect } from 'chai';

import { refusalOf } from '../../support/one-layer.js';

describe('Python layer', () => {
  it('is refused by the names of its module and class', () => {
    expect(
      refusalOf({
        type: 'Python',
        bottoms: [[2, 3]],
        fields: 'python_param { module: "rpn.proposal" layer: "Proposal" }',
      }),
    ).to.equal(
      "refused: is the class 'Proposal' of the Python module 'rpn.proposal', which is not run; replace it by Caffe's own layers, or cut the net before it",
    );
  });
});
