import type { Command } from 'commander';

import type { DbShowFlags } from '../commands/db-show.js';
import { addJsonFlag, type OutputFlags, wholeNumber } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';
import { backendOption } from './db-backend.js';

export function addDbShow(group: Command, execute: Execute): void {
  const command = addCommand(
    group,
    'show <database>',
    'counts, shapes and labels of a database or HDF5 file',
    'db show train_lmdb --sheet samples.png --classes classes.txt',
  )
    .addOption(backendOption('the kind of database (default: whichever it is)'))
    .option('--sheet <file>', 'a PNG of samples side by side')
    .option('--samples <number>', 'how many images on it', wholeNumber(1), 64)
    .option('--classes <file>', 'the names of the classes, a line each');
  addJsonFlag(command).action(
    (database: string, flags: DbShowFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { dbShow } = await import('../commands/db-show.js');
        return dbShow(database, flags, emit);
      }),
  );
}
