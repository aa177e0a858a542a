import type { Net } from '../net/net.js';
import type { SplitLayer } from './split-layers.js';

/** What of a layer Caffe goes back through. */
export interface BackwardNeeds {
  /** Whether the layer has a backward pass at all. */
  readonly isNeeded: boolean;
  /** By bottom. */
  readonly bottoms: readonly boolean[];
  /** By parameter. */
  readonly parameters: readonly boolean[];
}

interface Needs {
  isNeeded: boolean;
  bottoms: boolean[];
  readonly parameters: readonly boolean[];
}

/** By the multipliers that are written: what a layer sets itself is not asked (net.cpp, Init). */
const parameterNeeds = ({ layer }: SplitLayer): readonly boolean[] =>
  layer?.parameters.map(
    ({ index }) =>
      (layer.message.get('param')[index]?.get('lr_mult') ?? 1) !== 0,
  ) ?? [];

/** From the first layer on: who has learnable parameters above it. */
function needsFromAbove(layers: readonly SplitLayer[]): readonly Needs[] {
  const blobs = new Set<string>();
  return layers.map((each) => {
    const propagated = each.layer?.message.get('propagate_down') ?? [];
    const reached = each.bottoms.map(({ name }) => blobs.has(name));
    const parameters = parameterNeeds(each);
    const isNeeded = [...reached, ...parameters].includes(true);
    if (isNeeded) for (const { name } of each.tops) blobs.add(name);
    return {
      isNeeded,
      bottoms: reached.map((isReached, at) => propagated[at] ?? isReached),
      parameters,
    };
  });
}

/** From the last layer on: what leads to no loss, or only to what is not gone back through. */
function restrictFromBelow(
  layers: readonly SplitLayer[],
  needs: readonly Needs[],
): void {
  const underLoss = new Set<string>();
  const skipped = new Set<string>();
  for (const [at, { bottoms, tops }] of [...layers.entries()].toReversed()) {
    const own = needs[at];
    if (own === undefined) continue;
    const contributes = tops.some(
      ({ name, blob }) => blob.lossWeight !== 0 || underLoss.has(name),
    );
    const isSkipped = tops.every(({ name }) => skipped.has(name));
    if (own.isNeeded && isSkipped) {
      own.isNeeded = false;
      own.bottoms = own.bottoms.map(() => false);
    }
    if (!contributes) {
      own.isNeeded = false;
      own.bottoms = own.bottoms.map(() => false);
    }
    bottoms.forEach(({ name }, index) => {
      if (contributes) underLoss.add(name);
      if (own.bottoms[index] !== true) skipped.add(name);
    });
  }
}

/**
 * Which layers, bottoms and parameters Caffe computes gradients of (net.cpp, Init), by layer.
 * `force_backward` wants all of them.
 */
export function backwardNeeds(
  { forceBackward }: Net,
  layers: readonly SplitLayer[],
): readonly BackwardNeeds[] {
  const needs = needsFromAbove(layers);
  restrictFromBelow(layers, needs);
  if (!forceBackward) return needs;
  return needs.map(({ bottoms, parameters }) => ({
    isNeeded: true,
    bottoms: bottoms.map(() => true),
    parameters: parameters.map(() => true),
  }));
}
