import { availableParallelism } from 'node:os';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import type { Shape } from '../../compiler/ir/types.js';
import type { Message } from '../../compiler/schema/message.js';

import type { LayerPlan } from './layers/layer-plan.js';
import { planLayers } from './layers/plan-layers.js';
import type { NetDataOptions, OpenedNetData } from './net-data.js';
import { BatchLayout } from './pipeline/batch-layout.js';
import { type Filler, PassFiller } from './pipeline/pass-filler.js';
import { PrefetchedData } from './pipeline/prefetched-data.js';
import { WorkersFiller } from './pipeline/worker-filler.js';

type Layers = readonly Message<'LayerParameter'>[];

/** Bytes of batches that are ready or being filled, where nothing else is said. */
const usualMemory = 512 << 20;
const mostWorkers = 8;
/** DataParameter's default; the other layers have no such option. */
const usualPrefetch = 4;

/**
 * Opens the data layers of a net that read files: Data, ImageData, HDF5Data and WindowData.
 * `layers` are those of one state. Whatever the number of workers, batches are the same; with
 * `workers: 0` the calling thread itself fills each batch when it is asked for.
 */
export async function openNetData(
  layers: Layers,
  options: NetDataOptions,
): Promise<OpenedNetData> {
  const { phase, seed, skipBad = false, position = {} } = options;
  const planning = { phase, seed, skipBad, ignoresAbsent: false };
  const { plans, diagnostics } = await planLayers(layers, planning);
  if (plans.length === 0 || diagnostics.some(isError)) {
    return { data: undefined, diagnostics };
  }
  const workers = options.workers ?? usualWorkers(plans);
  const data = new PrefetchedData({
    layers: plans,
    filler: fillerFor(plans, workers),
    position,
    ahead:
      workers === 0
        ? 0
        : passesAhead(layers, plans, workers, options.memory ?? usualMemory),
  });
  return { data, diagnostics };
}

export interface SourceShapes {
  /** Of the tops of those layers whose source is there. */
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The shapes that the sources tell; those that are not there tell nothing. */
export async function shapesOfSources(
  layers: Layers,
  phase: 'TRAIN' | 'TEST',
): Promise<SourceShapes> {
  const planning = { phase, seed: 0, skipBad: true, ignoresAbsent: true };
  const { plans, diagnostics } = await planLayers(layers, planning);
  const tops = plans.flatMap((plan) => plan.tops);
  return {
    shapes: new Map(tops.map(({ name, shape }) => [name, shape])),
    diagnostics,
  };
}

const fillerFor = (plans: readonly LayerPlan[], workers: number): Filler =>
  workers === 0 ? new PassFiller(plans) : new WorkersFiller(plans, workers);

/** One processor is left to the rest; HDF5 files are whole in memory, once. */
function usualWorkers(plans: readonly LayerPlan[]): number {
  if (plans.every(({ source }) => source.kind === 'hdf5')) return 1;
  return Math.min(Math.max(availableParallelism() - 1, 1), mostWorkers);
}

/** At least one: without it, workers would have nothing to do. */
function passesAhead(
  layers: Layers,
  plans: readonly LayerPlan[],
  workers: number,
  memory: number,
): number {
  const { bytes } = new BatchLayout(plans);
  const prefetch = layers
    .filter((layer) => layer.get('type') === 'Data')
    .map((layer) => layer.get('data_param').get('prefetch'));
  const wanted = Math.max(...prefetch, usualPrefetch, 2 * workers);
  return Math.max(1, Math.min(wanted, Math.floor(memory / bytes)));
}
