import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder of the reference material that is not part of the project (what others
 * published, long measurements), found by `RANCC_REFERENCE`. Without it the tests that
 * need it are skipped, and say what is missing; `RANCC_REQUIRE_ALL=1` makes that a failure.
 */
export function referenceFolder(name: string): string | undefined {
  const root = process.env['RANCC_REFERENCE'];
  if (root !== undefined) {
    const folder = join(root, name);
    if (existsSync(folder)) return folder;
  }
  const missing =
    root === undefined
      ? `RANCC_REFERENCE is not set, so '${name}' of the reference material is missing`
      : `'${name}' is missing in RANCC_REFERENCE (${root})`;
  if (process.env['RANCC_REQUIRE_ALL'] === '1') throw new Error(missing);
  if (!told.has(name)) process.stderr.write(`    skipping: ${missing}\n`);
  told.add(name);
  return undefined;
}

const told = new Set<string>();
