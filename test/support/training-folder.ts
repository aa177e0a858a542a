import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { packageRoot } from '../../runtime/package-root.js';

import { withTemporaryFolder } from './temporary-folder.js';

/**
 * Runs `work` in a new folder in which the reference's solvers can be trained: links to its
 * data, solvers and nets, and a folder of its own for what they write.
 */
export const withTrainingFolder = <Result>(
  reference: string,
  work: (folder: string) => Promise<Result>,
): Promise<Result> =>
  withTemporaryFolder(async (folder) => {
    mkdirSync(join(folder, 'training', 'out'), { recursive: true });
    symlinkSync(join(reference, 'data'), join(folder, 'data'));
    for (const part of ['solvers', 'nets', 'init', 'logs'])
      symlinkSync(
        join(reference, 'training', part),
        join(folder, 'training', part),
      );
    return await work(folder);
  });

export interface RanccRun {
  readonly process: ChildProcess;
  /** What it has written to stderr so far. */
  readonly log: () => string;
  /** Resolves when stderr matches; rejects where the process ends before. */
  readonly logged: (pattern: RegExp) => Promise<void>;
  readonly ended: Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

/** Starts `rancc` in a folder; the process is the one that holds the session. */
export function startRancc(
  folder: string,
  ...parameters: readonly string[]
): RanccRun {
  const launcher = join(packageRoot(), 'cli', 'rancc.js');
  const child = spawn(process.execPath, [launcher, ...parameters], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_ENABLE_ONEDNN_OPTS: '0', RANCC_DEBUG: '' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  }).then((status) => ({ status, stdout, stderr }));
  return {
    process: child,
    log: () => stderr,
    logged: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!pattern.test(stderr)) return;
          child.stderr.off('data', look);
          resolve();
        };
        child.stderr.on('data', look);
        void ended.then(() => {
          reject(new Error(`it ended before it said ${pattern}: ${stderr}`));
        });
        look();
      }),
    ended,
  };
}

export const ranccIn = (
  folder: string,
  ...parameters: readonly string[]
): RanccRun['ended'] => startRancc(folder, ...parameters).ended;
