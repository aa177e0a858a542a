import type { DeviceReport } from './device-report.js';

/** What a machine does with products of bfloat16. */
export interface Bfloat16Support {
  /** Whether it has instructions for them: without, they are slower than those of float32. */
  readonly arithmetic: boolean;
  /** Whether all of TensorFlow's kernels that would be chosen sum in float32. */
  readonly sumInFloat32: boolean;
}

type Machine = Pick<DeviceReport, 'devices' | 'oneDnn' | 'cpuFeatures'>;

/** From Ampere on GPUs multiply bfloat16. */
const computeCapability = 8;

/**
 * A graph is on the GPU where there is one. On a processor oneDNN has kernels of bfloat16 with
 * AVX-512 or AVX-NE-CONVERT (TensorFlow, util.cc, IsDataTypeSupportedByOneDNNOnThisCPU), and
 * they are fast with AVX512_BF16 or AMX; else TensorFlow takes Eigen's.
 */
export function bfloat16Support(machine: Machine): Bfloat16Support {
  const gpu = machine.devices.find(({ kind }) => kind === 'GPU');
  if (gpu !== undefined) {
    const arithmetic = Number(gpu.computeCapability ?? 0) >= computeCapability;
    return { arithmetic, sumInFloat32: true };
  }
  const has = (...features: readonly string[]): boolean =>
    machine.oneDnn &&
    features.some((feature) => machine.cpuFeatures.includes(feature));
  return {
    arithmetic: has('avx512_bf16', 'amx_bf16'),
    sumInFloat32: has('avx512f', 'avx_ne_convert'),
  };
}
