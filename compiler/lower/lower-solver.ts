import type { Diagnostic } from '../diagnostics.js';
import { isError } from '../diagnostics.js';
import type { Graph, GraphFunction, Variable } from '../ir/graph.js';
import type { Net } from '../net/net.js';
import type { SolverSettings } from '../solver/solver-settings.js';
import { updateRules } from '../solver/update-rules.js';
import { seedOfLayers } from './seed-of-layers.js';
import { type Learnt, learntParameters, variablesOf } from './solver/learnt.js';
import { testVariables } from './solver/shared-variables.js';
import { stepNames } from './solver/step-names.js';
import {
  accumulateFunction,
  gradientsFunction,
  passFunction,
  trainStepFunction,
} from './solver/train-functions.js';
import {
  assignFunction,
  initializeFunction,
  type Owner,
  readFunction,
} from './variable-functions.js';
import { VariableTable } from './variable-table.js';

export { stepNames } from './solver/step-names.js';

export interface LowerSolverOptions {
  readonly settings: SolverSettings;
  readonly train: Net;
  readonly tests: readonly Net[];
  readonly protectStatistics: boolean;
  /** Of fillers and random layers, from 0 to 2^31 - 1. */
  readonly seed: number;
  /** Adds the function `gradients`. */
  readonly gradients: boolean;
}

export interface LoweredSolver {
  /** undefined where an error is among the diagnostics. */
  readonly graph: Graph<'logical'> | undefined;
  readonly learnt: readonly Learnt[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The functions that hand variables in and out. */
function servingFunctions(
  learnt: readonly Learnt[],
  owners: readonly Owner[],
  seed: number,
): readonly GraphFunction[] {
  const parameters = owners.flatMap(({ variables }) => variables.parameters);
  const history = learnt.flatMap((each) => each.history);
  const states = owners.flatMap(({ variables }) => variables.states);
  const updates = learnt.flatMap(({ update }) =>
    update === undefined ? [] : [update],
  );
  return [
    assignFunction('assign', parameters),
    initializeFunction(owners, variablesOf(learnt), seed),
    readFunction('read', parameters),
    assignFunction('assign_state', history),
    readFunction('read_state', history),
    ...(updates.length === 0 ? [] : [readFunction('read_updates', updates)]),
    ...(states.length === 0
      ? []
      : [
          assignFunction('assign_layer_states', states),
          readFunction('read_layer_states', states),
        ]),
  ];
}

/**
 * A solver and its nets as one graph in Caffe's axes: `train_step`, `accumulate` (with
 * several passes), `forward`, `test_0` and on, and what hands variables in and out.
 */
export function lowerSolver(options: LowerSolverOptions): LoweredSolver {
  const { settings, train, tests, protectStatistics, seed } = options;
  const rule = updateRules[settings.type];
  const variables = new VariableTable(train);
  const learning = { settings, rule, protectStatistics };
  const learnt = learntParameters(train, variables, learning);
  const tested = tests.map((net, index) => ({
    net,
    name: stepNames.test(index),
    ...testVariables(net, `${stepNames.test(index)}/`, train, variables),
  }));
  const diagnostics = tested.flatMap((test) => test.diagnostics);
  if (diagnostics.some(isError)) {
    return { graph: undefined, learnt, diagnostics };
  }
  const layerSeed = seedOfLayers(seed);
  const debug = settings.debugInfo;
  const pass = { net: train, variables, learnt, seed: layerSeed, debug };
  const training = { ...pass, settings, rule };
  const computing = [
    trainStepFunction(training),
    ...(settings.passes > 1 ? [accumulateFunction(training)] : []),
    passFunction('forward', pass),
    ...(options.gradients ? [gradientsFunction(training)] : []),
    ...tested.map((test) =>
      passFunction(test.name, {
        net: test.net,
        variables: test.variables,
        seed: layerSeed,
        debug,
      }),
    ),
  ];
  const owners: readonly Owner[] = [{ net: train, variables }, ...tested];
  const serving = servingFunctions(learnt, owners, seed);
  const all: readonly Variable[] = [
    ...owners.flatMap((owner) => owner.variables.all),
    ...variablesOf(learnt),
  ];
  return {
    graph: {
      stage: 'logical',
      name: train.name,
      variables: all,
      functions: [...computing, ...serving],
    },
    learnt,
    diagnostics,
  };
}
