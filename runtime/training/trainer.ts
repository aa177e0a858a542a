import type { SolverModel } from '../../compiler/compile-solver.js';
import { learningRate } from '../../compiler/solver/learning-rate.js';

import type { Tensor } from '../tensor.js';
import type { BatchFeed } from './batch-feed.js';
import type { Interruption } from './interruption.js';
import {
  type BadLayer,
  isGuardOfStep,
  requireFinite,
  stepNotFinite,
} from './require-finite.js';
import { scoresOf } from './scores.js';
import type { SmoothedLoss } from './smoothed-loss.js';
import type {
  PassResult,
  SolverSession,
  StepOptions,
  StepResult,
} from './solver-session.js';
import { testAll, type TestRun } from './test-nets.js';
import type { TellTraining } from './training-event.js';
import { withIteration } from './training-failure.js';

/** Where a training stands: what a snapshot holds beside the session's values. */
export interface TrainingState {
  /** Iterations done. */
  readonly iteration: number;
  readonly currentStep: number;
  readonly smoothed: SmoothedLoss;
}

export interface TrainingRun {
  readonly model: SolverModel;
  /** With its parameters and history assigned. */
  readonly session: SolverSession;
  readonly train: BatchFeed;
  readonly tests: readonly BatchFeed[];
  /** Where it begins: a snapshot, or all at 0. */
  readonly start: TrainingState;
  readonly interruption: Interruption;
  readonly tell: TellTraining;
  /** Finds where numbers go wrong; the session is as it was before the step that failed. */
  readonly firstBadLayer?:
    | ((
        inputs: ReadonlyMap<string, Tensor>,
        pass: number,
      ) => Promise<BadLayer | undefined>)
    | undefined;
  /** Writes a snapshot; the last one stays if it fails. */
  readonly snapshot: (state: TrainingState) => Promise<void>;
}

/**
 * Trains as Caffe does, in its order (solver.cpp, Solve and Step): within an iteration the
 * tests that are due, the passes, the update, what signals have asked for, the snapshot.
 */
export async function runTraining(
  run: TrainingRun,
): Promise<'done' | 'stopped'> {
  const { model, tell, start } = run;
  const { settings } = model;
  const { maxIterations } = settings;
  tell({
    kind: 'started',
    net: model.train.name,
    policy: settings.rate.policy,
    iteration: start.iteration,
    maxIterations,
  });
  const walk = new Walk(run);
  const isStopped = await walk.to(maxIterations);
  await walk.snapshotAfterTraining();
  if (!isStopped) await walk.lastPasses();
  const why = isStopped ? 'stopped' : 'done';
  tell({ kind: 'ended', why });
  return why;
}

/** A training while it goes on. */
class Walk {
  readonly #run: TrainingRun;
  readonly #smoothed: SmoothedLoss;
  /** Whether `debug_info` tells of the passes of the train net; it stays so after the last. */
  #debug = false;
  #iteration: number;
  #currentStep: number;

  constructor(run: TrainingRun) {
    this.#run = run;
    this.#iteration = run.start.iteration;
    this.#currentStep = run.start.currentStep;
    this.#smoothed = run.start.smoothed;
  }

