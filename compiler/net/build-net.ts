import type { Span } from '../../grammar/source.js';

import {
  type Code,
  type Diagnostic,
  diagnostic,
  type FactsOf,
  type Note,
} from '../diagnostics.js';
import { sameShape, type Shape, shapeText } from '../ir/types.js';
import type {
  BnStatistics,
  Count,
  LayerDefinition,
  Phase,
  SetUp,
  SetUpContext,
} from '../layers/define-layer.js';
import { layerTypes } from '../layers/index.js';
import type { Message } from '../schema/message.js';
import { nearest } from '../suggestion.js';
import type { Blob, Layer, Net, Parameter } from './net.js';

export interface BuildOptions {
  readonly name: string;
  readonly phase: Phase;
  readonly bnStatistics: BnStatistics;
  /** Shapes for tops of Input layers, instead of the file's. */
  readonly inputShapes: ReadonlyMap<string, Shape>;
  /** Makes the last average pool global, whatever its kernel says. */
  readonly globalPool: boolean;
}

export interface BuiltNet {
  readonly net: Net;
  readonly diagnostics: readonly Diagnostic[];
}

const countText = ({ min, max }: Count): string =>
  min === max
    ? `${min}`
    : max === Infinity
      ? `at least ${min}`
      : `${min} to ${max}`;

const fits = (count: number, { min, max }: Count): boolean =>
  count >= min && count <= max;

