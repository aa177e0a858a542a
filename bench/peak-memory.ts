import { readFileSync } from 'node:fs';

/** The most that this process ever held in memory, in bytes (Linux). */
export function peakMemory(): number {
  const [, kilobytes = '0'] =
    /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return 1024 * Number(kilobytes);
}
