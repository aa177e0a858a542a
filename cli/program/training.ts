import type { Command } from 'commander';

import type { Execute } from './add-command.js';

/** Commands that train, test and time nets. */
export function addTrainingCommands(
  _program: Command,
  _execute: Execute,
): void {
  // None yet.
}
