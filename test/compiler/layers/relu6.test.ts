import { expect } from 'chai';

import { refusalOf, topsOf } from '../../support/one-layer.js';

describe('ReLU6 layer', () => {
  const relu6 = (fields: string) => ({
    type: 'ReLU6',
    dialect: 'yolo' as const,
    bottoms: [[2, 3]],
    fields,
  });

  it('keeps the shape, and knows no slope', () => {
    expect(topsOf(relu6(''))).to.deep.equal(['2x3']);
    expect(refusalOf(relu6('relu6_param { negative_slope: 0.1 }'))).to.equal(
      'refused: negative_slope is not supported: what is below 0 becomes 0',
    );
  });
});
