import type { Command } from 'commander';

import { addCommand, type Execute } from './add-command.js';
import { addDbCreate } from './db-create.js';
import { addDbImport } from './db-import.js';
import { addDbMean } from './db-mean.js';
import { addDbShow } from './db-show.js';

/** `rancc db ...`: makes databases of images and looks into them. */
export function addDatabaseCommands(program: Command, execute: Execute): void {
  const group = addCommand(
    program,
    'db',
    'make databases of images and look into them',
    'db mean train_lmdb mean.binaryproto',
  );
  addDbCreate(group, execute);
  addDbImport(group, execute);
  addDbMean(group, execute);
  addDbShow(group, execute);
}
