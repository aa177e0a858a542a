import type { Command } from 'commander';

import type { Emit, Outcome } from '../events.js';
import type { OutputFlags } from '../flags.js';

/** Runs a command with the listener that its flags ask for. */
export type Execute = (
  flags: OutputFlags,
  command: (emit: Emit) => Promise<Outcome>,
) => Promise<void>;

const example = (text: string): string => `\nExample:\n  $ rancc ${text}\n`;

/** A command, or one below another, with an example in its help. */
export function addCommand(
  parent: Command,
  usage: string,
  description: string,
  sample: string,
): Command {
  const command = parent
    .command(usage)
    .description(description)
    .addHelpText('after', example(sample));
  const path =
    parent.parent === null
      ? command.name()
      : `${parent.name()} ${command.name()}`;
  return command.showHelpAfterError(`(see 'rancc ${path} --help')`);
}
