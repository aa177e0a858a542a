import { lastLines, runCommand } from './command.js';
import { EnvironmentFailure } from './failure.js';
import type { Compiler } from './tools.js';

/** Compiles C++ sources into an addon of Node; `options` are those beyond every addon's. */
export async function compileAddon(
  compiler: Compiler,
  sources: readonly string[],
  options: readonly string[],
  target: string,
): Promise<void> {
  const said = await runCommand(compiler.program, [
    '-O2',
    '-std=c++17',
    '-shared',
    '-fPIC',
    // TensorFlow's C API marks some functions that the binding calls as old.
    '-w',
    '-DBUILDING_NODE_EXTENSION',
    ...sources,
    ...options,
    '-o',
    target,
  ]);
  if (said.status === 0) return;
  if (/No space left on device/i.test(said.stderr)) {
    throw new EnvironmentFailure(
      'the binding to TensorFlow could not be compiled: the disk is full',
      'free some space (also where TMPDIR points), then run the set-up again',
    );
  }
  throw new EnvironmentFailure(
    `the binding to TensorFlow could not be compiled; ${compiler.program} said:\n${lastLines(said.stderr, 12)}`,
    `use another compiler (CXX names it; this one is ${compiler.version}), then run the set-up again`,
  );
}
