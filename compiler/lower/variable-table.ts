import { invariant } from '../diagnostics.js';
import type { Variable } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import type { Net, Parameter } from '../net/net.js';

/** The variables of a net by name: its parameters, and what layers keep from pass to pass. */
export class VariableTable {
  private readonly byName = new Map<string, Variable>();

  constructor(net: Net) {
    for (const { parameters } of net.layers) {
      for (const { layer, index, variable, owner, spec } of parameters) {
        if (owner !== undefined) continue;
        this.byName.set(variable, {
          name: variable,
          type: float32(spec.shape),
          source: { kind: 'parameter', layer, blob: index },
        });
      }
    }
  }

  /** The variable with the values of a parameter, which may be another layer's. */
  of(parameter: Parameter): Variable {
    const { variable } = parameter.owner ?? parameter;
    const found = this.byName.get(variable);
    invariant(found !== undefined, `no variable for ${parameter.layer}`);
    return found;
  }

  /** What a layer keeps under that name; one variable, whoever asks. */
  state(layer: string, name: string, shape: Shape): Variable {
    const key = `${layer}/state/${name}`;
    const known = this.byName.get(key);
    if (known !== undefined) return known;
    const variable: Variable = {
      name: key,
      type: float32(shape),
      source: { kind: 'state', layer },
    };
    this.byName.set(key, variable);
    return variable;
  }

  get parameters(): readonly Variable[] {
    return this.all.filter(({ source }) => source.kind === 'parameter');
  }

  get states(): readonly Variable[] {
    return this.all.filter(({ source }) => source.kind === 'state');
  }

  get all(): readonly Variable[] {
    return [...this.byName.values()];
  }
}
