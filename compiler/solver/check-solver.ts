import {
  type Code,
  type Diagnostic,
  diagnostic,
  type FactsOf,
} from '../diagnostics.js';
import type { Message } from '../schema/message.js';
import { definitionsOf, isIn } from '../schema/message-type.js';
import { didYouMean } from '../suggestion.js';
import { ratePolicies, solverTypes } from './solver-settings.js';

type Solver = Message<'SolverParameter'>;
type Field = Parameters<Solver['has']>[0];
type Report = <C extends Code>(
  code: C,
  facts: FactsOf<C>,
  field: Field,
) => void;

/**
 * What Caffe's solvers refuse when they are made (solver.cpp, sgd_solvers.hpp), and what it
 * would only stumble over in the first iteration. All of it is found at once.
 */
export function checkSolver(solver: Solver): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report: Report = (code, facts, field) => {
    found.push(diagnostic(code, facts, { span: solver.spanOf(field) }));
  };
  checkNames(solver, found);
  checkForeign(solver, found);
  checkRate(solver, report);
  checkRule(solver, report);
  checkCounts(solver, report);
  return found;
}

/** Names that have to be one of a list. */
function checkNames(solver: Solver, found: Diagnostic[]): void {
  const lists = [
    ['type', solverTypes],
    ['lr_policy', ratePolicies],
    ...(solver.get('weight_decay') === 0
      ? []
      : [['regularization_type', ['L1', 'L2']] as const]),
  ] as const;
  for (const [field, names] of lists) {
    const name = solver.get(field);
    if (names.some((known) => known === name)) continue;
    const facts = { field, name, known: names.join(', ') };
    found.push(
      diagnostic('solver/unknown-name', facts, {
        span: solver.spanOf(field),
        notes: didYouMean(name, names),
      }),
    );
  }
}

/** Fields of other forks choose another computation. */
function checkForeign(solver: Solver, found: Diagnostic[]): void {
  for (const { entry, spans } of solver.written()) {
    const isKnown = definitionsOf('SolverParameter', entry.name).some(
      (definition) => isIn(definition, 'bvlc') || isIn(definition, 'ran'),
    );
    if (isKnown) continue;
    const [span = solver.span] = spans;
    found.push(
      diagnostic('solver/foreign-option', { option: entry.name }, { span }),
    );
  }
}

function checkRate(solver: Solver, report: Report): void {
  const policy = solver.get('lr_policy');
  if (policy === 'step' && solver.get('stepsize') < 1) {
    report('solver/too-small', { field: 'stepsize', least: 1 }, 'stepsize');
  }
  if (policy === 'poly' && solver.get('max_iter') < 1) {
    report('solver/too-small', { field: 'max_iter', least: 1 }, 'max_iter');
  }
}

/** sgd_solvers.hpp, constructor_sanity_check and the constructors. */
function checkRule(solver: Solver, report: Report): void {
  const type = solver.get('type');
  const withoutMomentum = type === 'AdaGrad' || type === 'RMSProp';
  if (withoutMomentum && solver.get('momentum') !== 0) {
    report('solver/momentum', { type }, 'momentum');
  }
  const decay = solver.get('rms_decay');
  if (type === 'RMSProp' && (decay < 0 || decay >= 1)) {
    report('solver/rms-decay', { value: decay }, 'rms_decay');
  }
}

function checkCounts(solver: Solver, report: Report): void {
  const least = (field: 'iter_size' | 'average_loss' | 'test_interval') => {
    if (solver.get(field) < 1) {
      report('solver/too-small', { field, least: 1 }, field);
    }
  };
  least('iter_size');
  least('average_loss');
  if (solver.get('test_iter').length > 0) least('test_interval');
  if (solver.get('test_iter').some((batches) => batches < 0)) {
    report('solver/too-small', { field: 'test_iter', least: 0 }, 'test_iter');
  }
  for (const field of ['max_iter', 'snapshot', 'display'] as const) {
    if (solver.get(field) < 0) {
      report('solver/too-small', { field, least: 0 }, field);
    }
  }
}
