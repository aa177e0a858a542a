import type { Command } from 'commander';

import type { SetupFlags } from '../commands/setup.js';
import { addJsonFlag, type OutputFlags } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Commands about this machine. */
export function addMachineCommands(program: Command, execute: Execute): void {
  addDoctor(program, execute);
  addSetup(program, execute);
}

function addDoctor(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'doctor',
    'tell versions, devices, and what is missing',
    'doctor',
  );
  addJsonFlag(command).action((flags: OutputFlags) =>
    execute(flags, async (emit) => {
      const { doctor } = await import('../commands/doctor.js');
      return doctor(emit);
    }),
  );
}

function addSetup(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'setup',
    "get TensorFlow's native library, after rancc was installed from a package",
    'setup',
  ).option('--verify', 'hash the library again if it is there');
  addJsonFlag(command).action((flags: SetupFlags & OutputFlags) =>
    execute(flags, async (emit) => {
      const { setup } = await import('../commands/setup.js');
      return setup(flags, emit);
    }),
  );
}
