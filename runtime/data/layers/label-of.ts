import { noisyLabel } from '../transform/label-noise.js';
import type { TransformSettings } from '../transform/settings.js';
import { BadRecord } from './layer-source.js';

/**
 * The label that a layer gives of record number `record`, counted from 0 in its source.
 * @throws {BadRecord} Where labels get noise and this one is none of its classes.
 */
export function labelOf(
  { labelNoise }: TransformSettings,
  label: number,
  record: number,
): number {
  if (labelNoise === undefined) return label;
  const { classes } = labelNoise;
  if (label >= 0 && label < classes)
    return noisyLabel(labelNoise, label, record);
  throw new BadRecord(
    `the label ${label} is none of the ${classes} classes of rancc_label_noise`,
  );
}
