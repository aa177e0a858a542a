import { join } from 'node:path';

import { type Finished, runCommand } from '../../runtime/native/command.js';
import { packageRoot } from '../../runtime/package-root.js';

export const launcher = join(packageRoot(), 'cli', 'rancc.js');

/** A file of the measured cases. */
export const reference = (path: string): string =>
  join(packageRoot(), 'test', 'reference', path);

export const lenet = (file: string): string =>
  reference(`caffemodels/lenet/${file}`);

/** Runs `rancc` as a user does, its streams no terminals. */
export const rancc = (...parameters: readonly string[]): Promise<Finished> =>
  runCommand(process.execPath, [launcher, ...parameters], {
    ...process.env,
    RANCC_DEBUG: '',
  });

export const documentIn = (said: Finished): unknown => JSON.parse(said.stdout);
