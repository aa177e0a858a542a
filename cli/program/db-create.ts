import { type Command, Option } from 'commander';

import type { DbCreateFlags } from '../commands/db-create.js';
import { addJsonFlag, type OutputFlags, wholeNumber } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';
import { backendOption } from './db-backend.js';

/** As convert_imageset, its flags in Caffe's spelling and in that of the others here. */
export function addDbCreate(group: Command, execute: Execute): void {
  const command = addCommand(
    group,
    'create',
    'make a database of the images in a list, as convert_imageset',
    'db create images/ train.txt train_lmdb --resize_height 256 --resize_width 256 --shuffle',
  )
    .argument('<root>', 'goes before each path of the list, as it is')
    .argument('<list>', "lines of 'path label'")
    .argument('<database>', 'the folder to write')
    .addOption(backendOption('the kind of database').default('LMDB', 'lmdb'))
    .option('--gray', 'images of one channel')
    .option('--shuffle', 'in an order that is drawn')
    .option('--seed <number>', 'of that order (default: 0)', wholeNumber(0))
    .addOption(sizeOption('width'))
    .addOption(sizeOption('height'))
    .option(
      '--check_size, --check-size',
      'all images have to be of the same size',
    )
    .option('--encoded', 'records hold image files and not pixels')
    .addOption(
      new Option(
        '--encode_type, --encode-type <type>',
        'which kind of image file; each is compressed anew',
      ).choices(['png', 'jpg']),
    )
    .option('--resume', 'go on with what an interrupted run has written')
    .option('--skip-bad', 'leave bad images out, and tell which')
    .option('--force', 'replace what is there');
  addJsonFlag(command).action(
    (
      root: string,
      list: string,
      database: string,
      flags: DbCreateFlags & OutputFlags,
    ) =>
      execute(flags, async (emit) => {
        const { dbCreate } = await import('../commands/db-create.js');
        return dbCreate(root, list, database, flags, emit);
      }),
  );
}

const sizeOption = (side: 'width' | 'height'): Option =>
  new Option(
    `--resize_${side}, --resize-${side} <pixels>`,
    `the ${side} of all images; 0: as they are`,
  )
    .argParser(wholeNumber(0))
    .default(0);
