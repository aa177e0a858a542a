import { Argument, type Command } from 'commander';

import {
  type PublicSet,
  publicSets,
} from '../../runtime/data/tools/import/import-settings.js';

import type { DbImportFlags } from '../commands/db-import.js';
import { addJsonFlag, type OutputFlags, wholeNumber } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';
import { backendOption } from './db-backend.js';

export function addDbImport(group: Command, execute: Execute): void {
  const command = addCommand(
    group,
    'import',
    'make databases of a public data set, as it is published',
    'db import cifar10 cifar-10-batches-bin data/cifar10',
  )
    .addArgument(new Argument('<set>', 'which data set').choices(publicSets))
    .argument('<folder>', 'has the files of the set')
    .argument('<output>', 'a folder for the databases, classes and lists')
    .addOption(backendOption('the kind of database').default('LMDB', 'lmdb'))
    .option('--resize-height <pixels>', 'of all pictures', wholeNumber(1))
    .option('--resize-width <pixels>', 'of all pictures', wholeNumber(1))
    .option(
      '--short-side <pixels>',
      'resize in proportion: the shorter side',
      wholeNumber(1),
    )
    .option('--encoded', 'records hold image files and not pixels')
    .option(
      '--seed <number>',
      'of the order of ImageNet (default: 0)',
      wholeNumber(0),
    )
    .option(
      '--val-list <file>',
      "lines of 'name label' for ImageNet's val without folders (default: <folder>/val.txt)",
    )
    .option('--skip-bad', 'leave bad pictures out, and tell which')
    .option('--force', 'replace what an earlier import wrote');
  addJsonFlag(command).action(
    (
      set: PublicSet,
      folder: string,
      output: string,
      flags: DbImportFlags & OutputFlags,
    ) =>
      execute(flags, async (emit) => {
        const { dbImport } = await import('../commands/db-import.js');
        return dbImport(set, folder, output, flags, emit);
      }),
  );
}