  /** Whether a request stopped it before. */
  async to(maxIterations: number): Promise<boolean> {
    const { interval } = this.#run.model.settings.snapshot;
    while (this.#iteration < maxIterations) {
      if (this.#isTestDue() && (await this.#testAll())) return true;
      await this.#iterate();
      const request = this.#run.interruption.take();
      const isDue = interval > 0 && this.#iteration % interval === 0;
      if (isDue || request === 'snapshot') await this.#snapshot();
      if (request === 'stop') return true;
    }
    return false;
  }

  async snapshotAfterTraining(): Promise<void> {
    const { afterTraining, interval } = this.#run.model.settings.snapshot;
    const isThere = interval > 0 && this.#iteration % interval === 0;
    if (afterTraining && !isThere) await this.#snapshot();
  }

  /** The passes after the last update that only show where it led. */
  async lastPasses(): Promise<void> {
    const { display, test } = this.#run.model.settings;
    if (display > 0 && this.#iteration % display === 0) {
      const { loss } = await this.#forward();
      const smoothedLoss = this.#smoothed.add(loss);
      const iteration = this.#iteration;
      this.#run.tell({ kind: 'final-loss', iteration, smoothedLoss });
    }
    const { interval } = test;
    if (interval > 0 && this.#iteration % interval === 0) await this.#testAll();
  }

  #isTestDue(): boolean {
    const { interval, atStart } = this.#run.model.settings.test;
    return (
      interval > 0 &&
      this.#iteration % interval === 0 &&
      (this.#iteration > 0 || atStart)
    );
  }

  /** Whether a request stopped it. */
  #testAll(): Promise<boolean> {
    const run: TestRun = {
      ...this.#run,
      iteration: this.#iteration,
      snapshot: () => this.#snapshot(),
    };
    return withIteration(this.#iteration, () => testAll(run));
  }

  /** The place of a pass among all passes of all iterations, by which layers draw. */
  #passNumber(pass: number): number {
    return this.#iteration * this.#run.model.settings.passes + pass;
  }

  #forward(): Promise<PassResult> {
    const { session, train } = this.#run;
    const options = { pass: this.#passNumber(0), debug: this.#debug };
    return withIteration(this.#iteration, async () =>
      this.#told(await train.use((inputs) => session.forward(inputs, options))),
    );
  }

  /** Tells what `debug_info` shows of a pass before what comes of it. */
  #told<Result extends PassResult>(result: Result): Result {
    const { debug: facts } = result;
    if (facts !== undefined) this.#run.tell({ kind: 'debug', facts });
    return result;
  }

  async #iterate(): Promise<void> {
    const { model, train, tell } = this.#run;
    const { settings } = model;
    const { display, debugInfo } = settings;
    const isShown = display > 0 && this.#iteration % display === 0;
    this.#debug = debugInfo && isShown;
    const before = this.#currentStep;
    const { rate, currentStep } = learningRate(
      settings.rate,
      this.#iteration,
      before,
    );
    const { loss, last } = await withIteration(this.#iteration, () =>
      this.#passes(rate),
    );
    const scores = scoresOf(model.train, last.outputs);
    const { gradientNorm } = last;
    requireFinite(this.#iteration, { loss, scores, gradientNorm });
    const isMultistep = settings.rate.policy === 'multistep';
    tell({
      kind: 'iteration',
      iteration: this.#iteration,
      rate,
      loss,
      smoothedLoss: this.#smoothed.add(loss),
      scores,
      gradientNorm,
      step: isMultistep && currentStep !== before ? currentStep : undefined,
      waited: train.waited,
    });
    this.#currentStep = currentStep;
    this.#iteration += 1;
  }

  /** All passes of an iteration; the loss is their mean, in float32. */
  async #passes(
    rate: number,
  ): Promise<{ readonly loss: number; readonly last: StepResult }> {
    const { model, session, train } = this.#run;
    const { passes } = model.settings;
    let sum = 0;
    for (let number = 0; number < passes - 1; number++) {
      const pass = this.#passNumber(number);
      const { loss } = this.#told(
        await train.use((inputs) =>
          session.accumulate(inputs, { pass, debug: this.#debug }),
        ),
      );
      sum = Math.fround(sum + loss);
    }
    const pass = this.#passNumber(passes - 1);
    const iteration = this.#iteration;
    const debug = this.#debug;
    const last = this.#told(
      await train.use((inputs) =>
        this.#update(inputs, { iteration, rate, pass, debug }),
      ),
    );
    return { loss: Math.fround(Math.fround(sum + last.loss) / passes), last };
  }

  async #update(
    inputs: ReadonlyMap<string, Tensor>,
    options: StepOptions,
  ): Promise<StepResult> {
    const { session, firstBadLayer } = this.#run;
    try {
      return await session.step(inputs, options);
    } catch (thrown) {
      if (!isGuardOfStep(thrown)) throw thrown;
      // Its search must not hide what went wrong.
      const bad = await firstBadLayer?.(inputs, options.pass).catch(
        () => undefined,
      );
      throw stepNotFinite(options.iteration, bad);
    }
  }

  #snapshot(): Promise<void> {
    return withIteration(this.#iteration, () =>
      this.#run.snapshot({
        iteration: this.#iteration,
        currentStep: this.#currentStep,
        smoothed: this.#smoothed,
      }),
    );
  }
}
