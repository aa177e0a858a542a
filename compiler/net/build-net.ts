import type { Span } from '../../grammar/source.js';

import {
  type Code,
  type Diagnostic,
  diagnostic,
  type FactsOf,
  type Note,
} from '../diagnostics.js';
import { isDynamic, type Shape } from '../ir/types.js';
import type {
  BnStatistics,
  Count,
  LayerDefinition,
  Phase,
  SetUp,
  SetUpContext,
} from '../layers/define-layer.js';
import { layerTypes } from '../layers/index.js';
import { uncompiledTypes } from '../layers/uncompiled-types.js';
import { isMessage } from '../schema/make-message.js';
import type { Message } from '../schema/message.js';
import { unknownPartsIn } from '../schema/unknown-parts.js';
import { didYouMean } from '../suggestion.js';
import { foreignOptions, isOwnOption } from './foreign-options.js';
import type { Blob, Layer, Net } from './net.js';
import { ParameterBuilder } from './parameter-builder.js';
import {
  type SharedMultipliers,
  sharedMultipliers,
} from './shared-multipliers.js';
import { sizeFault } from './size-fault.js';

export interface BuildOptions {
  readonly name: string;
  readonly phase: Phase;
  readonly bnStatistics: BnStatistics;
  /** Shapes for tops of Input layers, instead of the file's. */
  readonly inputShapes: ReadonlyMap<string, Shape>;
  /** Makes the last average pool global, whatever its kernel says. */
  readonly globalPool: boolean;
  /** Gradients are wanted of all inputs and parameters. */
  readonly forceBackward: boolean;
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
  private readonly losses: Blob[] = [];
  private readonly options: BuildOptions;
  private readonly globalPoolLayer: string | undefined;
  private readonly parameters: ParameterBuilder;
  /** Types that have not been told of, with the number of their layers. */
  private readonly unknownTypes: Map<string, number>;
  /** Where each blob is a top. */
  private readonly makers: ReadonlyMap<string, readonly Span[]>;

