import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { startSessionThread } from '../../runtime/session.js';
import { siblingProcess } from '../../runtime/sibling-module.js';

import { trainingGoldens } from './training-golden.js';
import { type Trajectory, walkTrajectory } from './walk-trajectory.js';

/** What the process answers. */
type Answer =
  { readonly trajectory: Trajectory } | { readonly failure: string };

/**
 * Walks trajectories in a process of its own: how TensorFlow computes is settled once in a
 * process, by variables of its environment.
 */
export class TrajectoryProcess {
  private readonly child: ChildProcess;
  /** Fails once the process has ended. */
  private readonly ended: Promise<never>;

  constructor(folder: string, environment: Readonly<Record<string, string>>) {
    const [register, tsx] = siblingProcess(
      import.meta.url,
      'trajectory-process',
    );
    this.child = fork(fileURLToPath(import.meta.url), [folder], {
      execArgv: [register ?? '', tsx ?? ''],
      // The paths in the solvers and nets are from there.
      cwd: folder,
      env: { ...process.env, ...environment },
      // Maps and arrays of floats go as they are.
      serialization: 'advanced',
    });
    this.ended = once(this.child, 'exit').then(([status]) => {
      throw new Error(`the process ended with status ${String(status)}`);
    });
    this.ended.catch(() => undefined);
  }

  /** Walks the way of a golden, by its name. */
  async walk(name: string): Promise<Trajectory> {
    this.child.send(name);
    const answered = once(this.child, 'message') as Promise<[Answer]>;
    const [answer] = await Promise.race([answered, this.ended]);
    if ('failure' in answer) throw new Error(answer.failure);
    return answer.trajectory;
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.disconnect();
    await this.ended.catch(() => undefined);
  }
}

async function answerParent(folder: string): Promise<void> {
  const thread = await startSessionThread();
  const goldens = new Map(
    trainingGoldens(folder).map((each) => [each.golden, each]),
  );
  const answer = async (name: string): Promise<Answer> => {
    const golden = goldens.get(name);
    if (golden === undefined) return { failure: `no golden ${name}` };
    try {
      return { trajectory: await walkTrajectory(golden, folder, thread) };
    } catch (thrown) {
      const failure = thrown instanceof Error ? thrown.stack : String(thrown);
      return { failure: failure ?? 'failed' };
    }
  };
  process.on('message', (name: string) => {
    void answer(name).then((answered) => process.send?.(answered));
  });
  process.on('disconnect', () => {
    void thread.close();
  });
}

const [, file = '', folder = ''] = process.argv;
if (file === fileURLToPath(import.meta.url)) await answerParent(folder);
