import type { Command } from 'commander';

import type { DbMeanFlags } from '../commands/db-mean.js';
import { addJsonFlag, type OutputFlags } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';
import { backendOption } from './db-backend.js';

export function addDbMean(group: Command, execute: Execute): void {
  const command = addCommand(
    group,
    'mean <database> [output]',
    'the mean of the images, as compute_image_mean',
    'db mean train_lmdb mean.binaryproto',
  ).addOption(backendOption('the kind of database (default: whichever it is)'));
  addJsonFlag(command).action(
    (
      database: string,
      output: string | undefined,
      flags: DbMeanFlags & OutputFlags,
    ) =>
      execute(flags, async (emit) => {
        const { dbMean } = await import('../commands/db-mean.js');
        return dbMean(database, output, flags, emit);
      }),
  );
}
