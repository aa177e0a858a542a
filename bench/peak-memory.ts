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

/** The variables with which `rancc train` begins (cli/rancc.js), for processes that are measured. */
export const oneHeap: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '33554432',
  MALLOC_TRIM_THRESHOLD_: '4294967295',
};
