import type { Command } from 'commander';

import type { Execute } from './add-command.js';

/** Commands about data: databases, and images to classify. */
export function addDataCommands(_program: Command, _execute: Execute): void {
  // None yet.
}
