import { type Command, Option } from 'commander';

import type { GenerateFlags } from '../commands/generate.js';
import { addJsonFlag, type OutputFlags, wholeNumber } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Commands that write prototxts. */
export function addFamiliesCommands(program: Command, execute: Execute): void {
  addGenerate(program, execute);
}

function addGenerate(program: Command, execute: Execute): void {
  const generate = addCommand(
    program,
    'generate',
    'write prototxts of a family of nets',
    'generate attention --depth 56',
  );
  const command = addCommand(
    generate,
    'attention',
    'write a net of the Residual Attention family',
    'generate attention --depth 92 --dataset cifar10 -o nets',
  )
    .requiredOption('--depth <number>', '56, 92, ...', wholeNumber(1))
    .addOption(
      new Option('--unit <kind>', 'residual units')
        .choices(['preact', 'resnext'])
        .default('preact'),
    )
    .addOption(
      new Option('--dataset <name>', 'what it classifies')
        .choices(['imagenet', 'cifar10', 'cifar100'])
        .default('imagenet'),
    )
    .addOption(
      new Option('--mask <kind>', 'mixed; others are not supported yet')
        .choices(['mixed', 'channel', 'spatial'])
        .default('mixed'),
    )
    .addOption(
      new Option('--learning <kind>', 'arl; the other is not supported yet')
        .choices(['arl', 'nal'])
        .default('arl'),
    )
    .option('-o, --output <folder>', 'the net gets a folder in it', '.')
    .option('--force', 'overwrite files that differ');
  addJsonFlag(command).action((flags: GenerateFlags & OutputFlags) =>
    execute(flags, async (emit) => {
      const commands = await import('../commands/generate.js');
      return commands.generate(flags, emit);
    }),
  );
}
