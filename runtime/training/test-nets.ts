import type { SolverModel } from '../../compiler/compile-solver.js';

import type { BatchFeed } from './batch-feed.js';
import type { Interruption } from './interruption.js';
import { scoresOf, ScoreSum } from './scores.js';
import type { SolverSession } from './solver-session.js';
import type { TellTraining } from './training-event.js';

export interface TestRun {
  readonly model: SolverModel;
  readonly session: SolverSession;
  readonly tests: readonly BatchFeed[];
  readonly interruption: Interruption;
  readonly tell: TellTraining;
  /** Iterations done. */
  readonly iteration: number;
  readonly snapshot: () => Promise<void>;
}

/**
 * Tests each test net on its batches (solver.cpp, TestAll); its data go on where the test
 * before ended. Gives whether a request stopped it.
 */
export async function testAll(run: TestRun): Promise<boolean> {
  for (let net = 0; net < run.model.tests.length; net++)
    if (await testNet(run, net)) return true;
  return false;
}

async function testNet(run: TestRun, net: number): Promise<boolean> {
  const { model, session, tell, iteration } = run;
  const { debugInfo: debug } = model.settings;
  const { iterations, computeLoss } = model.settings.test;
  const batches = iterations[net] ?? 0;
  const tested = model.tests[net];
  const feed = run.tests[net];
  if (tested === undefined || feed === undefined) return false;
  tell({ kind: 'test-started', iteration, net });
  const position = feed.position;
  const sum = new ScoreSum();
  let loss = 0;
  for (let batch = 0; batch < batches; batch++) {
    // Who goes on from a snapshot makes the whole test anew.
    feed.pretend(position);
    if (await isStopped(run)) {
      tell({ kind: 'test-interrupted' });
      return true;
    }
    feed.pretend(undefined);
    const result = await feed.use((inputs) =>
      session.test(net, inputs, { debug, pass: iteration * batches + batch }),
    );
    const { debug: facts } = result;
    if (facts !== undefined) tell({ kind: 'debug', facts });
    sum.add(scoresOf(tested, result.outputs));
    loss = Math.fround(loss + result.loss);
  }
  tell({
    kind: 'tested',
    iteration,
    net,
    scores: sum.means,
    loss: computeLoss ? Math.fround(loss / batches) : undefined,
  });
  return false;
}

/** Does what signals have asked for; gives whether that was to stop. */
async function isStopped({
  interruption,
  snapshot,
}: TestRun): Promise<boolean> {
  for (;;) {
    const request = interruption.take();
    if (request === undefined) return false;
    if (request === 'stop') return true;
    await snapshot();
  }
}
