import type { Command } from 'commander';

import type { TimeFlags } from '../commands/time.js';
import {
  addJsonFlag,
  addNetFlags,
  addPrecisionFlag,
  addWeightFlag,
  wholeNumber,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** `time`: as `caffe time`. */
export function addTime(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'time',
    'tell how long each layer of a net takes, forward and backward',
    'time --model train_val.prototxt --iterations 20',
  )
    .requiredOption('--model <net>', 'the net')
    .option(
      '--iterations <number>',
      'passes forward and backward, in either phase',
      wholeNumber(1),
      50,
    );
  addJsonFlag(
    addPrecisionFlag(addNetFlags(addWeightFlag(command), 'TRAIN')),
  ).action((flags: TimeFlags) =>
    execute(flags, async (emit) => {
      const { time } = await import('../commands/time.js');
      return time(flags, emit);
    }),
  );
}
