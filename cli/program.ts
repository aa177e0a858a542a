import { Command } from 'commander';

import type { Execute } from './program/add-command.js';
import { addDataCommands } from './program/data.js';
import { addFamiliesCommands } from './program/families.js';
import { addMachineCommands } from './program/machine.js';
import { addNetsCommands } from './program/nets.js';
import { addPassesCommands } from './program/passes.js';
import { addTrainingCommands } from './program/training.js';
import { addWeightsCommands } from './program/weights.js';

export type { Execute } from './program/add-command.js';

/**
 * The commands and their flags. What a command needs is loaded when it is called, so that
 * `--help` and slips are answered at once.
 */
export function buildProgram(version: string, execute: Execute): Command {
  const program = new Command('rancc')
    .description(
      'Compiles Caffe prototxts to TensorFlow graphs and proves their numbers.',
    )
    .version(version)
    .exitOverride()
    .helpCommand('help [command]', 'tell about a command')
    .showHelpAfterError("(see 'rancc --help')");
  addNetsCommands(program, execute);
  addPassesCommands(program, execute);
  addTrainingCommands(program, execute);
  addDataCommands(program, execute);
  addWeightsCommands(program, execute);
  addFamiliesCommands(program, execute);
  addMachineCommands(program, execute);
  return program;
}
