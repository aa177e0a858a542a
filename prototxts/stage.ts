import type { Attention } from './attention-module.js';
import { addAttentionModule } from './attention-module.js';
import type { NetMember } from './family.js';
import type { NetBuilder } from './net-builder.js';
import type { ResidualUnit } from './residual-unit.js';

/** Part of a net that works at one size: a unit that gets there, and attention modules. */
export interface Stage {
  readonly letter: 'A' | 'B' | 'C';
  /** The number in the names of its units. */
  readonly number: 1 | 2 | 3;
  readonly channels: number;
  /** Width and height of its blobs at the deploy net's input size. */
  readonly pixels: number;
  /** Of the unit that leads into the stage. */
  readonly stride: 1 | 2;
  /** In the masks; they bring every stage to the same smallest picture. */
  readonly poolings: number;
}

/** Which net, and with which attention. */
export interface NetPlan {
  readonly member: NetMember;
  readonly attention: Attention;
  readonly classes: number;
}

export function addStage(
  net: NetBuilder,
  unit: ResidualUnit,
  bottom: string,
  stage: Stage,
  { member, attention }: NetPlan,
): string {
  const { letter, number, channels, pixels, stride, poolings } = stage;
  net.section(
    `Stage ${letter}: ${channels} channels of ${pixels}x${pixels} pixels`,
  );
  let top = unit.add(net, `pre_res_${number}`, bottom, {
    channels,
    projection: { stride },
  });
  for (let k = 1; k <= (member.modules[number - 1] ?? 0); k++) {
    top = addAttentionModule(net, unit, `Attention${letter}_${k}`, top, {
      depth: member.module,
      channels,
      poolings,
      attention,
    });
  }
  return top;
}

/** The mean over all pixels, and a score of each class. */
export function addClassifier(
  net: NetBuilder,
  unit: ResidualUnit,
  bottom: string,
  pixels: number,
  classes: number,
): string {
  net.section('Classifier');
  const pooled = net.averagePool(
    'ave_pool',
    unit.activate(net, bottom),
    pixels,
  );
  return net.innerProduct('classifier', pooled, classes);
}
