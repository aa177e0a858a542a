import { drawsOf } from './draws.js';

/** Wrong labels of a share of the records. */
export interface LabelNoise {
  /** The share, from 0 to 1. */
  readonly rate: number;
  /** Labels go from 0 to one less. */
  readonly classes: number;
  readonly seed: number;
}

/**
 * The label of record number `record` of a source: with probability `rate` that of another
 * class, each as likely as the other, else its own (Residual Attention, 4.1: a matrix with
 * the share of right labels on its diagonal and equal numbers beside it). It depends on the
 * seed and the record's number alone: it is the same in every epoch and thread.
 */
export function noisyLabel(
  { rate, classes, seed }: LabelNoise,
  label: number,
  record: number,
): number {
  const draws = drawsOf(seed, 'label noise', record);
  if (draws.between(0, 1, 'noise') >= rate) return label;
  const other = draws.below(classes - 1, 'wrong class');
  return other < label ? other : other + 1;
}
