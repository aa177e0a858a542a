import { type Command, InvalidArgumentError, Option } from 'commander';

import {
  augmentations,
  datasets,
  type FileKind,
  fileKinds,
  learnings,
  masks,
  unitNames,
} from '../../prototxts/choices.js';

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
        .choices(unitNames)
        .default('preact'),
    )
    .addOption(
      new Option('--dataset <name>', 'what it classifies')
        .choices(datasets)
        .default('imagenet'),
    )
    .addOption(
      new Option('--mask <kind>', 'how the mask becomes weights')
        .choices(masks)
        .default('mixed'),
    )
    .addOption(
      new Option('--learning <kind>', 'attention residual learning or naive')
        .choices(learnings)
        .default('arl'),
    )
    .addOption(
      new Option('--augmentation <kind>', "the paper's, or what Caffe reads")
        .choices(augmentations)
        .default('paper'),
    )
    .option(
      '--files <kind,...>',
      'deploy, train_val, solver (default: all)',
      collectKinds,
    )
    .option(
      '--data-folder <folder>',
      'has the databases and the mean (default: data/<dataset>)',
    )
    .option(
      '--label-noise <rate>',
      'trains with so large a share of wrong labels, from 0 to 1',
      share,
    )
    .option(
      '--noise-seed <number>',
      'of the wrong labels (default: 0)',
      wholeNumber(0),
    )
    .option(
      '--batch-size <number>',
      'of training (default: 64)',
      wholeNumber(1),
    )
    .option(
      '--iterations <number>',
      "of training (default: the paper's)",
      wholeNumber(1),
    )
    .option(
      '--test-iterations <number>',
      'of a test (default: every picture once)',
      wholeNumber(1),
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

function share(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1)) {
    throw new InvalidArgumentError('It has to be a number from 0 to 1.');
  }
  return number;
}

function collectKinds(
  text: string,
  before: readonly FileKind[] = [],
): readonly FileKind[] {
  const kinds = text.split(',').map((word) => {
    const kind = fileKinds.find((each) => each === word);
    if (kind === undefined) {
      throw new InvalidArgumentError(
        `There is no '${word}', only ${fileKinds.join(', ')}.`,
      );
    }
    return kind;
  });
  return [...before, ...kinds];
}
