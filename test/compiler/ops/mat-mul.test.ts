import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import { float32 } from '../../../compiler/ir/types.js';
import { matMul } from '../../../compiler/ops/mat-mul.js';

import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

const a = { shape: [2, 2], data: [1, 2, 3, 4] };
const b = { shape: [2, 2], data: [0, 1, 1, 1] };

describe('matMul', () => {
  before(function () {
    requireNative(this);
  });

  it('transposes either side', async () => {
    const ways = [
      { transposeA: false, transposeB: false },
      { transposeA: true, transposeB: false },
      { transposeA: false, transposeB: true },
    ];
    const results = await runOps([a, b], (builder, inputs) =>
      ways.map((attributes) => builder.apply(matMul, inputs, attributes)),
    );
    expect(results.map(({ data }) => data)).to.deep.equal([
      [2, 3, 4, 7],
      [3, 4, 4, 6],
      [2, 3, 4, 7],
    ]);
  });

  it('refuses matrices that do not fit', () => {
    const attributes = { transposeA: false, transposeB: false };
    for (const right of [[3, 2], [2], [2, 2, 2]]) {
      const types = [float32([4, 2]), float32(right)];
      expect(() => matMul.infer(types, attributes)).to.throw(InternalError);
    }
  });
});
