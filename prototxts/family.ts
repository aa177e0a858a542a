import type { ModuleDepth } from './attention-module.js';
import { type Dataset, type UnitName } from './choices.js';
import { preact } from './preact.js';
import type { ResidualUnit } from './residual-unit.js';
import { resnext } from './resnext.js';

export const depths = [56, 92, 128, 164, 236, 452] as const;
export type Depth = (typeof depths)[number];

export const residualUnits = { preact, resnext } as const satisfies Readonly<
  Record<UnitName, ResidualUnit>
>;

/** A net of the family, by its number of weighted layers along the trunks. */
export interface NetMember {
  readonly depth: Depth;
  /** Attention modules in the stages A, B and C. */
  readonly modules: readonly [number, number, number];
  /** The hyper-parameters of all its modules. */
  readonly module: ModuleDepth;
}

const usual: ModuleDepth = { p: 1, t: 2, r: 1 };

/** Paper, table 2 (56) and section 4.2 (92). */
const imagenet: readonly NetMember[] = [
  { depth: 56, modules: [1, 1, 1], module: usual },
  { depth: 92, modules: [1, 2, 3], module: usual },
];

/** Paper, section 4.1. */
const cifar: readonly NetMember[] = [
  { depth: 56, modules: [1, 1, 1], module: usual },
  { depth: 92, modules: [2, 2, 2], module: usual },
  { depth: 128, modules: [3, 3, 3], module: usual },
  { depth: 164, modules: [4, 4, 4], module: usual },
  { depth: 236, modules: [6, 6, 6], module: usual },
  { depth: 452, modules: [6, 6, 6], module: { p: 2, t: 4, r: 3 } },
];

/** Which nets there are. The authors have ResNeXt units for ImageNet only. */
export const family: Readonly<
  Record<Dataset, Readonly<Record<UnitName, readonly NetMember[]>>>
> = {
  imagenet: { preact: imagenet, resnext: imagenet },
  cifar10: { preact: cifar, resnext: [] },
  cifar100: { preact: cifar, resnext: [] },
};

export function netName(unit: UnitName, depth: number): string {
  return `${residualUnits[unit].family}-${depth}`;
}
