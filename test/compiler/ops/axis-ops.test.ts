import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import { float32 } from '../../../compiler/ir/types.js';
import { concat, pad, slice } from '../../../compiler/ops/axis-ops.js';
import { reduceMean, reduceSum } from '../../../compiler/ops/reductions.js';
import { softmax } from '../../../compiler/ops/softmax.js';

import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

const square = { shape: [2, 2], data: [1, 2, 3, 4] };

describe('Ops along axes', () => {
  before(function () {
    requireNative(this);
  });

  it('join and cut', async () => {
    const results = await runOps([square, square], (builder, [a, b]) => {
      if (a === undefined || b === undefined) return [];
      const joined = builder.apply(concat, [a, b], { axis: 1 });
      const part = { begin: [0, 1], size: [2, 2] };
      return [joined, builder.apply(slice, [joined], part)];
    });
    expect(results).to.deep.equal([
      { shape: '2x4', data: [1, 2, 1, 2, 3, 4, 3, 4] },
      { shape: '2x2', data: [2, 1, 4, 3] },
    ]);
  });

  it('surround with any constant', async () => {
    const [zeros, nines] = await runOps([square], (builder, inputs) =>
      [0, 9].map((value) =>
        builder.apply(pad, inputs, {
          paddings: [
            [1, 0],
            [0, 1],
          ],
          value,
        }),
      ),
    );
    expect(zeros?.data).to.deep.equal([0, 0, 0, 1, 2, 0, 3, 4, 0]);
    expect(nines?.data).to.deep.equal([9, 9, 9, 1, 2, 9, 3, 4, 9]);
  });

  it('keep the axes that they reduce', async () => {
    const results = await runOps([square], (builder, inputs) => [
      builder.apply(reduceSum, inputs, { axes: [0] }),
      builder.apply(reduceMean, inputs, { axes: [0, 1] }),
    ]);
    expect(results).to.deep.equal([
      { shape: '1x2', data: [4, 6] },
      { shape: '1x1', data: [2.5] },
    ]);
  });

  it('make one of exponentials along any axis', async () => {
    const ratio = { shape: [2, 2], data: [0, 5, Math.log(3), 5] };
    const [rows, columns] = await runOps([ratio], (builder, inputs) =>
      [1, 0].map((axis) => builder.apply(softmax, inputs, { axis })),
    );
    expect((rows?.data[0] ?? 0) + (rows?.data[1] ?? 0)).to.be.closeTo(1, 1e-6);
    const expected = [0.25, 0.5, 0.75, 0.5];
    columns?.data.forEach((value, at) => {
      expect(value).to.be.closeTo(expected[at] ?? NaN, 1e-6);
    });
  });
});

describe('Type rules of ops along axes', () => {
  const types = [float32([2, 3]), float32([2, 4])];

  it('refuse what does not fit', () => {
    for (const [rule, message] of [
      [() => concat.infer(types, { axis: 0 }), 'concat of 2x3 and 2x4 along 0'],
      [() => concat.infer(types.slice(0, 1), { axis: 0 }), 'concat of one'],
      [
        () => slice.infer(types, { begin: [0, 2], size: [2, 2] }),
        'slice 2x2 at 0,2 of 2x3',
      ],
    ] as const) {
      expect(rule).to.throw(InternalError, message);
    }
    expect(() => softmax.infer(types, { axis: 2 })).to.throw(
      RangeError,
      'no axis 2 in 2x3',
    );
  });
});
