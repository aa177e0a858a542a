import { expect } from 'chai';

import { Builder, freshValue } from '../../../compiler/ir/builder.js';
import { isOp } from '../../../compiler/ir/graph.js';
import { rewriteFunction } from '../../../compiler/ir/rewrite.js';
import { float32 } from '../../../compiler/ir/types.js';
import { usesOf } from '../../../compiler/ir/uses.js';
import { add, none, relu, tanh } from '../../../compiler/ops/elementwise.js';

/** relu(x) + tanh(relu(x)) */
function sum() {
  const builder = new Builder({ layer: 'l' });
  const x = freshValue(float32([2]));
  const a = builder.apply(relu, [x], none);
  const b = builder.apply(tanh, [a], none);
  const y = builder.apply(add, [a, b], none);
  const subject = {
    name: 'predict',
    inputs: [{ name: 'x', value: x }],
    ops: builder.ops,
    outputs: [{ name: 'y', value: y }],
    stores: [],
  };
  return { subject, x, a, b, y };
}

describe('Rewriting a function', () => {
  it('keeps what no rule changes, the very same ops', () => {
    const { subject } = sum();
    const same = rewriteFunction('pass', subject, () => undefined);
    expect(same.ops).to.have.ordered.members([...subject.ops]);
  });

  it('copies what reads a changed value, and stamps what is new', () => {
    const { subject, x } = sum();
    const { ops, outputs } = rewriteFunction('pass', subject, (op, builder) =>
      isOp(op, relu) ? [builder.apply(tanh, [x], none)] : undefined,
    );
    expect(ops.map((op) => op.definition.name)).to.deep.equal([
      'tanh',
      'tanh',
      'add',
    ]);
    expect(ops.map((op) => op.origin.pass)).to.deep.equal([
      'pass',
      undefined,
      undefined,
    ]);
    expect(outputs[0]?.value).to.equal(ops.at(-1)?.outputs[0]);
  });
});

describe('Uses of values', () => {
  it('count readers, and what the function returns', () => {
    const { subject, x, a, b, y } = sum();
    const uses = usesOf(subject);
    expect(uses.producer(x)).to.equal(undefined);
    expect(uses.producer(a)).to.equal(subject.ops[0]);
    expect(uses.consumers(a)).to.have.length(2);
    expect([x, a, b, y].map((value) => uses.hasOneUse(value))).to.deep.equal([
      true,
      false,
      true,
      false,
    ]);
  });
});
