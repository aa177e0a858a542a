import { expect } from 'chai';

import { float32, type Shape } from '../../compiler/ir/types.js';
import { constant } from '../../compiler/ops/constant.js';

import { checkGradients } from '../support/gradient-check.js';
import type { OneLayer } from '../support/one-layer.js';
import { requireNative } from '../support/require-native.js';
import { layerToCheck, runLayer } from '../support/run-layer.js';

describe("SegNet's Upsample", function () {
  this.timeout(60_000);

  before(function () {
    requireNative(this);
  });

  const unpool = (fields: string, planes: number, cells: Shape): OneLayer => ({
    type: 'Upsample',
    bottoms: [
      [1, planes, ...cells],
      [1, planes, ...cells],
    ],
    fields: `upsample_param { ${fields} }`,
  });

  it('puts numbers where the mask says (C2)', async () => {
    const [found] = await runLayer({
      ...unpool('upsample_h: 3 upsample_w: 4', 2, [1, 2]),
      inputs: [
        [1, 2, 3, 4],
        [5, 0, 11, 6],
      ],
    });
    expect(found?.shape).to.deep.equal([1, 2, 3, 4]);
    expect(found?.data).to.deep.equal([
      2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 3,
    ]);
  });

  it('lets the last of several have a place (C3)', async () => {
    const layer = unpool('scale: 2', 1, [2, 2]);
    const mask = [3, 3, 3, 9];
    const [found] = await runLayer({ ...layer, inputs: [[1, 5, 2, 4], mask] });
    expect(found?.data).to.deep.equal([
      0, 0, 0, 2, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0,
    ]);
  });

  /** What small steps say otherwise than the gradients, with a mask that does not move. */
  const faultsOf = async (
    mask: readonly number[],
  ): Promise<readonly string[]> => {
    const { build } = layerToCheck(unpool('scale: 2', 1, [2, 2]));
    const shape = [1, 1, 2, 2];
    const { faults } = await checkGradients({
      inputs: [shape],
      build: (builder, values) => {
        const tensor = { type: float32(shape), data: Float32Array.from(mask) };
        return build(builder, [
          ...values,
          builder.apply(constant, [], { tensor }),
        ]);
      },
    });
    return faults.map((fault) => fault.split(' ')[0] ?? '');
  };

  it('has the gradients of small steps', async () => {
    expect(await faultsOf([15, 3, 0, 9])).to.deep.equal([]);
  });

  it('gives its gradient to all of several for one place (C3)', async () => {
    expect(await faultsOf([3, 3, 3, 9])).to.deep.equal(['x0[0]', 'x0[1]']);
  });

  it('fails for a place that is not in the plane (C2)', async () => {
    const layer = unpool('scale: 2', 2, [1, 1]);
    let failure: unknown;
    try {
      await runLayer({
        ...layer,
        inputs: [
          [1, 2],
          [4, 0],
        ],
      });
    } catch (error) {
      failure = error;
    }
    expect(String(failure)).to.include('is not in [0, 4)');
  });
});
