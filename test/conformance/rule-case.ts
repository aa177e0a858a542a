import { expect } from 'chai';

import type { Shape } from '../../compiler/ir/types.js';

import { type Checked, checkGradients } from '../support/gradient-check.js';
import type { OneLayer } from '../support/one-layer.js';
import { layerToCheck, madeUp, runLayer } from '../support/run-layer.js';

/** Numbers of a top, each by its place in the top: item, channel, row, column. */
function computed(
  [items = 1, channels = 1, rows = 1, columns = 1]: Shape,
  valueAt: (n: number, c: number, h: number, w: number) => number,
): readonly number[] {
  const numbers: number[] = [];
  for (let n = 0; n < items; n++) {
    for (let c = 0; c < channels; c++) {
      for (let h = 0; h < rows; h++) {
        for (let w = 0; w < columns; w++) numbers.push(valueAt(n, c, h, w));
      }
    }
  }
  return numbers;
}

/** Reads numbers as a blob of that shape. */
export const readAs =
  (data: Float32Array | undefined, [, C = 1, H = 1, W = 1]: Shape) =>
  (n: number, c: number, h: number, w: number): number =>
    data?.[((n * C + c) * H + h) * W + w] ?? NaN;

export const near = (
  found: readonly number[] | undefined,
  wanted: readonly number[],
): void => {
  expect(found).to.have.length(wanted.length);
  found?.forEach((value, at) => {
    const expected = wanted[at] ?? NaN;
    const bound = 1e-6 * Math.max(1, Math.abs(expected));
    expect(value, `at ${at}`).to.be.closeTo(expected, bound);
  });
};

/** A layer, the rule for its numbers written out, and how its gradient is checked. */
export interface RuleCase extends OneLayer {
  readonly top: Shape;
  readonly data?: readonly (readonly number[])[];
  readonly wanted: (
    inputs: readonly Float32Array[],
    n: number,
    c: number,
    h: number,
    w: number,
  ) => number;
  readonly parameters?: readonly (readonly number[])[];
  readonly check?: Partial<Checked>;
}

/** Two tests: of the numbers of the rule, and of the gradients. */
export function testRule(name: string, layer: RuleCase): void {
  it(`have the numbers of the rule: ${name}`, async () => {
    const inputs =
      layer.data?.map((each) => Float32Array.from(each)) ?? madeUp(layer);
    const [found] = await runLayer({ ...layer, inputs });
    expect(found?.shape).to.deep.equal(layer.top);
    near(
      found?.data,
      computed(layer.top, (...place) => layer.wanted(inputs, ...place)),
    );
  });

  it(`have the gradients of small steps: ${name}`, async () => {
    const { compared, faults } = await checkGradients({
      ...layerToCheck(layer),
      ...layer.check,
    });
    expect(compared).to.be.above(0);
    expect(faults).to.deep.equal([]);
  });
}
