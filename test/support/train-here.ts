import { isError } from '../../compiler/diagnostics.js';
import { training } from '../../compiler/passes/index.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';

import type { Interruption } from '../../runtime/training/interruption.js';
import { openTraining } from '../../runtime/training/open-training.js';
import { runTraining } from '../../runtime/training/trainer.js';
import type { TrainingEvent } from '../../runtime/training/training-event.js';
import type { TrainingRequest } from '../../runtime/training/training-request.js';

export interface TrainedHere {
  readonly events: readonly TrainingEvent[];
  /** Codes of diagnostics. */
  readonly codes: readonly string[];
  /** What ended it before its time. */
  readonly failure: unknown;
}

const undisturbed: Interruption = { take: () => undefined };

/** Trains a solver on a net, both as text, in this process; nothing is thrown. */
export async function trainHere(
  solverText: string,
  net: string,
  asked: Partial<TrainingRequest> = {},
): Promise<TrainedHere> {
  const { solver } = loadSolver({ name: 'solver.prototxt', text: solverText });
  if (solver === undefined) throw new Error('the solver cannot be read');
  const events: TrainingEvent[] = [];
  const codes: string[] = [];
  let failure: unknown;
  const request: TrainingRequest = {
    solver,
    solverFile: 'solver.prototxt',
    resolve: (name) => ({ name, text: net }),
    nets: { tool: {} },
    inputShapes: new Map(),
    weights: [],
    snapshot: undefined,
    maxIterations: undefined,
    restartData: false,
    protectStatistics: false,
    pipeline: training,
    workers: 0,
    skipBad: false,
    interruption: undisturbed,
    report: (diagnostics) => {
      codes.push(...diagnostics.map(({ code }) => code));
      const error = diagnostics.find(isError);
      if (error !== undefined) failure ??= new Error(error.message);
    },
    stage: (_, work) => work(),
    ...asked,
    tell: (event) => {
      events.push(event);
      asked.tell?.(event);
    },
  };
  try {
    const opened = await openTraining(request);
    if (opened === undefined) return { events, codes, failure };
    try {
      await runTraining(opened.run);
    } finally {
      await opened.close();
    }
  } catch (thrown) {
    failure = thrown;
  }
  return { events, codes, failure };
}
