import { type Command, Option } from 'commander';

import type { CompileFlags } from '../commands/compile.js';
import type { ParseFlags } from '../commands/parse.js';
import {
  addJsonFlag,
  addNetFlags,
  addPrecisionFlag,
  addTextFlags,
  addWeightFlag,
  collectList,
  type NetFlags,
  type OutputFlags,
} from '../flags.js';
import { addCommand, type Execute } from './add-command.js';

/** Commands that read a prototxt and need no TensorFlow, but for weights. */
export function addNetsCommands(program: Command, execute: Execute): void {
  addCompile(program, execute);
  addCheck(program, execute);
  addSummary(program, execute);
  addParse(program, execute);
  addUpgrade(program, execute);
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
    .option('--train', 'the graph that trains the net, too; needs --solver');
  addJsonFlag(addPrecisionFlag(addNetFlags(addWeightFlag(command)))).action(
    (net: string, flags: CompileFlags & OutputFlags) =>
      execute(flags, async (emit) => {
        const { compile } = await import('../commands/compile.js');
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
        const { check } = await import('../commands/check.js');
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
        const { summary } = await import('../commands/summary.js');
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
        const { parse } = await import('../commands/parse.js');
        return parse(file, flags, emit);
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
        const { upgrade } = await import('../commands/upgrade.js');
        return upgrade(input, output, emit);
      }),
  );
}
