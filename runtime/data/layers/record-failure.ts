import { DataFailure } from '../data-failure.js';
import type { BadRecord } from './layer-source.js';

/** A record of a layer's source. */
export interface RecordPlace {
  readonly layer: string;
  readonly file: string;
  readonly key: string;
  readonly record: number;
}

/** The failure of a layer over one of its records. */
export const recordFailure = (
  { layer, ...place }: RecordPlace,
  bad: BadRecord,
): DataFailure =>
  new DataFailure(`layer '${layer}': ${bad.message}`, place, { cause: bad });

/** The failure of a layer over its source as a whole. */
export const sourceFailure = (
  layer: string,
  file: string,
  problem: string,
): DataFailure => new DataFailure(`layer '${layer}': ${problem}`, { file });
