import type { Diagnostic } from '../../compiler/diagnostics.js';
import type { Blob, Net } from '../../compiler/net/net.js';

import type { Tensor } from '../tensor.js';

/** How far a blob is from the reference's. */
export interface Distance {
  readonly maxAbs: number;
  /** Relative to the scale by which the reference's format judges. */
  readonly maxRel: number;
  readonly passed: boolean;
}

/** What a forward pass of the reference Caffe left behind. */
export interface Reference {
  /** Shapes that the net's inputs must have, by blob. */
  readonly inputShapes: ReadonlyMap<string, readonly number[]>;
  /** What the reference was fed, by input blob. */
  readonly inputs: ReadonlyMap<string, Tensor>;
  /** The shape that it has of a top; undefined where it has none. */
  shapeOf(blob: Blob): readonly number[] | undefined;
  /** Compares the top of a layer, right after it ran; undefined where nothing is known of it. */
  compareTop(blob: Blob, computed: Tensor): Distance | undefined;
  /** Compares an output of the whole net. */
  compareOutput(name: string, computed: Tensor): Distance | undefined;
  /** The reference's whole values of a top, where it holds them. */
  valuesOf(blob: Blob): Tensor | undefined;
}

export interface OpenedReference {
  readonly reference: Reference | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes a reference for a net: which blobs its inputs are is known only then. */
export type ReferenceFor = (net: Net) => OpenedReference;

type Numbers = Float32Array | readonly number[];

/** Largest difference of two arrays of one length; NaN counts as the largest there is. */
export function largestDifference(
  computed: Numbers,
  expected: Numbers,
): number {
  let largest = computed.length === expected.length ? 0 : Infinity;
  for (let at = 0; at < expected.length; at++) {
    const left = computed[at] ?? NaN;
    const right = expected[at] ?? NaN;
    if (Object.is(left, right)) continue;
    const difference = Math.abs(left - right);
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return Infinity;
  }
  return largest;
}

function largestFinite(values: Numbers): number {
  let largest = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > largest && size !== Infinity) largest = size;
  }
  return largest;
}

/** max|a - b| <= tolerance * max|b|; where b is all zero, the tolerance itself. */
export function distanceOf(
  computed: Numbers,
  expected: Numbers,
  tolerance: number,
): Distance {
  const maxAbs = largestDifference(computed, expected);
  const scale = largestFinite(expected);
  const maxRel = maxAbs === 0 ? 0 : maxAbs / (scale === 0 ? 1 : scale);
  return { maxAbs, maxRel, passed: maxRel <= tolerance };
}
