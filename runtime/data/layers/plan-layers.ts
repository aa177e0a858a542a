import type { Diagnostic } from '../../../compiler/diagnostics.js';

import type { LayerPlan } from './layer-plan.js';
import { planDatabase } from './plan-database.js';
import { planHdf5 } from './plan-hdf5.js';
import { planImageList } from './plan-image-list.js';
import { planWindows } from './plan-windows.js';
import {
  type Layer,
  type Planned,
  planning,
  type PlanOptions,
} from './planning.js';

type Planner = (layer: Layer, options: PlanOptions) => Promise<Planned>;

/** The layers that read files; the others are filled by the caller or by the graph. */
const planners: ReadonlyMap<string, Planner> = new Map([
  ['Data', planDatabase],
  ['ImageData', planImageList],
  ['HDF5Data', planHdf5],
  ['WindowData', planWindows],
]);

export interface PlannedLayers {
  readonly plans: readonly LayerPlan[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens the sources of a net's data layers once, for their shapes and sizes. */
export async function planLayers(
  layers: readonly Layer[],
  options: PlanOptions,
): Promise<PlannedLayers> {
  const plans: LayerPlan[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const layer of layers) {
    const planner = planners.get(layer.get('type'));
    if (planner === undefined) continue;
    const planned = await planning(() => planner(layer, options));
    diagnostics.push(...planned.diagnostics);
    if (planned.plan !== undefined) plans.push(planned.plan);
  }
  return { plans, diagnostics };
}
