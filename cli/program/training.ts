import type { Command } from 'commander';

import type { Execute } from './add-command.js';
import { addTest } from './test.js';
import { addTime } from './time.js';
import { addTrain } from './train.js';

/** Commands that train, test and time nets. */
export function addTrainingCommands(program: Command, execute: Execute): void {
  addTrain(program, execute);
  addTest(program, execute);
  addTime(program, execute);
}
