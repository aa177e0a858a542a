import { shapeText } from '../../compiler/ir/types.js';

import type { DatabaseMean } from '../../runtime/data/tools/mean.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { countText, measureText } from './number-text.js';

/** The mean of a database, and where it was written. */
export interface MeanReport {
  readonly path: string;
  readonly output: string | undefined;
  readonly mean: DatabaseMean;
}

const shapeOf = ({ image }: DatabaseMean): readonly number[] => [
  image.channels,
  image.height,
  image.width,
];

export const meanJson = ({ path, output, mean }: MeanReport): JsonValue => ({
  database: path,
  file: output ?? null,
  images: mean.count,
  decoded: mean.decoded,
  shape: shapeOf(mean),
  channels: mean.channels,
});

/** The lines of compute_image_mean at the end. */
export const meanView = ({
  path,
  output,
  mean,
}: MeanReport): readonly Block[] => [
  {
    kind: 'facts',
    facts: [
      ['database', path],
      ['images', countText(mean.count)],
      ['shape', shapeText(shapeOf(mean))],
      ...(output === undefined ? [] : [['written', output] as const]),
    ],
  },
  { kind: 'line', text: `Number of channels: ${mean.image.channels}` },
  ...Array.from(mean.channels, (value, channel): Block => {
    const text = measureText(value, 6);
    return { kind: 'line', text: `mean_value channel [${channel}]: ${text}` };
  }),
];
