import { expect } from 'chai';

import { lowerNet } from '../../../compiler/lower.js';
import { constant } from '../../../compiler/ops/constant.js';
import { readNet } from '../../../compiler/read-net.js';

import { attributesOf } from '../../support/lowered.js';
import { oneLayerText, refusalOf, topsOf } from '../../support/one-layer.js';

const priorBox = (param: string, map: readonly number[] = [2, 7, 3, 5]) => ({
  type: 'PriorBox',
  dialect: 'ssd' as const,
  bottoms: [map, [2, 3, 100, 200]],
  fields: `prior_box_param { ${param} }`,
});

/** The numbers of the top for a map of one place, with an image of 100 x 200. */
function numbersOf(param: string): readonly number[] {
  const { net } = readNet({
    name: 'net.prototxt',
    text: oneLayerText({
      ...priorBox(param),
      bottoms: [
        [1, 1, 1, 1],
        [1, 1, 100, 200],
      ],
    }),
  });
  if (net === undefined) throw new Error('the net is refused');
  const blobs = net.outputs;
  const graph = lowerNet(net, { observed: { kind: 'blobs', blobs } });
  const [attributes] = attributesOf(graph, constant);
  return [...(attributes?.tensor.data ?? [])];
}

const near = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).to.have.length(wanted.length);
  found.forEach((value, at) => {
    expect(value, `at ${at}`).to.be.closeTo(wanted[at] ?? NaN, 1e-6);
  });
};

describe('PriorBox layer', () => {
  it('has as many boxes as sizes and aspect ratios make (C1, C2)', () => {
    for (const [param, boxes] of [
      ['min_size: 30', 1],
      ['min_size: 30 max_size: 60', 2],
      ['min_size: 30 aspect_ratio: 2', 3],
      ['min_size: 30 aspect_ratio: 2 flip: false', 2],
      ['min_size: 30 aspect_ratio: 1 aspect_ratio: 2 aspect_ratio: 0.5', 3],
      [
        'min_size: 30 min_size: 40 max_size: 60 max_size: 70 aspect_ratio: 2',
        8,
      ],
    ] as const) {
      expect(topsOf(priorBox(param)), param).to.deep.equal([
        `1x2x${4 * 15 * boxes}`,
      ]);
    }
  });

  it('lays them around the middle of each place (C1, C3)', () => {
    const variances = [0.1, 0.1, 0.1, 0.1];
    near(numbersOf('min_size: 20.9'), [0.45, 0.4, 0.55, 0.6, ...variances]);
    near(numbersOf('min_size: 20 max_size: 80'), [
      ...[0.45, 0.4, 0.55, 0.6],
      ...[0.4, 0.3, 0.6, 0.7],
      ...variances,
      ...variances,
    ]);
    near(numbersOf('min_size: 20 aspect_ratio: 4'), [
      ...[0.45, 0.4, 0.55, 0.6],
      ...[0.4, 0.45, 0.6, 0.55],
      ...[0.475, 0.3, 0.525, 0.7],
      ...variances,
      ...variances,
      ...variances,
    ]);
    near(
      numbersOf(
        'min_size: 20 img_size: 40 step_w: 8 step_h: 16 offset: 0.25 variance: 1 variance: 2 variance: 3 variance: 4',
      ),
      [-0.2, -0.15, 0.3, 0.35, 1, 2, 3, 4],
    );
  });

  it('clips them if it is told to (C4)', () => {
    near(numbersOf('min_size: 300 clip: true variance: 0.5'), [
      ...[0, 0, 1, 1],
      ...[0.5, 0.5, 0.5, 0.5],
    ]);
  });

  it('refuses what makes no sense', () => {
    for (const [param, reason] of [
      ['', 'min_size is missing'],
      ['min_size: 0', 'min_size must be above 0'],
      ['min_size: 30 aspect_ratio: -1', 'aspect_ratio must be above 0'],
      [
        'min_size: 30 min_size: 40 max_size: 60',
        'max_size is given 1 times, min_size 2 times',
      ],
      ['min_size: 30 max_size: 30', 'max_size 30 must be above min_size 30'],
      [
        'min_size: 30 variance: 1 variance: 2',
        'variance must be given once or four times, not 2 times',
      ],
      [
        'min_size: 30 img_size: 4 img_h: 5',
        'give img_size or img_h and img_w, not both',
      ],
      ['min_size: 30 img_h: 5', 'img_w must be above 0'],
      ['min_size: 30 step: 0', 'step must be above 0'],
    ] as const) {
      expect(refusalOf(priorBox(param)), param).to.equal(`refused: ${reason}`);
    }
  });
});
