import { type Diagnostic, isError } from '../../compiler/diagnostics.js';
import type { Net } from '../../compiler/net/net.js';
import { readNet } from '../../compiler/read-net.js';
import { loadSolver } from '../../compiler/schema/load-solver.js';
import { stepMemory } from '../../compiler/step-memory.js';
import { type NetSummary, summarizeNet } from '../../compiler/summary.js';

import type { Emit, Outcome } from '../events.js';
import { readSource } from '../files.js';
import type { NetFlags } from '../flags.js';
import { strayShapes, strayShapesOf } from '../input-shapes.js';
import { netOptionsOf } from '../read-options.js';
import type { Block } from '../report/block.js';
import {
  memoryJson,
  memoryView,
  summaryJson,
  summaryView,
} from '../report/summary.js';
import { netsWithSources } from '../solver-nets.js';
import { withoutFollowing, withSourceShapes } from '../source-shapes.js';
import { leniently } from '../unsupported.js';
import { UsageError } from '../usage-error.js';

/** What the layers of a net make and cost, or those of each net of a solver. */
export async function summary(
  path: string | undefined,
  flags: NetFlags,
  emit: Emit,
): Promise<Outcome> {
  const { solver } = flags;
  if (path !== undefined && solver === undefined) {
    return await netSummary(path, flags, emit);
  }
  if (path === undefined && solver !== undefined) {
    return await solverSummary(solver, flags, emit);
  }
  throw new UsageError('give either a net or a solver: --solver FILE');
}

async function netSummary(
  path: string,
  flags: NetFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = netOptionsOf(flags);
  const source = readSource(path);
  const sourced = await withSourceShapes(source, options);
  const { net, diagnostics } = readNet(source, sourced.options);
  const mistakes = [
    ...withoutFollowing(diagnostics, sourced.refused),
    ...sourced.diagnostics,
    ...(net === undefined ? [] : strayShapes(net, options)),
  ];
  const found = summaryOf(net, mistakes, emit);
  if (found === undefined) return 'refused';
  emit({
    kind: 'result',
    document: () => summaryJson(found),
    view: () => summaryView(found),
  });
  return 'done';
}

/** The train net first, then the test nets in Caffe's order. */
async function solverSummary(
  path: string,
  flags: NetFlags,
  emit: Emit,
): Promise<Outcome> {
  const options = netOptionsOf(flags);
  const { solver, diagnostics } = loadSolver(readSource(path), options);
  emit({ kind: 'diagnostics', diagnostics });
  if (solver === undefined) return 'refused';
  const built = await netsWithSources(solver, flags);
  const known = built.nets.flatMap(({ net }) => net ?? []);
  const mistakes = [
    ...built.diagnostics,
    // Where a net is not known, the shape may be meant for it.
    ...(known.length < built.nets.length ? [] : strayShapesOf(known, options)),
  ];
  emit({ kind: 'diagnostics', diagnostics: mistakes });
  if (mistakes.some(isError)) return 'refused';
  const nets = built.nets.flatMap(({ state, net, diagnostics: found }) => {
    const sum = summaryOf(net, found, emit);
    return sum === undefined ? [] : [{ phase: state.phase, found: sum }];
  });
  if (nets.length < built.nets.length) return 'refused';
  // Undefined where the solver cannot be trained.
  const { model } = built.compile();
  const memory = model && stepMemory(model.graph, 'train_step');
  emit({
    kind: 'result',
    document: () => ({
      nets: nets.map(({ phase, found }) => ({ phase, ...summaryJson(found) })),
      ...(memory === undefined ? {} : { training: memoryJson(memory) }),
    }),
    view: () => [
      ...nets.flatMap(({ phase, found }): readonly Block[] => [
        { kind: 'line', text: `${phase}:` },
        ...summaryView(found),
      ]),
      ...(memory === undefined ? [] : memoryView(memory)),
    ],
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
