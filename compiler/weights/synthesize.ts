import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { fillStream } from './streams.js';
import {
  countOf,
  type WeightBlob,
  type WeightFile,
  type WeightLayer,
} from './weight-file.js';

export type Range = readonly [lo: number, hi: number];

/** `formula.ranges` of a golden. */
export interface FormulaRanges {
  readonly conv_gain: number;
  readonly fc_gain: number;
  readonly bias: Range;
  readonly bn_slope: Range;
  readonly bn_bias: Range;
  readonly bn_mean: Range;
  readonly bn_inv_std: Range;
  readonly input: Range;
}

/** A layer whose blobs are wanted, with their shapes in Caffe's order. */
export interface LayerToFill {
  readonly name: string;
  readonly type: string;
  readonly shapes: readonly (readonly number[])[];
}

/**
 * The weights of a golden as a weight file, so that they go the way of any other: blob i of
 * layer L is the stream `L#i`. Values are made when a blob is read.
 */
export function synthesize(
  name: string,
  layers: readonly LayerToFill[],
  ranges: FormulaRanges,
): { file: WeightFile; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const filled: WeightLayer[] = [];
  for (const layer of layers) {
    const blobs: WeightBlob[] = [];
    layer.shapes.forEach((shape, blob) => {
      const range = rangeOf(layer.type, blob, shape, ranges);
      if (range === undefined)
        diagnostics.push(
          diagnostic('weights/no-formula', {
            layer: layer.name,
            type: layer.type,
            blob,
          }),
        );
      else blobs.push(streamBlob(`${layer.name}#${blob}`, shape, range));
    });
    if (blobs.length > 0)
      filled.push({ name: layer.name, type: layer.type, blobs });
  }
  const file = { path: name, name, format: 'formula', layers: filled };
  return { file, diagnostics };
}

/** The blob of the net's input. */
export const synthesizeInput = (
  stream: string,
  shape: readonly number[],
  range: Range,
): WeightBlob => streamBlob(stream, shape, range);

function streamBlob(
  stream: string,
  shape: readonly number[],
  [lo, hi]: Range,
): WeightBlob {
  const count = countOf(shape);
  return {
    shape,
    storedAs: 'shape',
    count,
    read() {
      const values = new Float32Array(count);
      fillStream(stream, values, lo, hi);
      return values;
    },
  };
}

/** Which values the formula gives a blob; undefined where it says nothing. */
function rangeOf(
  type: string,
  blob: number,
  shape: readonly number[],
  ranges: FormulaRanges,
): Range | undefined {
  switch (type) {
    case 'Convolution':
      return [weightRange(ranges.conv_gain, shape), ranges.bias][blob];
    case 'InnerProduct':
      return [weightRange(ranges.fc_gain, shape), ranges.bias][blob];
    case 'BN':
      return [
        ranges.bn_slope,
        ranges.bn_bias,
        ranges.bn_mean,
        ranges.bn_inv_std,
      ][blob];
    default:
      return undefined;
  }
}

/** The fan-in is what one output takes in: all axes of the weights but the first. */
function weightRange(gain: number, shape: readonly number[]): Range {
  const bound = Math.sqrt((3 * gain) / countOf(shape.slice(1)));
  return [-bound, bound];
}
