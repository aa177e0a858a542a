import { Command, Option } from 'commander';

import type { CompileFlags } from './commands/compile.js';
import type { ConvertFlags } from './commands/convert-weights.js';
import type { GenerateFlags } from './commands/generate.js';
import type { ParseFlags } from './commands/parse.js';
import type { RunFlags } from './commands/run.js';
import type { SetupFlags } from './commands/setup.js';
import type { ValidateFlags } from './commands/validate.js';
import type { InspectFlags, SynthesizeFlags } from './commands/weights.js';
import type { Emit, Outcome } from './events.js';
import {
  addJsonFlag,
  addNetFlags,
  addTextFlags,
  addWeightFlag,
  collect,
  collectAssignment,
  collectList,
  type NetFlags,
  type OutputFlags,
  positiveNumber,
  wholeNumber,
} from './flags.js';

/** Runs a command with the listener that its flags ask for. */
export type Execute = (
  flags: OutputFlags,
  command: (emit: Emit) => Promise<Outcome>,
) => Promise<void>;

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
  addCompile(program, execute);
  addCheck(program, execute);
  addSummary(program, execute);
  addParse(program, execute);
  addRun(program, execute);
  addValidate(program, execute);
  addWeights(program, execute);
  addGenerate(program, execute);
  addUpgrade(program, execute);
  addDoctor(program, execute);
  addSetup(program, execute);
  return program;
}

const example = (text: string): string => `\nExample:\n  $ rancc ${text}\n`;

function addCommand(
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

function addCompile(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'compile <net>',
    'compile a net to a TensorFlow SavedModel',
    'compile deploy.prototxt -o net.rancc --weights net.caffemodel',
  )
    .option('-o, --output <folder>', 'default: <net name>.rancc')
    .addOption(
      new Option(
        '--emit <what,...>',
        'savedmodel, graphdef, ir, dot',
      ).argParser(collectList),
    )
    .option('--dump-ir <pass>', 'print the graph after a pass')
    .option('--verify-ir', 'verify the graph after each pass')
    .option('--freeze', 'weights become constants of the graph')
    .option('--train', 'not supported yet');
  addJsonFlag(addNetFlags(addWeightFlag(command))).action(
    (net: string, flags: CompileFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { compile } = await import('./commands/compile.js');
        return compile(net, flags, emit);
      }),
  );
}

function addCheck(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'check <file...>',
    'tell what is wrong with nets and solvers',
    'check deploy.prototxt solver.prototxt',
  );
  addJsonFlag(addNetFlags(command)).action(
    (files: readonly string[], flags: NetFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { check } = await import('./commands/check.js');
        return check(files, flags, emit);
      }),
  );
}

function addSummary(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'summary [net]',
    'tell shapes, parameters and costs of each layer',
    'summary deploy.prototxt --input-shape data=1,3,320,320',
  );
  addJsonFlag(addNetFlags(command)).action(
    (net: string | undefined, flags: NetFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { summary } = await import('./commands/summary.js');
        return summary(net, flags, emit);
      }),
  );
}

function addParse(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'parse <file>',
    'print any prototxt as protobuf JSON',
    'parse solver.prototxt --message SolverParameter',
  ).option(
    '--message <type>',
    'of what type it is; default: found in the file',
  );
  addJsonFlag(addTextFlags(command)).action(
    (file: string, flags: ParseFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { parse } = await import('./commands/parse.js');
        return parse(file, flags, emit);
      }),
  );
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
      'values of an input; repeatable',
      collectAssignment,
      new Map(),
    )
    .option('--blob <name>', 'instead of the outputs; repeatable', collect, [])
    .option('--iterations <number>', 'forward passes', wholeNumber(1), 1)
    .option('-o, --output <path>', 'a folder, or a file .npz, .npy, .json');
  addJsonFlag(addNetFlags(addWeightFlag(command))).action(
    (net: string, flags: RunFlags) =>
      execute(flags, async (emit) => {
        const { run } = await import('./commands/run.js');
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
        const { validate } = await import('./commands/validate.js');
        return validate(net, flags, emit);
      }),
  );
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
          const commands = await import('./commands/recover-net.js');
          return commands.recover(file, emit);
        }
        const commands = await import('./commands/weights.js');
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
      const commands = await import('./commands/weights.js');
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
        const commands = await import('./commands/weights.js');
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
        const commands = await import('./commands/convert-weights.js');
        return commands.convert(from, to, flags, emit);
      }),
  );
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
      const commands = await import('./commands/generate.js');
      return commands.generate(flags, emit);
    }),
  );
}

function addUpgrade(program: Command, execute: Execute): void {
  const command = addCommand(
    program,
    'upgrade <in> <out>',
    "bring an old net or solver to today's form",
    'upgrade old.prototxt new.prototxt',
  );
  addJsonFlag(command).action(
    (input: string, output: string, flags: OutputFlags) =>
      execute(flags, async (emit) => {
        const { upgrade } = await import('./commands/upgrade.js');
        return upgrade(input, output, emit);
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
      const { setup } = await import('./commands/setup.js');
      return setup(flags, emit);
    }),
  );
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
      const { doctor } = await import('./commands/doctor.js');
      return doctor(emit);
    }),
  );
}
