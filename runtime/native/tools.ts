import { firstLine, runCommand } from './command.js';
import { EnvironmentFailure } from './failure.js';

/** A way to call pip, and what it says of its version. */
export interface Pip {
  readonly program: string;
  readonly parameters: readonly string[];
  readonly version: string;
}

const waysToPip: readonly Pip[] = [
  { program: 'python3', parameters: ['-m', 'pip'], version: '' },
  { program: 'python', parameters: ['-m', 'pip'], version: '' },
  { program: 'pip3', parameters: [], version: '' },
  { program: 'pip', parameters: [], version: '' },
];

export async function lookForPip(): Promise<Pip | undefined> {
  for (const way of waysToPip) {
    const said = await runCommand(way.program, [
      ...way.parameters,
      '--version',
    ]);
    if (said.status === 0) return { ...way, version: firstLine(said.stdout) };
  }
  return undefined;
}

export async function lookForPython(): Promise<string | undefined> {
  const said = await runCommand('python3', ['--version']);
  return said.status === 0 ? firstLine(said.stdout) : undefined;
}

export const pipCure =
  "install it (Debian, Ubuntu: 'apt-get install python3-pip'; Fedora: 'dnf install python3-pip'), then run the set-up again";

export async function requirePip(): Promise<Pip> {
  const pip = await lookForPip();
  if (pip !== undefined) return pip;
  const python = await lookForPython();
  throw new EnvironmentFailure(
    python === undefined
      ? "neither python3 nor pip is on the PATH: pip downloads TensorFlow's library (no Python is run from it)"
      : `${python} has no pip, which downloads TensorFlow's library`,
    pipCure,
  );
}

export interface Compiler {
  readonly program: string;
  /** The first line of `--version`. */
  readonly version: string;
}

export const compilerCure =
  "install one (Debian, Ubuntu: 'apt-get install g++'; Fedora: 'dnf install gcc-c++') or name it in CXX, then run the set-up again";

export async function lookForCompiler(): Promise<Compiler | undefined> {
  const named = process.env['CXX'];
  const programs =
    named === undefined || named === '' ? ['g++', 'c++', 'clang++'] : [named];
  for (const program of programs) {
    const said = await runCommand(program, ['--version']);
    if (said.status === 0) return { program, version: firstLine(said.stdout) };
  }
  return undefined;
}

export async function requireCompiler(): Promise<Compiler> {
  const compiler = await lookForCompiler();
  if (compiler !== undefined) return compiler;
  throw new EnvironmentFailure(
    `no C++ compiler (${process.env['CXX'] ?? 'g++'}) is on the PATH; it compiles the binding between Node and TensorFlow`,
    compilerCure,
  );
}
