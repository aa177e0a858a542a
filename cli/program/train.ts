import { type Command, Option } from 'commander';

import type { TrainFlags } from '../commands/train.js';
import {
  addJsonFlag,
  addPrecisionFlag,
  addTextFlags,
  addWeightFlag,
  collect,
  collectShape,
  integer,
  wholeNumber,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

const effects = ['stop', 'snapshot', 'none'];

/** Training, as `caffe train`. */
export function addTrain(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'train',
    "train a solver's net as Caffe does",
    'train --solver solver.prototxt --snapshot auto',
  )
    .requiredOption('--solver <file>', 'the solver')
    .option('--snapshot <state>', "a solver state to go on from, or 'auto'")
    .option('--max-iter <number>', "instead of the solver's", wholeNumber(0))
    .option('--level <number>', 'the level of the train net', integer, 0)
    .option('--stage <name>', 'a stage that is on; repeatable', collect, [])
    .addOption(effectOf('sigint', 'stop'))
    .addOption(effectOf('sighup', 'snapshot'))
    .option('--restart-data', 'data start again at the first record')
    .option('--protect-statistics', 'the solver leaves moving statistics alone')
    .option('--workers <number>', 'threads that read data', wholeNumber(0))
    .option('--skip-bad', 'pass over bad records instead of ending')
    .option('--gpu <device>', 'the device; several are not supported yet')
    .option(
      '--input-shape <blob=n,c,h,w>',
      'instead of the shape in the file; repeatable',
      collectShape,
      new Map(),
    )
    .addOption(
      new Option('--bn-statistics <kind>', 'what the 4th blob of a BN holds')
        .choices(['inverse-std', 'variance'])
        .default(undefined, 'inverse-std'),
    );
  addJsonFlag(
    addPrecisionFlag(addTextFlags(addWeightFlag(command))),
    'one JSON document a line on stdout',
  ).action((flags: TrainFlags) =>
    execute(flags, async (emit) => {
      const { train } = await import('../commands/train.js');
      return train(flags, emit);
    }),
  );
}

/** As Caffe writes the flag, and as the others here are written. */
const effectOf = (signal: 'sigint' | 'sighup', usual: string): Option =>
  new Option(
    `--${signal}_effect, --${signal}-effect <effect>`,
    `what ${signal.toUpperCase()} does to a training`,
  )
    .choices(effects)
    .default(usual);
