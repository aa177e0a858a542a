import type { NetBuilder } from './net-builder.js';
import type { ResidualUnit } from './residual-unit.js';
import type { NetPlan, Stage } from './stage.js';
import { addClassifier, addStage } from './stage.js';

const stages = [
  { letter: 'A', number: 1, channels: 256, pixels: 56, stride: 1, poolings: 3 },
  { letter: 'B', number: 2, channels: 512, pixels: 28, stride: 2, poolings: 2 },
  {
    letter: 'C',
    number: 3,
    channels: 1024,
    pixels: 14,
    stride: 2,
    poolings: 1,
  },
] as const satisfies readonly Stage[];

/**
 * The nets for ImageNet (paper, table 2), layer for layer as the authors published them.
 * The numbers of pixels hold for the input of 224x224.
 */
export function addImagenetLayers(
  net: NetBuilder,
  unit: ResidualUnit,
  data: string,
  plan: NetPlan,
): string {
  const stem = net.convolution('conv1', data, {
    channels: 64,
    kernel: 7,
    stride: 2,
  });
  let top = net.maxPool('pool1_3x3_s2', net.batchNormRelu(stem));

  for (const stage of stages) {
    top = addStage(net, unit, top, stage, plan);
  }

  net.section('After the stages: 2048 channels of 7x7 pixels');
  const channels = 2048;
  top = unit.add(net, 'post_res_4_1', top, {
    channels,
    projection: { stride: 2 },
  });
  top = unit.add(net, 'post_res_4_2', top, { channels });
  top = unit.add(net, 'post_res_4_3', top, { channels });

  return addClassifier(net, unit, top, 7, plan.classes);
}
