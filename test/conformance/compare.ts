import { type CaseBlob, type LayerCase, numberOf } from './layer-case.js';

export interface Comparison {
  readonly what: string;
  /** max|a - b| / max|b|, or max|a - b| where b is all zero; Infinity where a place differs in kind. */
  readonly difference: number;
  readonly tolerance: number;
  /** What cannot be said by a difference: a missing blob, another shape. */
  readonly fault?: string;
}

export const isWithin = ({
  difference,
  tolerance,
  fault,
}: Comparison): boolean => fault === undefined && difference <= tolerance;

/** |a - b| where both are numbers; 0 or Infinity where NaN or an infinity has a part. */
function apart(a: number, b: number): number {
  if (Number.isFinite(a) && Number.isFinite(b)) return Math.abs(a - b);
  return Object.is(a, b) ? 0 : Infinity;
}

/** The difference of two lists of numbers, by the largest of the expected ones. */
export function differenceOf(
  found: readonly number[],
  expected: readonly number[],
): number {
  let largest = 0;
  let difference = 0;
  expected.forEach((value, at) => {
    if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, apart(found[at] ?? NaN, value));
  });
  return largest === 0 ? difference : difference / largest;
}

export function compareBlobs(
  what: string,
  found: CaseBlob | undefined,
  expected: CaseBlob,
  tolerance: number,
): Comparison {
  const failed = (fault: string): Comparison => ({
    what,
    difference: Infinity,
    tolerance,
    fault,
  });
  if (found === undefined) return failed('is missing');
  const [has, wants] = [found.shape.join('x'), expected.shape.join('x')];
  if (has !== wants) return failed(`is ${has || 'scalar'}, not ${wants}`);
  const difference = differenceOf(
    found.data.map(numberOf),
    expected.data.map(numberOf),
  );
  return { what, difference, tolerance };
}

/** Layers that move numbers and compute none. */
const moversAndChoosers = new Set([
  'Accuracy',
  'ArgMax',
  'BatchReindex',
  'Concat',
  'Crop',
  'DummyData',
  'Embed',
  'Filter',
  'Flatten',
  'Input',
  'Parameter',
  'ReLU',
  'Reshape',
  'Silence',
  'Slice',
  'Split',
  'Threshold',
  'Tile',
]);

/** How far outputs, blobs, the loss and parameters after forward may be off. */
export function forwardTolerance(layerType: string, net: string): number {
  const isMaxPool =
    layerType === 'Pooling' && !/pool:\s*(AVE|STOCHASTIC)/.test(net);
  return isMaxPool || moversAndChoosers.has(layerType) ? 1e-6 : 1e-5;
}

/** Constants and bilinear weights of fillers. */
export const fillerTolerance = 1e-6;

/** Gradients; in whole graphs that train a normalisation, sums nearly cancel. */
export const gradientTolerance = (
  { layer_type, net, phase }: LayerCase,
  of: 'input' | 'parameter',
): number =>
  layer_type === '_graphs' &&
  of === 'parameter' &&
  phase === 'TRAIN' &&
  /type: *"(BN|BatchNorm)"/.test(net)
    ? 5e-4
    : 1e-4;
