import type { NetBuilder } from './net-builder.js';
import type { ResidualUnit } from './residual-unit.js';
import type { NetPlan, Stage } from './stage.js';
import { addClassifier, addStage } from './stage.js';

const stages = [
  { letter: 'A', number: 1, channels: 64, pixels: 32, stride: 1, poolings: 3 },
  { letter: 'B', number: 2, channels: 128, pixels: 16, stride: 2, poolings: 2 },
  { letter: 'C', number: 3, channels: 256, pixels: 8, stride: 2, poolings: 1 },
] as const satisfies readonly Stage[];

/**
 * The nets for CIFAR-10 and CIFAR-100 (paper, section 4.1): three stages of m modules
 * each, 36m + 20 layers deep. Their layout beyond that was not published; README.md says
 * how this one was chosen.
 */
export function addCifarLayers(
  net: NetBuilder,
  unit: ResidualUnit,
  data: string,
  plan: NetPlan,
): string {
  // The first unit activates it.
  let top = net.convolution('conv1', data, { channels: 16, kernel: 3 });

  for (const stage of stages) {
    top = addStage(net, unit, top, stage, plan);
    net.section(`Stage ${stage.letter}: the unit after its modules`);
    top = unit.add(net, `post_res_${stage.number}`, top, {
      channels: stage.channels,
    });
  }

  return addClassifier(net, unit, top, 8, plan.classes);
}
