import type { Source } from '../grammar/source.js';

import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import type { Shape } from '../compiler/ir/types.js';
import { layersOf, type ReadOptions } from '../compiler/read-net.js';
import type { Message } from '../compiler/schema/message.js';

type Layer = Message<'LayerParameter'>;
type Shapes = ReadonlyMap<string, Shape>;

/** The layers that take their data, and the shapes of them, from files. */
const fileTypes: ReadonlySet<string> = new Set([
  'Data',
  'ImageData',
  'HDF5Data',
  'WindowData',
]);

export const readsFiles = (layer: Layer): boolean =>
  fileTypes.has(layer.get('type'));

/** What the sources of a net's data layers say of it. */
export interface SourceFindings {
  /** By top; what the user gave counts before what a source says. */
  readonly shapes: Shapes;
  /** A source that is there and cannot be read is an error. */
  readonly diagnostics: readonly Diagnostic[];
  /** The layers that have such a source. */
  readonly refused: readonly Layer[];
}

/**
 * The shapes of the data layers' tops, from those sources that are there, beside those that
 * the user gave. Code that opens sources is loaded only for nets that have any.
 */
export async function sourceShapes(
  layers: readonly Layer[],
  phase: 'TRAIN' | 'TEST',
  given: Shapes = new Map(),
): Promise<SourceFindings> {
  const asked = layers.filter(
    (layer) => readsFiles(layer) && !isGiven(layer, given),
  );
  if (asked.length === 0)
    return { shapes: given, diagnostics: [], refused: [] };
  const { shapesOfSources } = await import('../runtime/data/open-net-data.js');
  const { shapes, diagnostics } = await shapesOfSources(asked, phase);
  return {
    shapes: new Map([...neededShapes(asked, shapes), ...given]),
    diagnostics,
    refused: layersAt(asked, diagnostics),
  };
}

/** The user's word makes the source's needless. */
const isGiven = (layer: Layer, given: Shapes): boolean =>
  neededTops(layer).every((top) => given.has(top));

/** The shapes of layers without those that follow from others. */
export function neededShapes(layers: readonly Layer[], shapes: Shapes): Shapes {
  const needed = new Set(layers.flatMap(neededTops));
  return new Map([...shapes].filter(([top]) => needed.has(top)));
}

/** Beside images there are as many labels, whatever shape the images are given. */
const neededTops = (layer: Layer): readonly string[] =>
  layer.get('type') === 'HDF5Data'
    ? layer.get('top')
    : layer.get('top').slice(0, 1);

/** The layers in which errors lie. */
export const layersAt = (
  layers: readonly Layer[],
  diagnostics: readonly Diagnostic[],
): readonly Layer[] =>
  layers.filter((layer) =>
    diagnostics.some((found) => isError(found) && isWithin(layer, found)),
  );

/** What a layer says of a source that it could not ask. */
const unasked: ReadonlySet<string> = new Set([
  'data/source-missing',
  'data/shape-unknown',
]);

/** Leaves out what follows from a source that was refused: that is no other mistake. */
export const withoutFollowing = (
  diagnostics: readonly Diagnostic[],
  refused: readonly Layer[],
): readonly Diagnostic[] =>
  diagnostics.filter(
    (found) =>
      !unasked.has(found.code) ||
      !refused.some((layer) => isWithin(layer, found)),
  );

const isWithin = (layer: Layer, { span }: Diagnostic): boolean =>
  span?.source.name === layer.span.source.name &&
  span.start >= layer.span.start &&
  span.end <= layer.span.end;

export interface SourcedOptions {
  /** The options with the shapes that sources tell. */
  readonly options: ReadOptions;
  readonly diagnostics: readonly Diagnostic[];
  readonly refused: readonly Layer[];
}

/** Options for a net whose data layers take their shapes from the sources that are there. */
export async function withSourceShapes(
  source: Source,
  options: ReadOptions,
): Promise<SourcedOptions> {
  const { phase = 'TEST', inputShapes } = options;
  // What is wrong with the text is told when the net is read.
  const { layers } = layersOf(source, options);
  const found = await sourceShapes(layers, phase, inputShapes);
  return {
    options: { ...options, inputShapes: found.shapes },
    diagnostics: found.diagnostics,
    refused: found.refused,
  };
}
