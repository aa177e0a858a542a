import type { Command } from 'commander';

import type { TestFlags } from '../commands/test.js';
import {
  addJsonFlag,
  addNetFlags,
  addPrecisionFlag,
  collectList,
  wholeNumber,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Scoring a net on its own data, as `caffe test`. */
export function addTest(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'test',
    'score a net on batches of its own data',
    'test --model train_val.prototxt --weights net.caffemodel --iterations 100',
  )
    .requiredOption('--model <net>', 'the net')
    .requiredOption(
      '--weights <file,...>',
      'weight files; of several the last that has a layer counts',
      collectList,
    )
    .option('--iterations <number>', 'batches', wholeNumber(1), 50)
    .option('--workers <number>', 'threads that read data', wholeNumber(0))
    .option('--skip-bad', 'pass over bad records instead of ending');
  addJsonFlag(addPrecisionFlag(addNetFlags(command))).action(
    (flags: TestFlags) =>
      execute(flags, async (emit) => {
        const { test } = await import('../commands/test.js');
        return test(flags, emit);
      }),
  );
}
