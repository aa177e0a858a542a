import { expect } from 'chai';

import { readNet } from '../../../compiler/read-net.js';

import { inputText, layerText } from '../../support/lowered.js';
import { refusalOf, topsOf } from '../../support/one-layer.js';

const detection = (
  param: string,
  [locations, confidences, priors]: readonly (readonly number[])[] = [
    [2, 40],
    [2, 30],
    [1, 2, 40],
  ],
) => ({
  type: 'DetectionOutput',
  dialect: 'ssd' as const,
  bottoms: [locations ?? [], confidences ?? [], priors ?? []],
  fields: `detection_output_param { ${param} }`,
});

describe('DetectionOutput layer', () => {
  it('has as many rows as there are detections', () => {
    expect(topsOf(detection('num_classes: 3'))).to.deep.equal(['1x1x?x7']);
    expect(
      topsOf(
        detection('num_classes: 3 share_location: false', [
          [2, 120],
          [2, 30],
          [1, 2, 40],
        ]),
      ),
    ).to.deep.equal(['1x1x?x7']);
  });

  it('is the last of its net', () => {
    const { diagnostics } = readNet({
      name: 'net.prototxt',
      text:
        inputText('l', [2, 40]) +
        inputText('c', [2, 30]) +
        inputText('p', [1, 2, 40]) +
        layerText(
          'd',
          'DetectionOutput',
          ['l', 'c', 'p'],
          'detection_output_param { num_classes: 3 }',
        ) +
        layerText('r', 'ReLU', 'd'),
    });
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      "ReLU layer 'r': only the data tell how many items bottom 0 has, and ReLU layers do not take such bottoms yet",
    ]);
  });

  it('refuses bottoms that do not go together', () => {
    for (const [param, bottoms, reason] of [
      [
        'num_classes: 3',
        [
          [2, 44],
          [2, 30],
          [1, 2, 40],
        ],
        'bottom 0 must be 2x40 for 10 boxes, 3 classes, not 2x44',
      ],
      [
        'num_classes: 4',
        undefined,
        'bottom 1 must be 2x40 for 10 boxes, 4 classes, not 2x30',
      ],
      [
        'num_classes: 3',
        [
          [2, 40],
          [2, 30],
          [2, 40],
        ],
        'bottom 0 must be 2x0 for 0 boxes, 3 classes, not 2x40',
      ],
      [
        'num_classes: 3',
        [
          [2, 40],
          [2, 30],
          [1, 1, 40],
        ],
        'the priors (bottom 2) must be 1x2x(4 * boxes), not 1x1x40',
      ],
    ] as const) {
      expect(refusalOf(detection(param, bottoms))).to.equal(
        `refused: ${reason}`,
      );
    }
  });

  it('refuses options that it does not honour', () => {
    for (const [param, reason] of [
      ['', 'num_classes is missing'],
      [
        'num_classes: 3 nms_param { nms_threshold: -1 }',
        'nms_threshold must not be negative, as -1',
      ],
      [
        'num_classes: 3 nms_param { eta: 2 }',
        'eta must be above 0 and at most 1, not 2',
      ],
      [
        'num_classes: 3 nms_param { eta: 0.5 nms_threshold: 0.75 }',
        'an eta below 1, which lowers a threshold above 0.5, is not supported',
      ],
      ['num_classes: 3 nms_param { top_k: 0 }', 'top_k: 0 keeps nothing'],
      ['num_classes: 3 keep_top_k: 0', 'keep_top_k: 0 keeps nothing'],
      [
        'num_classes: 3 save_output_param { output_directory: "out" }',
        'writing detections to files is not supported; take the top instead',
      ],
      [
        'num_classes: 3 visualize: true',
        'visualize is not supported; take the top instead',
      ],
    ] as const) {
      expect(refusalOf(detection(param)), param).to.equal(`refused: ${reason}`);
    }
    expect(
      refusalOf(
        detection('num_classes: 1', [
          [2, 40],
          [2, 10],
          [1, 2, 40],
        ]),
      ),
    ).to.equal('refused: there is no class but the background');
  });
});
