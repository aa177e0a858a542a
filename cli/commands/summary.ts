import { existsSync } from 'node:fs';

import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import type { Net } from '../../compiler/net/net.js';
import { readNet } from '../../compiler/read-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import { netsOfSolver } from '../../compiler/solver/nets-of-solver.js';
import { type NetSummary, summarizeNet } from '../../compiler/summary.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapes } from '../input-shapes.js';
import { netOptionsOf } from '../read-options.js';
import { summaryJson, summaryView } from '../report/summary.js';
import { leniently } from '../unsupported.js';
import { UsageError } from '../usage-error.js';

/** What the layers of a net make and cost, or those of each net of a solver. */
export function summary(
  path: string | undefined,
  flags: NetFlags,
  emit: Emit,
): Outcome {
  const { solver } = flags;
  if (path !== undefined && solver === undefined) {
    return netSummary(path, flags, emit);
  }
  if (path === undefined && solver !== undefined) {
    return solverSummary(solver, flags, emit);
  }
  throw new UsageError('give either a net or a solver: --solver FILE');
}

function netSummary(path: string, flags: NetFlags, emit: Emit): Outcome {
  const options = netOptionsOf(flags);
  const { net, diagnostics } = readNet(readSource(path), options);
  const stray = net === undefined ? [] : strayShapes(net, options);
  const found = summaryOf(net, [...diagnostics, ...stray], emit);
  if (found === undefined) return 'refused';
  emit({
    kind: 'result',
    document: () => summaryJson(found),
    view: () => summaryView(found),
  });
  return 'done';
}

/** The train net first, then the test nets in Caffe's order. */
function solverSummary(path: string, flags: NetFlags, emit: Emit): Outcome {
  const { level, stages = [], ...options } = netOptionsOf(flags);
  const { solver, diagnostics } = loadSolver(readSource(path), options);
  emit({ kind: 'diagnostics', diagnostics });
  if (solver === undefined) return 'refused';
  const hasState = stages.length > 0 || level !== 0;
  const built = netsOfSolver(
    solver,
    (file) => (existsSync(file) ? readSource(file) : undefined),
    {
      ...options,
      ...(hasState ? { tool: { level, stage: stages.join(',') } } : {}),
    },
  );
  emit({ kind: 'diagnostics', diagnostics: built.diagnostics });
  if (built.diagnostics.some(isError)) return 'refused';
  const nets = built.nets.flatMap(({ state, net, diagnostics: mistakes }) => {
    const found = summaryOf(net, mistakes, emit);
    return found === undefined ? [] : [{ phase: state.phase, found }];
  });
  if (nets.length < built.nets.length) return 'refused';
  emit({
    kind: 'result',
    document: () => ({
      nets: nets.map(({ phase, found }) => ({ phase, ...summaryJson(found) })),
    }),
    view: () =>
      nets.flatMap(({ phase, found }) => [
        { kind: 'line', text: `${phase}:` },
        ...summaryView(found),
      ]),
  });
  return 'done';
}

/** Tells the mistakes; undefined where they leave nothing to sum up. */
function summaryOf(
  net: Net | undefined,
  mistakes: readonly Diagnostic[],
  emit: Emit,
): NetSummary | undefined {
  const diagnostics = leniently(mistakes);
  emit({ kind: 'diagnostics', diagnostics });
  return net === undefined || diagnostics.some(isError)
    ? undefined
    : summarizeNet(net);
}
