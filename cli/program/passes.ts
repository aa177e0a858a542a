import type { Command } from 'commander';

import type { RunFlags } from '../commands/run.js';
import type { ValidateFlags } from '../commands/validate.js';
import {
  addJsonFlag,
  addNetFlags,
  addPrecisionFlag,
  addWeightFlag,
  collect,
  collectAssignment,
  type OutputFlags,
  positiveNumber,
  seedNumber,
  wholeNumber,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Commands that run a net. */
export function addPassesCommands(program: Command, execute: Execute): void {
  addRun(program, execute);
  addValidate(program, execute);
}

function addRun(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'run <net>',
    'run forward passes of a net',
    'run deploy.prototxt --weights net.caffemodel --input data=image.npy --blob prob',
  )
    .option(
      '--input <blob=file.npy>',
      'values of an input, or of a top of a data layer; repeatable',
      collectAssignment,
      new Map(),
    )
    .option('--blob <name>', 'instead of the outputs; repeatable', collect, [])
    .option('--iterations <number>', 'forward passes', wholeNumber(1), 1)
    .option(
      '--workers <number>',
      'threads that decode and transform data',
      wholeNumber(0),
    )
    .option('--skip-bad', 'pass over bad records and count them')
    .option(
      '--seed <number>',
      'of shuffles, crops, fillers and random layers',
      seedNumber,
    )
    .option('-o, --output <path>', 'a folder, or a file .npz, .npy, .json');
  addJsonFlag(addPrecisionFlag(addNetFlags(addWeightFlag(command)))).action(
    (net: string, flags: RunFlags) =>
      execute(flags, async (emit) => {
        const { run } = await import('../commands/run.js');
        return run(net, flags, emit);
      }),
  );
}

function addValidate(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'validate <net>',
    "compare a net with Caffe's numbers, layer by layer",
    'validate deploy.prototxt --weights net.caffemodel --reference blobs.npz',
  )
    .requiredOption(
      '--reference <which>',
      "a golden (.json), an .npz of blobs, or 'pycaffe'",
    )
    .option('--tolerance <number>', 'relative', positiveNumber)
    .option('--all', 'show all layers, not the worst only');
  addJsonFlag(addNetFlags(addWeightFlag(command))).action(
    (net: string, flags: ValidateFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { validate } = await import('../commands/validate.js');
        return validate(net, flags, emit);
      }),
  );
}
