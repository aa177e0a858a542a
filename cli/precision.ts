import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import type { Pipeline } from '../compiler/passes/index.js';
import { inBfloat16, type Precision } from '../compiler/passes/precision.js';

import { bfloat16Support } from '../runtime/native/bfloat16-support.js';
import {
  type DeviceReport,
  deviceReport,
} from '../runtime/native/device-report.js';

import { type Emit, runStage } from './events.js';

export interface PrecisionFlags {
  readonly precision: Precision;
}

/**
 * The pipeline for a graph that runs elsewhere too: in bfloat16 is what every kernel sums in
 * float32.
 */
export const portablePipeline = (
  { precision }: PrecisionFlags,
  pipeline: Pipeline,
  frozen = false,
): Pipeline =>
  precision === 'fp32'
    ? pipeline
    : inBfloat16(pipeline, { sumInFloat32: false, frozen });

/** Of commands that take no gradients. */
export const forwardOnly = { differentiates: false } as const;

/** The pipeline for a graph that runs here, once; tells where this machine gains nothing. */
export async function pipelineHere(
  { precision }: PrecisionFlags,
  pipeline: Pipeline,
  emit: Emit,
  { differentiates }: { readonly differentiates: boolean },
): Promise<Pipeline> {
  if (precision === 'fp32') return pipeline;
  const report = await runStage(emit, 'looking at the machine', deviceReport);
  const { arithmetic, sumInFloat32 } = bfloat16Support(report);
  const device = deviceName(report);
  const diagnostics: readonly Diagnostic[] = [
    ...(arithmetic
      ? []
      : [diagnostic('run/no-bfloat16-arithmetic', { device })]),
    ...(sumInFloat32 || !differentiates
      ? []
      : [diagnostic('run/float32-gradients', { device })]),
  ];
  emit({ kind: 'diagnostics', diagnostics });
  return inBfloat16(pipeline, { sumInFloat32 });
}

/** The device that graphs run on. */
function deviceName({ devices, oneDnn }: DeviceReport): string {
  const gpu = devices.find(({ kind }) => kind === 'GPU');
  if (gpu !== undefined) return gpu.name;
  const processor = `this processor (${devices[0]?.name ?? 'unknown'})`;
  return oneDnn ? processor : `${processor}, without oneDNN,`;
}
