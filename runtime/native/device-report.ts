import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

import { sessionEnvironment } from '../session-environment.js';
import { siblingProcess } from '../sibling-module.js';
import { lastLines, runCommand } from './command.js';
import type { ProbeResult } from './device-probe.js';
import { EnvironmentFailure } from './failure.js';
import { requireNative, setupCommand } from './status.js';

export interface Device {
  readonly kind: 'CPU' | 'GPU';
  /** The model as the system or the driver calls it. */
  readonly name: string;
  /** Of a GPU: what TensorFlow may use, in megabytes. */
  readonly memory?: number;
  readonly computeCapability?: string;
}

export interface DeviceReport {
  readonly tensorflow: string;
  readonly devices: readonly Device[];
  readonly oneDnn: boolean;
  /** The instruction sets of the processor that matter to TensorFlow. */
  readonly cpuFeatures: readonly string[];
  /** The file that was loaded, links resolved. */
  readonly library: string;
}

const telling =
  /^(sse4_[12]|avx|avx2|fma|f16c|avx_vnni|avx_ne_convert|avx512\w+|amx_\w+)$/;

/** From /proc/cpuinfo, which names what the kernel lets programs use. */
export function cpuFeatures(): readonly string[] {
  try {
    const flags = /^flags\s*:(.*)$/m.exec(
      readFileSync('/proc/cpuinfo', 'utf8'),
    )?.[1];
    return (flags ?? '').split(' ').filter((flag) => telling.test(flag));
  } catch {
    return [];
  }
}

/** TensorFlow logs each GPU that it takes into use. */
export function gpusInLog(log: string): readonly Device[] {
  const created =
    /Created device \S+GPU:\d+ with (\d+) MB memory:\s*-> device: \d+, name: ([^,]+),.*?compute capability: ([\d.]+)/g;
  return [...log.matchAll(created)].map((found) => ({
    kind: 'GPU',
    name: found[2] ?? '',
    memory: Number(found[1]),
    computeCapability: found[3] ?? '',
  }));
}

export async function deviceReport(): Promise<DeviceReport> {
  requireNative();
  const said = await runCommand(
    process.execPath,
    siblingProcess(import.meta.url, 'device-probe'),
    { ...sessionEnvironment, ...process.env, TF_CPP_MIN_LOG_LEVEL: '0' },
  );
  if (said.status !== 0) {
    throw new EnvironmentFailure(
      `TensorFlow's native library ended the process that loaded it:\n${lastLines(said.stderr, 6)}`,
      `run '${setupCommand()} --verify'; a processor without AVX cannot run it`,
    );
  }
  const result = JSON.parse(said.stdout) as
    ProbeResult | { readonly failure: string; readonly cure: string };
  if ('failure' in result) {
    throw new EnvironmentFailure(result.failure, result.cure);
  }
  const cpu: Device = { kind: 'CPU', name: cpus()[0]?.model ?? 'unknown' };
  return {
    tensorflow: result.version,
    devices: [cpu, ...gpusInLog(said.stderr)],
    oneDnn: said.stderr.includes('oneDNN custom operations are on'),
    cpuFeatures: cpuFeatures(),
    library: result.library,
  };
}