/** The net as it grows: which blobs are there, and what has been said about them. */
class NetBuilder {
  readonly layers: Layer[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly blobs = new Map<string, Blob>();
  private readonly readings = new Map<Blob, number>();
  private readonly unread = new Map<string, Blob>();
  private readonly owners = new Map<string, Parameter>();
  private readonly options: BuildOptions;
  private readonly globalPoolLayer: string | undefined;

  constructor(options: BuildOptions, globalPoolLayer: string | undefined) {
    this.options = options;
    this.globalPoolLayer = globalPoolLayer;
  }

  private report<C extends Code>(
    code: C,
    facts: FactsOf<C>,
    span: Span,
    notes: readonly Note[] = [],
  ): undefined {
    this.diagnostics.push(diagnostic(code, facts, { span, notes }));
  }

  addLayer(message: Message<'LayerParameter'>): void {
    const name = message.get('name');
    const type = message.get('type');
    const definition = layerTypes[type];
    if (definition === undefined) {
      const close = nearest(type, Object.keys(layerTypes));
      this.report(
        'net/unknown-layer-type',
        { layer: name, type },
        message.spanOf('type'),
        close === undefined ? [] : [{ message: `did you mean '${close}'?` }],
      );
    }
    const bottoms = this.findBottoms(name, message);
    const complete = bottoms.length === message.get('bottom').length;
    const counted =
      definition !== undefined && this.checkCounts(definition, message);
    const setUp =
      counted && complete
        ? this.setUp(definition, message, bottoms)
        : undefined;
    const tops = this.addTops(name, message, setUp);
    this.layers.push({
      name,
      type,
      message,
      bottoms,
      tops,
      parameters: setUp === undefined ? [] : this.ownParameters(message, setUp),
      setUp,
    });
  }

  private findBottoms(
    layer: string,
    message: Message<'LayerParameter'>,
  ): readonly Blob[] {
    return message.get('bottom').flatMap((name, index) => {
      const blob = this.blobs.get(name);
      if (blob === undefined) {
        const close = nearest(name, [...this.blobs.keys()]);
        this.report(
          'net/unknown-bottom',
          { layer, bottom: name },
          message.spanOf('bottom', index),
          close === undefined ? [] : [{ message: `did you mean '${close}'?` }],
        );
        return [];
      }
      this.unread.delete(name);
      this.readings.set(blob, (this.readings.get(blob) ?? 0) + 1);
      return [blob];
    });
  }

  private checkCounts(
    definition: LayerDefinition,
    message: Message<'LayerParameter'>,
  ): boolean {
    const bottoms = message.get('bottom').length;
    const tops = message.get('top').length;
    const wanted =
      definition.tops === 'as-bottoms'
        ? { min: bottoms, max: bottoms }
        : definition.tops;
    const sides = [
      { side: 'bottom', found: bottoms, wanted: definition.bottoms },
      { side: 'top', found: tops, wanted },
    ] as const;
    let correct = true;
    for (const { side, found, wanted: count } of sides) {
      if (fits(found, count)) continue;
      correct = false;
      this.report(
        'net/blob-count',
        {
          layer: message.get('name'),
          type: definition.type,
          side,
          found,
          wanted: countText(count),
        },
        message.spanOf(side, 0),
      );
    }
    return correct;
  }

  private setUp(
    definition: LayerDefinition,
    message: Message<'LayerParameter'>,
    bottoms: readonly Blob[],
  ): SetUp | undefined {
    const shapes = bottoms.flatMap(({ shape }) =>
      shape === undefined ? [] : [shape],
    );
    // What follows from a layer that was refused is not another mistake.
    if (shapes.length < bottoms.length) return undefined;
    const name = message.get('name');
    const context: SetUpContext = {
      name,
      message,
      phase: this.options.phase,
      bottoms: shapes,
      topCount: message.get('top').length,
      bnStatistics: this.options.bnStatistics,
      globalPool: name === this.globalPoolLayer,
      inputShapes: this.options.inputShapes,
      report: (code, facts, span = message.span, notes = []) => {
        this.report(code, facts, span, notes);
      },
      refuse: (reason, span = message.span, notes = []) => {
        this.report(
          'layer/refused',
          { layer: name, type: definition.type, reason },
          span,
          notes,
        );
      },
    };
    const result = definition.setUp(context);
    const empty = result?.tops.find((shape) => shape.includes(0));
    if (empty !== undefined) {
      return context.refuse(`its top would be empty (${shapeText(empty)})`);
    }
    return result;
  }

  private addTops(
    layer: string,
    message: Message<'LayerParameter'>,
    setUp: SetUp | undefined,
  ): readonly Blob[] {
    return message.get('top').map((name, index) => {
      const span = message.spanOf('top', index);
      const existing = this.blobs.get(name);
      if (
        existing !== undefined &&
        !this.mayOverwrite(existing, message, index)
      ) {
        this.report('net/duplicate-top', { layer, top: name }, span, [
          { message: `'${name}' is made here`, span: existing.span },
        ]);
      }
      const blob: Blob = {
        name,
        shape: setUp?.tops[index],
        producer: layer,
        index,
        span,
      };
      this.blobs.set(name, blob);
      this.unread.set(name, blob);
      return blob;
    });
  }

  /**
   * In place: the top has the name of the bottom beside it. Caffe splits a blob that several
   * layers read, under new names (insert_splits.cpp), so that then nothing is in place.
   */
  private mayOverwrite(
    existing: Blob,
    message: Message<'LayerParameter'>,
    index: number,
  ): boolean {
    return (
      message.get('bottom')[index] === existing.name &&
      this.readings.get(existing) === 1
    );
  }

  private ownParameters(
    message: Message<'LayerParameter'>,
    setUp: SetUp,
  ): readonly Parameter[] {
    const layer = message.get('name');
    const specs = setUp.parameters ?? [];
    const written = message.get('param');
    if (written.length > specs.length) {
      this.report(
        'net/too-many-params',
        { layer, written: written.length, blobs: specs.length },
        message.spanOf('param', specs.length),
      );
    }
    return specs.map((spec, index) => {
      const param = written[index];
      const parameter: Parameter = {
        layer,
        index,
        owner: undefined,
        spec,
        lrMult: param?.get('lr_mult') ?? 1,
        decayMult: param?.get('decay_mult') ?? 1,
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

  /** Net::AppendParam: shapes must be equal, or only the counts under PERMISSIVE. */
  private share(
    name: string,
    owner: Parameter,
    parameter: Parameter,
    param: Message<'ParamSpec'>,
  ): Parameter {
    const permissive = param.get('share_mode') === 'PERMISSIVE';
    const size = (shape: Shape): number =>
      shape.reduce((product, extent) => product * extent, 1);
    const equal = permissive
      ? size(owner.spec.shape) === size(parameter.spec.shape)
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

  finish(): Net {
    return {
      name: this.options.name,
      phase: this.options.phase,
      layers: this.layers,
      inputs: this.layers
        .filter(({ type }) => type === 'Input')
        .flatMap(({ tops }) => tops),
      outputs: [...this.unread.values()].toSorted((a, b) =>
        a.name < b.name ? -1 : 1,
      ),
    };
  }
}

const isAveragePool = (message: Message<'LayerParameter'>): boolean =>
  message.get('type') === 'Pooling' &&
  message.get('pooling_param').get('pool') === 'AVE';

/** Sets up the layers in order, as Net::Init does, and collects everything that is wrong. */
export function buildNet(
  layers: readonly Message<'LayerParameter'>[],
  options: BuildOptions,
): BuiltNet {
  const lastPool = options.globalPool
    ? layers.findLast(isAveragePool)?.get('name')
    : undefined;
  const builder = new NetBuilder(options, lastPool);
  for (const message of layers) builder.addLayer(message);
  return { net: builder.finish(), diagnostics: builder.diagnostics };
}
