import type { Span } from '../../grammar/source.js';

import type { Code, FactsOf, Note } from '../diagnostics.js';
import { elementCount, sameShape, type Shape } from '../ir/types.js';
import type { ParameterSpec } from '../layers/define-layer.js';
import { fillerTypes } from '../layers/fillers.js';
import type { Message } from '../schema/message.js';
import { didYouMean } from '../suggestion.js';
import type { Parameter } from './net.js';
import type { SharedMultipliers } from './shared-multipliers.js';

type Report = <C extends Code>(
  code: C,
  facts: FactsOf<C>,
  span: Span,
  notes?: readonly Note[],
) => void;

const isSquareFilter = (shape: Shape): boolean =>
  shape.length === 4 && shape[2] === shape[3];

/** Gives layers their parameters, and finds those that layers share by name. */
export class ParameterBuilder {
  private readonly owners = new Map<string, Parameter>();
  private readonly variables = new Set<string>();
  private readonly multipliers: SharedMultipliers;
  private readonly report: Report;

  constructor(multipliers: SharedMultipliers, report: Report) {
    this.multipliers = multipliers;
    this.report = report;
  }

  /** The parameters of a layer in the order of its blobs. */
  parametersOf(
    message: Message<'LayerParameter'>,
    specs: readonly ParameterSpec[],
  ): readonly Parameter[] {
    const layer = message.get('name');
    const written = message.get('param');
    if (written.length > specs.length) {
      this.report(
        'net/too-many-params',
        { layer, written: written.length, blobs: specs.length },
        message.spanOf('param', specs.length),
      );
    }
    for (const spec of specs) this.checkFiller(layer, spec);
    return specs.map((spec, index) => {
      const param = written[index];
      const parameter: Parameter = {
        layer,
        index,
        variable: this.uniqueVariable(`${layer}/${index}`),
        owner: undefined,
        spec,
        lrMult:
          spec.unlearnt === true ? 0 : this.multipliers.of(param, 'lr_mult'),
        decayMult: this.multipliers.of(param, 'decay_mult'),
        span: param?.span ?? message.span,
      };
      const name = param?.get('name') ?? '';
      if (name === '' || param === undefined) return parameter;
      const owner = this.owners.get(name);
      if (owner === undefined) {
        this.owners.set(name, parameter);
        return parameter;
      }
      return this.share(name, owner, parameter, param);
    });
  }

  /** Two layers may have one name; their parameters are two all the same. */
  private uniqueVariable(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.variables.has(name); count++) {
      name = `${wanted}#${count}`;
    }
    this.variables.add(name);
    return name;
  }

  private checkFiller(layer: string, { filler, shape }: ParameterSpec): void {
    if ('constant' in filler) return;
    const type = filler.get('type');
    if (!fillerTypes.includes(type)) {
      this.report(
        'net/unknown-filler',
        { layer, type },
        filler.spanOf('type'),
        didYouMean(type, fillerTypes),
      );
    } else if (type === 'bilinear' && !isSquareFilter(shape)) {
      this.report(
        'net/filler-shape',
        { layer, type, shape },
        filler.spanOf('type'),
      );
    }
  }

  /** Net::AppendParam: shapes must be equal, or only the counts under PERMISSIVE. */
  private share(
    name: string,
    owner: Parameter,
    parameter: Parameter,
    param: Message<'ParamSpec'>,
  ): Parameter {
    const permissive = param.get('share_mode') === 'PERMISSIVE';
    const equal = permissive
      ? elementCount(owner.spec.shape) === elementCount(parameter.spec.shape)
      : sameShape(owner.spec.shape, parameter.spec.shape);
    if (!equal) {
      this.report(
        'net/shared-shape',
        {
          param: name,
          layer: parameter.layer,
          shape: parameter.spec.shape,
          owner: owner.layer,
          ownerShape: owner.spec.shape,
        },
        param.spanOf('name'),
        [{ message: `'${name}' is first used here`, span: owner.span }],
      );
    }
    return { ...parameter, owner };
  }
}
