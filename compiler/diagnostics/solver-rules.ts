import { error } from './rule.js';

/** Solvers. */
export const solverRules = {
  'solver/no-net': error<Record<never, never>>(
    () =>
      `the solver names no net to train: give net, train_net, net_param or train_net_param`,
  ),
  'solver/two-train-nets': error<{ first: string; second: string }>(
    (f) =>
      `the solver has ${f.first} and ${f.second}; only one of them can be trained`,
  ),
  'solver/net-file-missing': error<{ field: string; file: string }>(
    (f) => `there is no file '${f.file}', which '${f.field}' names`,
  ),
  'solver/test-iter-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_iter for ${f.nets} test nets; give one for each`,
  ),
  'solver/test-state-count': error<{ written: number; nets: number }>(
    (f) =>
      `the solver has ${f.written} of test_state for ${f.nets} test nets; give one for each, or none`,
  ),
};
