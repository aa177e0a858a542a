import { expect } from 'chai';

import { Builder, freshValue } from '../../../compiler/ir/builder.js';
import { isOp } from '../../../compiler/ir/graph.js';
import { float32 } from '../../../compiler/ir/types.js';
import { constant } from '../../../compiler/ops/constant.js';
import { add, divide, none } from '../../../compiler/ops/elementwise.js';
import { foldConstants } from '../../../compiler/passes/fold-constants.js';

import { after, attributesOf, opNames } from '../../support/lowered.js';

/** x + left op right */
function sum(left: number, right: number, op: typeof add) {
  const builder = new Builder({ layer: 'y' });
  const x = freshValue(float32([2]));
  const of = (value: number) =>
    builder.apply(constant, [], {
      tensor: { type: float32([]), data: Float32Array.of(value) },
    });
  const inner = builder.apply(op, [of(left), of(right)], none);
  const y = builder.apply(add, [x, inner], none);
  const predict = {
    name: 'predict',
    inputs: [{ name: 'x', value: x }],
    ops: builder.ops,
    outputs: [{ name: 'y', value: y }],
    stores: [],
  };
  return {
    stage: 'physical' as const,
    name: 'sum',
    variables: [],
    functions: [predict],
  };
}

describe('fold-constants', () => {
  it('computes what is known', () => {
    const graph = after(sum(2, 3, add), foldConstants);
    expect(opNames(graph)).to.deep.equal([
      'constant',
      'constant',
      'constant',
      'add',
    ]);
    const values = attributesOf(graph, constant).map(
      ({ tensor }) => tensor.data[0],
    );
    expect(values).to.deep.equal([2, 3, 5]);
  });

  it('leaves NaN and infinities to TensorFlow', () => {
    const graph = after(sum(1, 0, divide), foldConstants);
    expect(opNames(graph)).to.include('divide');
  });

  it('keeps the layer of what it makes', () => {
    const { functions } = after(sum(2, 3, add), foldConstants);
    const made = functions[0]?.ops.filter((op) => isOp(op, constant)).at(-1);
    expect(made?.origin).to.deep.equal({ layer: 'y', pass: 'fold-constants' });
  });
});
