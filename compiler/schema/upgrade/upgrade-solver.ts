import { type Diagnostic, diagnostic } from '../../diagnostics.js';
import type { Enums } from '../generated/messages.js';
import type { Message } from '../message.js';
import { draftOf } from './draft.js';

const typeNames: Readonly<Record<Enums['SolverParameter.SolverType'], string>> =
  {
    SGD: 'SGD',
    NESTEROV: 'Nesterov',
    ADAGRAD: 'AdaGrad',
    RMSPROP: 'RMSProp',
    ADADELTA: 'AdaDelta',
    ADAM: 'Adam',
    // A fork's.
    SAG: 'SAG',
  };

export interface UpgradedSolver {
  /** Undefined where an error is among the diagnostics. */
  readonly solver: Message<'SolverParameter'> | undefined;
  readonly wasOld: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** The enum `solver_type` becomes the string `type`; both are too many, even if they agree. */
export function upgradeSolver(
  solver: Message<'SolverParameter'>,
): UpgradedSolver {
  if (!solver.has('solver_type')) {
    return { solver, wasOld: false, diagnostics: [] };
  }
  const span = solver.spanOf('solver_type');
  if (solver.has('type')) {
    const note = {
      message: "'type' is given here",
      span: solver.spanOf('type'),
    };
    return {
      solver: undefined,
      wasOld: true,
      diagnostics: [
        diagnostic('schema/two-solver-types', {}, { span, notes: [note] }),
      ],
    };
  }
  const old = solver.get('solver_type');
  // One that the schema does not know has been warned of and stays as it is.
  const type = (typeNames as Readonly<Record<string, string>>)[old] ?? old;
  const upgraded = draftOf(solver)
    .remove('solver_type')
    .put('type', [type], [span])
    .build();
  return { solver: upgraded, wasOld: true, diagnostics: [] };
}
