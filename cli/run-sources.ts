import type { Source } from '../grammar/source.js';

import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';
import { sameShape, type Shape } from '../compiler/ir/types.js';
import type { Net } from '../compiler/net/net.js';
import { layersOf, type ReadOptions } from '../compiler/read-net.js';
import type { Message } from '../compiler/schema/message.js';

import type { NetData } from '../runtime/data/net-data.js';
import type { Tensor } from '../runtime/tensor.js';

import {
  layersAt,
  neededShapes,
  readsFiles,
  sourceShapes,
  withoutFollowing,
} from './source-shapes.js';

type Layer = Message<'LayerParameter'>;

/** How the data layers are read. */
export interface SourceSettings {
  readonly seed: number;
  readonly workers?: number | undefined;
  readonly skipBad: boolean;
}

/** The sources that feed a run: those of the net's own data layers. */
export interface RunSources {
  /** undefined where no layer reads a file, or one cannot. */
  readonly data: NetData | undefined;
  /** The options with the shapes that sources, and arrays in their place, tell. */
  readonly options: ReadOptions;
  readonly diagnostics: readonly Diagnostic[];
  /** Leaves out of a compiler's diagnostics what follows from those of the sources. */
  readonly withoutFollowing: (
    diagnostics: readonly Diagnostic[],
  ) => readonly Diagnostic[];
}

/**
 * Opens the data layers of a net. One that is given the values of a top is not opened: the
 * arrays stand in for it, and tell how many records there are.
 */
export async function openRunSources(
  source: Source,
  options: ReadOptions,
  arrays: ReadonlyMap<string, Tensor>,
  settings: SourceSettings,
): Promise<RunSources> {
  const { phase = 'TEST', inputShapes: given = new Map<string, Shape>() } =
    options;
  // What is wrong with the text is told when the net is read.
  const layers = layersOf(source, options).layers.filter(readsFiles);
  const isReplaced = (layer: Layer): boolean =>
    layer.get('top').some((top) => arrays.has(top));
  const replaced = layers.filter(isReplaced);
  const own = layers.filter((layer) => !isReplaced(layer));
  const { data, diagnostics } = await opened(own, phase, settings);
  // A source that is no good does not matter where arrays stand in for it.
  const told = await sourceShapes(replaced, phase);
  const shapes = new Map<string, Shape>([
    ...told.shapes,
    ...shapesOfArrays(replaced, arrays, told.shapes),
    ...neededShapes(own, data?.shapes ?? new Map()),
    ...given,
  ]);
  const refused = layersAt(own, diagnostics);
  return {
    data,
    options: { ...options, inputShapes: shapes },
    diagnostics: diagnostics.map((found) => withCure(found, own)),
    withoutFollowing: (all) => withoutFollowing(all, refused),
  };
}

/**
 * An array may have another number of records than `batch_size`; what else a source tells is
 * not changed by it.
 */
const shapesOfArrays = (
  layers: readonly Layer[],
  arrays: ReadonlyMap<string, Tensor>,
  told: ReadonlyMap<string, Shape>,
): readonly (readonly [string, Shape])[] =>
  layers.flatMap((layer) => {
    const given = layer.get('top').flatMap((top) => {
      const shape = arrays.get(top)?.shape;
      return shape === undefined ? [] : [[top, shape] as const];
    });
    const fit = given.every(([top, shape]) => {
      const source = told.get(top) ?? shape;
      return sameShape(shape.slice(1), source.slice(1));
    });
    return fit ? given : [];
  });

async function opened(
  layers: readonly Layer[],
  phase: 'TRAIN' | 'TEST',
  { workers, ...settings }: SourceSettings,
): Promise<Pick<RunSources, 'data' | 'diagnostics'>> {
  if (layers.length === 0) return { data: undefined, diagnostics: [] };
  const { openNetData } = await import('../runtime/data/open-net-data.js');
  return openNetData(layers, {
    phase,
    ...settings,
    ...(workers === undefined ? {} : { workers }),
  });
}

/** Whoever has no source may have the values. */
function withCure(found: Diagnostic, layers: readonly Layer[]): Diagnostic {
  const [layer] = layersAt(layers, [found]);
  if (found.code !== 'data/source-unreadable' || layer === undefined) {
    return found;
  }
  const arrays = layer.get('top').map((top) => `--input ${top}=FILE.npy`);
  const message = `or give the values: ${arrays.join(' ')}`;
  return { ...found, notes: [...found.notes, { message }] };
}

/** Shapes that were asked for, and that the batches of the sources do not have. */
export const otherShapes = (
  net: Net,
  data: NetData | undefined,
): readonly Diagnostic[] =>
  net.inputs.flatMap(({ name: input, shape = [], producer, span }) => {
    const found = data?.shapes.get(input);
    if (found === undefined || sameShape(found, shape)) return [];
    const file = `the source of layer '${producer}'`;
    const notes = [
      { message: `--input ${input}=FILE.npy gives values of another shape` },
    ];
    return [
      diagnostic(
        'run/input-shape',
        { input, file, found, shape },
        { span, notes },
      ),
    ];
  });
