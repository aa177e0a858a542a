import type { NetMember } from './family.js';
import type { NetBuilder } from './net-builder.js';
import type { ResidualUnit } from './residual-unit.js';
import type { Stage } from './stage.js';
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
  member: NetMember,
): void {
  net.section('Input and stem');
  const data = net.input('data', [1, 3, 224, 224]);
  const stem = net.convolution('conv1', data, {
    channels: 64,
    kernel: 7,
    stride: 2,
  });
  let top = net.maxPool('pool1_3x3_s2', net.batchNormRelu(stem));

  for (const [index, stage] of stages.entries()) {
    const modules = member.modules[index] ?? 0;
    top = addStage(net, unit, top, stage, modules, member.module);
  }

  net.section('After the stages: 2048 channels of 7x7 pixels');
  const channels = 2048;
  top = unit.add(net, 'post_res_4_1', top, {
    channels,
    projection: { stride: 2 },
  });
  top = unit.add(net, 'post_res_4_2', top, { channels });
  top = unit.add(net, 'post_res_4_3', top, { channels });

  addClassifier(net, unit, top, 7, 1000);
}
