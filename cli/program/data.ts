import type { Command } from 'commander';

import type { Execute } from './add-command.js';
import { addClassify } from './classify.js';
import { addDatabaseCommands } from './databases.js';

/** Commands about data: databases, and images to classify. */
export function addDataCommands(program: Command, execute: Execute): void {
  addClassify(program, execute);
  addDatabaseCommands(program, execute);
}
