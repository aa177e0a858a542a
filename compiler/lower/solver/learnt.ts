import type { Variable } from '../../ir/graph.js';
import { float32 } from '../../ir/types.js';
import type { Net, Parameter } from '../../net/net.js';
import type { SolverSettings } from '../../solver/solver-settings.js';
import type { UpdateRule } from '../../solver/update-rule.js';
import { wantsGradient } from '../loss.js';
import type { VariableTable } from '../variable-table.js';

/** A parameter of the train net with all that a solver keeps for it. */
export interface Learnt {
  readonly parameter: Parameter;
  readonly variable: Variable;
  /** One for each slot of the rule. */
  readonly history: readonly Variable[];
  /** The sum of its gradients; undefined where there is nothing to sum. */
  readonly sum: Variable | undefined;
  /** Its last update; undefined where nobody asks for it. */
  readonly update: Variable | undefined;
  readonly hasGradient: boolean;
  readonly lrMult: number;
  readonly decayMult: number;
}

export interface LearntOptions {
  readonly settings: SolverSettings;
  readonly rule: UpdateRule;
  readonly protectStatistics: boolean;
}

/** Gives names that no variable has yet. */
function fresh(taken: Iterable<Variable>): (wanted: string) => string {
  const names = new Set(Array.from(taken, ({ name }) => name));
  return (wanted) => {
    let name = wanted;
    for (let count = 2; names.has(name); count++) name = `${wanted}#${count}`;
    names.add(name);
    return name;
  };
}

/** The learnable parameters in Caffe's order (net.cpp, AppendParam): each owner once. */
export function learntParameters(
  net: Net,
  variables: VariableTable,
  { settings, rule, protectStatistics }: LearntOptions,
): readonly Learnt[] {
  const nameFor = fresh(variables.all);
  return net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined)
    .map((parameter): Learnt => {
      const { spec, lrMult, decayMult } = parameter;
      const variable = variables.of(parameter);
      const type = float32(spec.shape);
      const of = variable.name;
      const hasGradient = wantsGradient(net, parameter);
      const isProtected = protectStatistics && spec.statistics === true;
      return {
        parameter,
        variable,
        hasGradient,
        history: Array.from({ length: rule.slots }, (_, slot) => ({
          name: nameFor(`solver/history/${of}/${slot}`),
          type,
          source: { kind: 'history', parameter: of, slot },
        })),
        sum:
          settings.passes > 1 && hasGradient
            ? {
                name: nameFor(`solver/sum/${of}`),
                type,
                source: { kind: 'sum', parameter: of },
              }
            : undefined,
        update: settings.snapshot.withUpdates
          ? {
              name: nameFor(`solver/update/${of}`),
              type,
              source: { kind: 'update', parameter: of },
            }
          : undefined,
        lrMult: isProtected ? 0 : lrMult,
        decayMult: isProtected ? 0 : decayMult,
      };
    });
}

/** The variables that a solver adds to those of its nets. */
export const variablesOf = (learnt: readonly Learnt[]): readonly Variable[] =>
  learnt.flatMap(({ history, sum, update }) => [
    ...history,
    ...(sum === undefined ? [] : [sum]),
    ...(update === undefined ? [] : [update]),
  ]);
