import { invariant } from '../diagnostics.js';
import type { Variable } from '../ir/graph.js';
import { float32, type Shape } from '../ir/types.js';
import type { Net, Parameter } from '../net/net.js';

export interface VariableTableOptions {
  /** Before the names of the net's own variables. */
  readonly prefix?: string;
  /** The variable of another net whose values a parameter takes; undefined: it has its own. */
  readonly sharedWith?: (parameter: Parameter) => Variable | undefined;
}

/** The variables of a net by name: its parameters, and what layers keep from pass to pass. */
export class VariableTable {
  private readonly byName = new Map<string, Variable>();
  private readonly prefix: string;
  private readonly sharedWith: NonNullable<VariableTableOptions['sharedWith']>;

  constructor(
    net: Net,
    { prefix = '', sharedWith = () => undefined }: VariableTableOptions = {},
  ) {
    this.prefix = prefix;
    this.sharedWith = sharedWith;
    for (const parameter of net.layers.flatMap((layer) => layer.parameters)) {
      const { layer, index, variable, owner, spec } = parameter;
      if (owner !== undefined || sharedWith(parameter) !== undefined) continue;
      this.byName.set(variable, {
        name: `${prefix}${variable}`,
        type: float32(spec.shape),
        source: { kind: 'parameter', layer, blob: index },
      });
    }
  }

  /** The variable with the values of a parameter, which may be another layer's. */
  of(parameter: Parameter): Variable {
    const owner = parameter.owner ?? parameter;
    const found =
      this.sharedWith(parameter) ??
      this.sharedWith(owner) ??
      this.byName.get(owner.variable);
    invariant(found !== undefined, `no variable for ${parameter.layer}`);
    return found;
  }

  /** What a layer keeps under that name; one variable, whoever asks. */
  state(layer: string, name: string, shape: Shape): Variable {
    const key = `${layer}/state/${name}`;
    const known = this.byName.get(key);
    if (known !== undefined) return known;
    const variable: Variable = {
      name: `${this.prefix}${key}`,
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

  /** Those of the net itself. */
  get all(): readonly Variable[] {
    return [...this.byName.values()];
  }
}
