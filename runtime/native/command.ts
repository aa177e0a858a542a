import { spawn } from 'node:child_process';

export interface Finished {
  /** Undefined where there is no such program. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, in this folder or in another; not finding it is an answer, not
 * an exception.
 */
export function runCommand(
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  folder?: string,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
      cwd: folder,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT' || thrown.code === 'EACCES') {
        resolve({ status: undefined, stdout: '', stderr: thrown.message });
      } else reject(thrown);
    });
    child.on('close', (status, signal) => {
      resolve({
        status: status ?? 128,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr:
          Buffer.concat(stderr).toString('utf8') +
          (signal === null ? '' : `ended by ${signal}`),
      });
    });
  });
}

export const firstLine = (text: string): string =>
  text.trim().split('\n', 1)[0] ?? '';

/** The end of a long output: compilers and pip say last what went wrong. */
export const lastLines = (text: string, count: number): string =>
  text.trim().split('\n').slice(-count).join('\n');
