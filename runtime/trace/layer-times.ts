import type { Origin } from '../../compiler/ir/graph.js';

import type { NodeTime } from './step-stats.js';

/** What the kernels of a layer took in one pass, in milliseconds. */
export interface LayerTime {
  readonly forward: number;
  readonly backward: number;
}

export interface LayerTimes {
  readonly layers: ReadonlyMap<string, LayerTime>;
  /** Kernels of no layer: reads of variables, copies, what TensorFlow adds. */
  readonly other: number;
  /** Of all kernels. */
  readonly total: number;
}

/**
 * The layer of a node. Nodes that TensorFlow's optimiser makes bear the name of the one they
 * stand for, with something before it or after it.
 */
function originOf(
  node: string,
  origins: ReadonlyMap<string, Origin>,
): Origin | undefined {
  let name = node.replace(/^(ConstantFolding|ArithmeticOptimizer)\//, '');
  while (name !== '') {
    const found = origins.get(name);
    if (found !== undefined) return found;
    const cut = Math.max(name.lastIndexOf('-'), name.lastIndexOf('/'));
    name = cut < 0 ? '' : name.slice(0, cut);
  }
  return undefined;
}

/** Sums the kernels of `passes` traced passes by layer: the mean of one pass. */
export function layerTimes(
  nodes: readonly NodeTime[],
  origins: ReadonlyMap<string, Origin>,
  passes: number,
): LayerTimes {
  const layers = new Map<string, LayerTime>();
  let other = 0;
  let total = 0;
  for (const { node, microseconds } of nodes) {
    const time = microseconds / 1000 / passes;
    total += time;
    const origin = originOf(node, origins);
    if (origin === undefined || origin.layer === '') {
      other += time;
      continue;
    }
    const before = layers.get(origin.layer) ?? { forward: 0, backward: 0 };
    const side = origin.backward === true ? 'backward' : 'forward';
    layers.set(origin.layer, { ...before, [side]: before[side] + time });
  }
  return { layers, other, total };
}
