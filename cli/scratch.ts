import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string | undefined;

/**
 * From now on everything temporary of this process and those it starts goes into one folder,
 * so that nothing is left behind however the process ends.
 */
export function useScratch(): void {
  if (folder !== undefined) return;
  folder = mkdtempSync(join(tmpdir(), 'rancc-'));
  process.env['TMPDIR'] = folder;
}

/** At once, for a process that is about to end may not wait. */
export function removeScratch(): void {
  if (folder === undefined) return;
  rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}
