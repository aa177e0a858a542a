import { readFileSync } from 'node:fs';

function bytesOf(field: string): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  const [, kilobytes = '0'] =
    new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status) ?? [];
  return 1024 * Number(kilobytes);
}

/** The most that this process ever held in memory, in bytes (Linux). */
export const peakMemory = (): number => bytesOf('VmHWM');

/** What it holds now. */
export const presentMemory = (): number => bytesOf('VmRSS');
