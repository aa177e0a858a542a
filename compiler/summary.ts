import { elementCount, type Shape } from './ir/types.js';
import type { Layer, Net, Parameter } from './net/net.js';

/** A top of a layer, in Caffe's order of axes. */
export interface TopSummary {
  readonly name: string;
  /** undefined where the layer, or one before it, could not be set up. */
  readonly shape: Shape | undefined;
}

/** What one layer costs. */
export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly tops: readonly TopSummary[];
  /** Values in all its blobs, also in those that it shares with others. */
  readonly parameters: number;
  /** Without moving statistics. */
  readonly learnable: number;
  /** Multiply-accumulates of one forward pass; convolutions and matrix products only. */
  readonly macs: number;
  /** Bytes of the tops that do not take the place of a bottom. */
  readonly activations: number;
}

export interface NetSummary {
  readonly name: string;
  readonly layers: readonly LayerSummary[];
  readonly totals: {
    readonly layers: number;
    /** A shared blob counts once. */
    readonly parameters: number;
    readonly learnable: number;
    readonly macs: number;
    readonly activations: number;
  };
}

const bytesOfFloat = 4;

/**
 * What the layers of a net make and cost. Layers are those of the file: the Split layers
 * that Caffe inserts where several layers read a blob are not counted.
 */
export function summarizeNet(net: Net): NetSummary {
  const layers = net.layers.map(summarizeLayer);
  const owned = net.layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ owner }) => owner === undefined);
  return {
    name: net.name,
    layers,
    totals: {
      layers: layers.length,
      parameters: countOf(owned),
      learnable: countOf(owned.filter(isLearnable)),
      macs: total(layers, ({ macs }) => macs),
      activations: total(layers, ({ activations }) => activations),
    },
  };
}

function summarizeLayer(layer: Layer): LayerSummary {
  const { name, type, tops, bottoms, parameters, setUp } = layer;
  const inPlace = new Set(bottoms.map((blob) => blob.name));
  return {
    name,
    type,
    tops: tops.map((blob) => ({ name: blob.name, shape: blob.shape })),
    parameters: countOf(parameters),
    learnable: countOf(parameters.filter(isLearnable)),
    macs: setUp?.macs ?? 0,
    activations: total(tops, (blob) =>
      blob.shape === undefined || inPlace.has(blob.name)
        ? 0
        : // How many items a Filter lets through is not known.
          Math.max(bytesOfFloat * elementCount(blob.shape), 0),
    ),
  };
}

const isLearnable = ({ spec }: Parameter): boolean => spec.statistics !== true;

const countOf = (parameters: readonly Parameter[]): number =>
  total(parameters, ({ spec }) => elementCount(spec.shape));

const total = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);
