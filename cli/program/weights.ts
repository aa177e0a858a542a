import { type Command, Option } from 'commander';

import type { ConvertFlags } from '../commands/convert-weights.js';
import type { InspectFlags, SynthesizeFlags } from '../commands/weights.js';
import { addJsonFlag, addNetFlags, type OutputFlags } from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Commands about weight files. */
export function addWeightsCommands(program: Command, execute: Execute): void {
  addWeights(program, execute);
}

function addWeights(program: Command, execute: Execute): void {
  const weights = addCommand(
    program,
    'weights',
    'look into weight files and make them',
    'weights inspect net.caffemodel',
  );
  const inspect = addCommand(
    weights,
    'inspect <file>',
    'tell what is in a weight file',
    'weights inspect net.caffemodel --prototxt',
  ).option('--prototxt', 'print the net that a caffemodel carries');
  addJsonFlag(inspect).action(
    (file: string, flags: InspectFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        if (flags.prototxt) {
          const commands = await import('../commands/recover-net.js');
          return commands.recover(file, emit);
        }
        const commands = await import('../commands/weights.js');
        return commands.inspect(file, emit);
      }),
  );
  const diff = addCommand(
    weights,
    'diff <one> <two>',
    'tell how two weight files differ',
    'weights diff before.caffemodel after.caffemodel',
  );
  addJsonFlag(diff).action((one: string, two: string, flags: OutputFlags) =>
    execute(flags, async (emit) => {
      const commands = await import('../commands/weights.js');
      return commands.diff(one, two, emit);
    }),
  );
  const synthesize = addCommand(
    weights,
    'synthesize <net>',
    "write the weights of a golden's formula",
    'weights synthesize deploy.prototxt --golden golden.json -o net.caffemodel',
  )
    .requiredOption('--golden <file>', 'the golden with the formula')
    .requiredOption('-o, --output <file>', 'the .caffemodel to write');
  addJsonFlag(addNetFlags(synthesize)).action(
    (net: string, flags: SynthesizeFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const commands = await import('../commands/weights.js');
        return commands.synthesize(net, flags, emit);
      }),
  );
  const convert = addCommand(
    weights,
    'convert <in> <out>',
    'write a weight file in another form, told by the name of <out>',
    'weights convert net.caffemodel net.safetensors',
  ).addOption(
    new Option('--to <form>', 'where the name does not tell').choices([
      'caffemodel',
      'hdf5',
      'npz',
      'safetensors',
    ]),
  );
  addJsonFlag(convert).action(
    (from: string, to: string, flags: ConvertFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const commands = await import('../commands/convert-weights.js');
        return commands.convert(from, to, flags, emit);
      }),
  );
}
