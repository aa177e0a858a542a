import { invariant } from '../diagnostics.js';
import { Builder, freshValue } from '../ir/builder.js';
import type { Named, Origin, Store, Value, Variable } from '../ir/graph.js';
import { elementCount, float32, type Shape } from '../ir/types.js';
import type { LayerState, LowerContext } from '../layers/define-layer.js';
import { reshaped } from '../layers/operands.js';
import type { Blob, Layer, Net, Parameter } from '../net/net.js';
import { readVariable, tap } from '../ops/constant.js';
import { identity, none, stopGradient } from '../ops/elementwise.js';
import {
  iteration,
  randomNormalAt,
  randomUniformAt,
} from '../ops/random-ops.js';
import type { VariableTable } from './variable-table.js';

/** The name under which a top is observed: a layer may work in place on another's blob. */
export const topName = ({ producer, index }: Blob): string =>
  `${producer}/${index}`;

export interface ForwardOptions {
  /** Puts a tap behind every top, at which it can be replaced. */
  readonly tapped?: boolean;
  /** Lets no gradient through where a layer says `propagate_down: false`. */
  readonly stopped?: boolean;
  /**
   * Gives every layer a value of its own for each bottom and parameter that it reads, so that
   * its share of a gradient can be told from those of other readers.
   */
  readonly apart?: boolean;
  /** From which random layers count their own seeds; default: 0. */
  readonly seed?: number;
}

/** A forward pass as ops: where each blob's value is, and what is stored afterwards. */
export interface Forward {
  readonly builder: Builder;
  readonly inputs: readonly Named[];
  /** As the layers below read them. */
  readonly values: ReadonlyMap<Blob, Value>;
  /** As the layers made them: before the taps. */
  readonly made: ReadonlyMap<Blob, Value>;
  /** What was read of each parameter's variable; one value, however many layers share it. */
  readonly parameters: ReadonlyMap<Variable, Value>;
  /** What each layer read of its bottoms. */
  readonly bottoms: ReadonlyMap<Layer, readonly Value[]>;
  /** What each layer read of its own parameters or those that it shares. */
  readonly uses: ReadonlyMap<Parameter, Value>;
  readonly stores: readonly Store[];
}

const originOf = (layer: Layer): Origin => ({
  layer: layer.name,
  span: layer.message.span,
});

class ForwardLowering {
  readonly builder = new Builder({ layer: '' });
  readonly inputs: Named[] = [];
  readonly values = new Map<Blob, Value>();
  readonly made = new Map<Blob, Value>();
  readonly parameters = new Map<Variable, Value>();
  readonly bottoms = new Map<Layer, readonly Value[]>();
  readonly uses = new Map<Parameter, Value>();
  readonly stores = new Map<Variable, Value>();
  private draws = 0;
  private readonly variables: VariableTable;
  private readonly options: ForwardOptions;

  constructor(variables: VariableTable, options: ForwardOptions) {
    this.variables = variables;
    this.options = options;
  }

  private readOnce(variable: Variable): Value {
    const known = this.parameters.get(variable);
    if (known !== undefined) return known;
    const value = this.builder.apply(readVariable, [], { variable });
    this.parameters.set(variable, value);
    return value;
  }

  private readParameter(parameter: Parameter): Value {
    const variable = this.variables.of(parameter);
    // A layer that shares statistics with one before sees what that one stored.
    const value = this.stores.get(variable) ?? this.readOnce(variable);
    const read = this.own(reshaped(this.builder, value, parameter.spec.shape));
    this.uses.set(parameter, read);
    return read;
  }

  /** A value that nobody else reads, if that is wanted. */
  private own(value: Value): Value {
    return this.options.apart === true
      ? this.builder.apply(identity, [value], none)
      : value;
  }

  private readBottoms(layer: Layer): readonly Value[] {
    const read = layer.bottoms.map((blob) => {
      const value = this.values.get(blob);
      invariant(value !== undefined, `blob ${blob.name} has no value`);
      return this.own(value);
    });
    this.bottoms.set(layer, read);
    return read;
  }

  private bottomsOf(layer: Layer): readonly Value[] {
    const propagated = layer.message.get('propagate_down');
    return this.readBottoms(layer).map((value, index) =>
      this.options.stopped === true && propagated[index] === false
        ? this.builder.apply(stopGradient, [value], none)
        : value,
    );
  }

  private contextOf(layer: Layer): LowerContext {
    const { builder } = this;
    return {
      builder,
      bottoms: this.bottomsOf(layer),
      parameters: layer.parameters.map((each) => this.readParameter(each)),
      update: (index, value) => {
        const parameter = layer.parameters[index];
        invariant(
          parameter !== undefined,
          `${layer.name} has no blob ${index}`,
        );
        const variable = this.variables.of(parameter);
        this.stores.set(
          variable,
          reshaped(builder, value, variable.type.shape),
        );
      },
      state: (name, shape): LayerState => {
        const variable = this.variables.state(layer.name, name, shape);
        return {
          value: builder.apply(readVariable, [], { variable }),
          keep: (next) => {
            this.stores.set(variable, next);
          },
        };
      },
      random: (shape) => this.draw(randomUniformAt, shape),
      randomNormal: (shape) => this.draw(randomNormalAt, shape),
    };
  }

  private draw(op: typeof randomUniformAt, shape: Shape): Value {
    const { builder } = this;
    return builder.apply(op, [builder.apply(iteration, [], none)], {
      shape,
      seed: (this.options.seed ?? 0) + ++this.draws,
    });
  }

  private lowerLayer(layer: Layer): readonly Value[] {
    const { setUp } = layer;
    invariant(setUp !== undefined, `layer ${layer.name} is not set up`);
    if (setUp.fed !== true) return setUp.lower(this.contextOf(layer));
    return layer.tops.map(({ name }, index) => {
      const value = freshValue(float32(setUp.tops[index] ?? []));
      this.inputs.push({ name, value });
      return value;
    });
  }

  addLayer(layer: Layer): void {
    this.builder.at(originOf(layer), () => {
      const tops = this.lowerLayer(layer);
      layer.tops.forEach((blob, index) => {
        const value = tops[index];
        invariant(value !== undefined, `${layer.name} made no top ${index}`);
        invariant(
          blob.shape !== undefined &&
            elementCount(blob.shape) === elementCount(value.type.shape),
          `top ${index} of ${layer.name} has another shape than it said`,
        );
        this.made.set(blob, value);
        this.values.set(
          blob,
          this.options.tapped === true
            ? this.builder.apply(tap, [value], { name: topName(blob) })
            : value,
        );
      });
    });
  }
}

/** Lowers the layers of a net, in their order, to ops. */
export function lowerForward(
  net: Net,
  variables: VariableTable,
  options: ForwardOptions = {},
): Forward {
  const lowering = new ForwardLowering(variables, options);
  for (const layer of net.layers) lowering.addLayer(layer);
  return {
    builder: lowering.builder,
    inputs: lowering.inputs,
    values: lowering.values,
    made: lowering.made,
    parameters: lowering.parameters,
    bottoms: lowering.bottoms,
    uses: lowering.uses,
    stores: Array.from(lowering.stores, ([variable, value]) => ({
      variable,
      value,
    })),
  };
}