  constructor(
    options: BuildOptions,
    globalPoolLayer: string | undefined,
    multipliers: SharedMultipliers,
    layers: readonly Message<'LayerParameter'>[],
  ) {
    this.unknownTypes = unknownTypesIn(layers);
    this.makers = makersIn(layers);
    this.options = options;
    this.globalPoolLayer = globalPoolLayer;
    this.parameters = new ParameterBuilder(multipliers, (...found) => {
      this.report(...found);
    });
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
      this.reportUnknownType(message);
    }
    const isRead =
      definition === undefined || this.refuseUnknownOptions(message);
    if (definition !== undefined) {
      for (const { path, owners, span } of foreignOptions(
        message,
        definition,
      )) {
        this.report(
          'layer/foreign-option',
          { layer: name, option: path, owners },
          span,
        );
      }
    }
    this.checkList(message, 'loss_weight', 'top');
    this.checkList(message, 'propagate_down', 'bottom');
    const bottoms = this.findBottoms(name, message);
    const complete = bottoms.length === message.get('bottom').length;
    const counted =
      definition !== undefined && this.checkCounts(definition, message);
    const setUp =
      counted && complete
        ? this.setUp(definition, message, bottoms, isRead)
        : undefined;
    const tops = this.addTops(message, setUp, complete);
    this.layers.push({
      name,
      type,
      message,
      bottoms,
      tops,
      parameters:
        setUp === undefined
          ? []
          : this.parameters.parametersOf(message, setUp.parameters ?? []),
      setUp,
    });
  }

  /** Once for each type, at its first use. */
  private reportUnknownType(message: Message<'LayerParameter'>): void {
    const type = message.get('type');
    const layers = this.unknownTypes.get(type);
    if (layers === undefined) return;
    this.unknownTypes.delete(type);
    const isCaffes = uncompiledTypes.has(type);
    const known = [...Object.keys(layerTypes), ...uncompiledTypes];
    this.report(
      'net/unknown-layer-type',
      { layer: message.get('name'), type, isCaffes, layers },
      message.spanOf('type'),
      isCaffes ? [] : didYouMean(type, known),
    );
  }

  /**
   * What the schema does not know in a layer's own options may change what the layer does.
   * Beside them (a field of LayerParameter itself) it was warned of, and plays no part.
   * Whether all is known.
   */
  private refuseUnknownOptions(message: Message<'LayerParameter'>): boolean {
    const layer = message.get('name');
    const before = this.diagnostics.length;
    for (const { entry, values } of message.written()) {
      if (!isOwnOption(entry)) continue;
      for (const { kind, name, span } of values
        .filter((value) => typeof value === 'object' && isMessage(value))
        .flatMap((value) => [...unknownPartsIn(value)])) {
        this.report('layer/unknown-option', { layer, kind, name }, span);
      }
    }
    return this.diagnostics.length === before;
  }

  private findBottoms(
    layer: string,
    message: Message<'LayerParameter'>,
  ): readonly Blob[] {
    return message.get('bottom').flatMap((name, index) => {
      const blob = this.blobs.get(name);
      if (blob === undefined) {
        this.report(
          'net/unknown-bottom',
          { layer, bottom: name },
          message.spanOf('bottom', index),
          this.madeBelow(message, name) ?? didYouMean(name, this.blobs.keys()),
        );
        return [];
      }
      this.unread.delete(name);
      this.readings.set(blob, (this.readings.get(blob) ?? 0) + 1);
      return [blob];
    });
  }

  private madeBelow(
    { span: { end } }: Message<'LayerParameter'>,
    name: string,
  ): readonly Note[] | undefined {
    const span = this.makers.get(name)?.find((place) => place.start > end);
    return span && [{ message: `'${name}' is made here, below`, span }];
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
        : { ...definition.tops, ...(definition.isLoss && { min: 0 }) };
    const sides = [
      { side: 'bottom', found: bottoms, wanted: definition.bottoms },
      { side: 'top', found: tops, wanted },
    ] as const;
    let correct = true;
    for (const { side, found, wanted: count } of sides) {
      // Of tops that go by the bottoms nothing can be said where those are wrong.
      if (fits(found, count)) continue;
      if (definition.tops === 'as-bottoms' && side === 'top' && !correct) break;
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

  /** Fields that are written once for each blob, or not at all. */
  private checkList(
    message: Message<'LayerParameter'>,
    field: 'loss_weight' | 'propagate_down',
    side: 'bottom' | 'top',
  ): void {
    const written = message.get(field).length;
    const blobs = message.get(side).length;
    if (written === 0 || written === blobs) return;
    const layer = message.get('name');
    this.report(
      'net/list-count',
      { layer, field, written, side, blobs },
      message.spanOf(field),
    );
  }

  private setUp(
    definition: LayerDefinition,
    message: Message<'LayerParameter'>,
    bottoms: readonly Blob[],
    isRead: boolean,
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
      topCount: topNames(message).length,
      bnStatistics: this.options.bnStatistics,
      globalPool: name === this.globalPoolLayer,
      inputShapes: this.options.inputShapes,
      report: (code, facts, span = message.span, notes = []) => {
        this.report(code, facts, span, notes);
      },
      refuse: (reason, span = message.span, notes = []) => {
        // Options that were not understood may be the reason.
        if (!isRead) return;
        this.report(
          'layer/refused',
          { layer: name, type: definition.type, reason },
          span,
          notes,
        );
      },
    };
    const filtered = shapes.findIndex(isDynamic);
    if (filtered !== -1 && definition.takesDynamicItems !== true) {
      return context.refuse(
        `only the data tell how many items bottom ${filtered} has, and ${definition.type} layers do not take such bottoms yet`,
        message.spanOf('bottom', filtered),
      );
    }
    const result = definition.setUp(context);
    const fault =
      result === undefined ? undefined : sizeFault(result, bottoms.length > 0);
    return fault === undefined ? result : context.refuse(fault);
  }

  private addTops(
    message: Message<'LayerParameter'>,
    setUp: SetUp | undefined,
    isComplete: boolean,
  ): readonly Blob[] {
    const layer = message.get('name');
    return topNames(message).map((name, index) => {
      const span = message.spanOf('top', index);
      const existing = this.blobs.get(name);
      // Between layers of which one was told to lack a bottom this would only follow.
      if (
        existing !== undefined &&
        isComplete &&
        existing.shape !== undefined &&
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
        lossWeight: lossWeight(message, index),
        span,
      };
      if (index >= message.get('top').length) return blob;
      this.blobs.set(name, blob);
      this.unread.set(name, blob);
      // Caffe splits a loss that is read as well, so that it stays an output.
      if ((message.get('loss_weight')[index] ?? 0) !== 0) {
        this.losses.push(blob);
        this.readings.set(blob, 1);
      }
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

  finish(): Net {
    return {
      name: this.options.name,
      phase: this.options.phase,
      layers: this.layers,
      forceBackward: this.options.forceBackward,
      inputs: this.layers
        .filter(({ setUp }) => setUp?.fed === true)
        .flatMap(({ tops }) => tops),
      outputs: [...new Set([...this.unread.values(), ...this.losses])].toSorted(
        (a, b) => (a.name < b.name ? -1 : 1),
      ),
    };
  }
}

/** Loss layers make their first top also where it is not written (net.cpp, AppendTop). */
function topNames(message: Message<'LayerParameter'>): readonly string[] {
  const written = message.get('top');
  const isLoss = layerTypes[message.get('type')]?.isLoss === true;
  return written.length === 0 && isLoss ? ['(automatic)'] : written;
}

/**
 * The weight of a top in the loss; where none is written 1 for the first top of a loss layer
 * (loss_layer.cpp, LayerSetUp).
 */
function lossWeight(message: Message<'LayerParameter'>, index: number): number {
  const written = message.get('loss_weight');
  if (written.length > 0) return written[index] ?? 0;
  const isLoss = layerTypes[message.get('type')]?.isLoss === true;
  return isLoss && index === 0 ? 1 : 0;
}

const isAveragePool = (message: Message<'LayerParameter'>): boolean =>
  message.get('type') === 'Pooling' &&
  message.get('pooling_param').get('pool') === 'AVE';

function unknownTypesIn(
  layers: readonly Message<'LayerParameter'>[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const message of layers) {
    const type = message.get('type');
    if (layerTypes[type] !== undefined) continue;
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function makersIn(
  layers: readonly Message<'LayerParameter'>[],
): ReadonlyMap<string, readonly Span[]> {
  const makers = new Map<string, Span[]>();
  for (const message of layers) {
    for (const [index, name] of message.get('top').entries()) {
      const known = makers.get(name);
      const span = message.spanOf('top', index);
      if (known === undefined) makers.set(name, [span]);
      else known.push(span);
    }
  }
  return makers;
}

/** Sets up the layers in order, as Net::Init does, and collects everything that is wrong. */
export function buildNet(
  layers: readonly Message<'LayerParameter'>[],
  options: BuildOptions,
): BuiltNet {
  const lastPool = options.globalPool
    ? layers.findLast(isAveragePool)?.get('name')
    : undefined;
  const multipliers = sharedMultipliers(layers);
  const builder = new NetBuilder(options, lastPool, multipliers, layers);
  for (const message of layers) builder.addLayer(message);
  return {
    net: builder.finish(),
    diagnostics: [...builder.diagnostics, ...multipliers.diagnostics],
  };
}
