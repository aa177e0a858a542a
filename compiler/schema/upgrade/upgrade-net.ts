import { type Diagnostic, isError } from '../../diagnostics.js';
import type { Message } from '../message.js';
import type { NetStep } from './net-step.js';
import { upgradeBatchNorm } from './upgrade-batch-norm.js';
import { upgradeDataTransformation } from './upgrade-data-transformation.js';
import { upgradeInputs } from './upgrade-inputs.js';
import { upgradeV0Layers } from './upgrade-v0-layers.js';
import { upgradeV1Layers } from './upgrade-v1-layers.js';

/** In the order in which Caffe does them: each takes what those before make. */
const steps: readonly NetStep[] = [
  upgradeV0Layers,
  upgradeDataTransformation,
  upgradeV1Layers,
  upgradeInputs,
  upgradeBatchNorm,
];

export interface UpgradedNet {
  /** In today's form; undefined where an error is among the diagnostics. */
  readonly net: Message<'NetParameter'> | undefined;
  /** What was done; nothing to a net in today's form. */
  readonly steps: readonly NetStep['name'][];
  /** Whether nothing had to be left out. */
  readonly isComplete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Brings a net of any age to today's form, as Caffe does when it reads one from a file. */
export function upgradeNet(net: Message<'NetParameter'>): UpgradedNet {
  const done: NetStep['name'][] = [];
  const diagnostics: Diagnostic[] = [];
  let upgraded: Message<'NetParameter'> | undefined = net;
  for (const step of steps) {
    if (!step.isNeeded(upgraded)) continue;
    const result = step.upgrade(upgraded);
    done.push(step.name);
    diagnostics.push(...result.diagnostics);
    upgraded = result.net;
    if (upgraded === undefined || diagnostics.some(isError)) break;
  }
  return {
    net: upgraded,
    steps: done,
    isComplete: diagnostics.length === 0,
    diagnostics,
  };
}
