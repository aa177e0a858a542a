import { type Diagnostic, diagnostic } from '../diagnostics.js';
import { isDynamic, type Shape } from '../ir/types.js';
import type {
  BnStatistics,
  LayerDefinition,
  Phase,
  ReadBlobFile,
  SetUp,
  SetUpContext,
} from '../layers/define-layer.js';
import { layerTypes } from '../layers/index.js';
import { uncompiledTypes } from '../layers/uncompiled-types.js';
import type { Message } from '../schema/message.js';
import { didYouMean } from '../suggestion.js';
import { BlobTable, topNames } from './blob-table.js';
import {
  checkList,
  hasRightCounts,
  knowsOptions,
  tellOfForeignOptions,
} from './check-layer.js';
import type { Blob, Layer, Net } from './net.js';
import { ParameterBuilder } from './parameter-builder.js';
import type { Report } from './report.js';
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
  /** For the files that layers name. */
  readonly readBlob?: ReadBlobFile | undefined;
}

export interface BuiltNet {
  readonly net: Net;
  readonly diagnostics: readonly Diagnostic[];
}

/** The net as it grows: which blobs are there, and what has been said about them. */
class NetBuilder {
  readonly layers: Layer[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly blobs: BlobTable;
  private readonly options: BuildOptions;
  private readonly globalPoolLayer: string | undefined;
  private readonly parameters: ParameterBuilder;
  /** Types that have not been told of, with the number of their layers. */
  private readonly unknownTypes: Map<string, number>;

  constructor(
    options: BuildOptions,
    globalPoolLayer: string | undefined,
    multipliers: SharedMultipliers,
    layers: readonly Message<'LayerParameter'>[],
  ) {
    this.unknownTypes = unknownTypesIn(layers);
    this.options = options;
    this.globalPoolLayer = globalPoolLayer;
    this.blobs = new BlobTable(layers, this.report);
    this.parameters = new ParameterBuilder(multipliers, this.report);
  }

  private readonly report: Report = (code, facts, span, notes = []) => {
    this.diagnostics.push(diagnostic(code, facts, { span, notes }));
  };

  addLayer(message: Message<'LayerParameter'>): void {
    const name = message.get('name');
    const type = message.get('type');
    const definition = layerTypes[type];
    if (definition === undefined) this.reportUnknownType(message);
    else tellOfForeignOptions(message, definition, this.report);
    const isRead =
      definition === undefined || knowsOptions(message, this.report);
    checkList(message, 'loss_weight', 'top', this.report);
    checkList(message, 'propagate_down', 'bottom', this.report);
    const bottoms = this.blobs.bottomsOf(message);
    const complete = bottoms.length === message.get('bottom').length;
    const counted =
      definition !== undefined &&
      hasRightCounts(definition, message, this.report);
    const setUp =
      counted && complete
        ? this.setUp(definition, message, bottoms, isRead)
        : undefined;
    const tops = this.blobs.addTops(message, setUp?.tops, complete);
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
      readBlob: this.options.readBlob,
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
    const isOfItems = shapes.every((shape) => !isDynamic(shape.slice(1)));
    if (
      filtered !== -1 &&
      (definition.takesDynamicItems !== true || !isOfItems)
    ) {
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

  finish(): Net {
    return {
      name: this.options.name,
      phase: this.options.phase,
      layers: this.layers,
      forceBackward: this.options.forceBackward,
      inputs: this.layers
        .filter(({ setUp }) => setUp?.fed === true)
        .flatMap(({ tops }) => tops),
      outputs: this.blobs.outputs,
    };
  }
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
