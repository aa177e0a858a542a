import type { EmittedGraph } from '../../compiler/emit/graph-def.js';
import type { Origin } from '../../compiler/ir/graph.js';

import { FusedKernels } from './fused-kernels.js';
import type { NodeTime } from './step-stats.js';

/** What the kernels of a layer took in one pass, in milliseconds. */
export interface LayerTime {
  readonly forward: number;
  readonly backward: number;
}

export interface LayerTimes {
  readonly layers: ReadonlyMap<string, LayerTime>;
  /**
   * By layers whose forward pass TensorFlow computes in the kernel of another one: that one.
   * It has the time of both.
   */
  readonly within: ReadonlyMap<string, string>;
  /** Kernels of no layer: reads of variables, copies, what TensorFlow adds. */
  readonly other: number;
  /** Of all kernels. */
  readonly total: number;
}

/**
 * The emitted node that a node of TensorFlow's stands for. Nodes that the optimiser makes
 * bear the name of the one they replace, with something before it or after it.
 */
function emittedName(
  node: string,
  origins: ReadonlyMap<string, Origin>,
): string | undefined {
  let name = node.replace(/^(ConstantFolding|ArithmeticOptimizer)\//, '');
  while (name !== '') {
    if (origins.has(name)) return name;
    const cut = Math.max(name.lastIndexOf('-'), name.lastIndexOf('/'));
    name = cut < 0 ? '' : name.slice(0, cut);
  }
  return undefined;
}

/** Sums the kernels of `passes` traced passes by layer: the mean of one pass. */
export function layerTimes(
  nodes: readonly NodeTime[],
  graph: Pick<EmittedGraph, 'origins' | 'nodes'>,
  passes: number,
): LayerTimes {
  const { origins } = graph;
  const fused = new FusedKernels(graph);
  const layers = new Map<string, LayerTime>();
  const within = new Map<string, string>();
  let other = 0;
  let total = 0;
  for (const { node, op, microseconds } of nodes) {
    const time = microseconds / 1000 / passes;
    total += time;
    const emitted = emittedName(node, origins) ?? '';
    const kernel = fused.partsOf(emitted, op);
    const origin = origins.get(kernel.at(-1) ?? emitted);
    if (origin === undefined || origin.layer === '') {
      other += time;
      continue;
    }
    for (const part of kernel) {
      const layer = origins.get(part)?.layer ?? '';
      if (layer !== '' && layer !== origin.layer) {
        within.set(layer, origin.layer);
      }
    }
    const before = layers.get(origin.layer) ?? { forward: 0, backward: 0 };
    const side = origin.backward === true ? 'backward' : 'forward';
    layers.set(origin.layer, { ...before, [side]: before[side] + time });
  }
  return { layers, within, other, total };
}
