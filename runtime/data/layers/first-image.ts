import type { Span } from '../../../grammar/source.js';

import type { Shape } from '../../../compiler/ir/types.js';

import type { RawImage } from '../raw-image.js';
import { drawsOf } from '../transform/draws.js';
import { misfitDiagnostic, misfitOf } from '../transform/misfit.js';
import { outputSize, type TransformSettings } from '../transform/settings.js';
import type { DatabasePlan, ImageListPlan } from './layer-plan.js';
import { BadRecord } from './layer-source.js';
import {
  type Layer,
  type Planned,
  planOf,
  type PlanOptions,
  PlanRefused,
  reading,
} from './planning.js';
import { recordFailure } from './record-failure.js';

/** A source of single images, as far as its first one is concerned. */
export interface ImagesFound {
  readonly source: DatabasePlan | ImageListPlan;
  readonly count: number;
  /** Image number `index`; asked for from 0 on, one after the other. */
  readonly read: (index: number) => Promise<RawImage>;
  /** Where the image that was read last is from, as failures name it. */
  readonly placeOf: (index: number) => {
    readonly key: string;
    readonly record: number;
  };
}

/**
 * The plan of a layer whose first image gives the shape of its batches.
 * @param span Of the field that names the source.
 */
export async function planByFirstImage(
  layer: Layer,
  options: PlanOptions,
  batch: number,
  span: Span,
  images: ImagesFound,
): Promise<Planned> {
  const { source } = images;
  const image = await reading(layer, source.path, span, () =>
    firstGood(layer, options, images),
  );
  const shapes = shapesFor(layer, batch, source.transform, image);
  return planOf(layer, options, shapes, source);
}

/** How many records are passed over at first: from 0 to rand_skip - 1. */
export const skipOf = (
  layer: Layer,
  { seed }: PlanOptions,
  most: number,
): number =>
  most === 0 ? 0 : drawsOf(seed, layer.get('name'), 0).below(most, 'skip');

/** The shapes of a batch of images like `image`, and of its labels: N x C x H x W, and N. */
function shapesFor(
  layer: Layer,
  batch: number,
  settings: TransformSettings,
  image: RawImage,
): readonly Shape[] {
  const isFloat = image.pixels instanceof Float32Array;
  const misfit = misfitOf(settings, { ...image, isFloat });
  if (misfit !== undefined) {
    const param = layer.get('transform_param');
    throw new PlanRefused([misfitDiagnostic(misfit, param)]);
  }
  const { channels, height, width } = outputSize(settings, image);
  return [[batch, channels, height, width], [batch]];
}

/** The first image that can be read: the first one there is, or with `skipBad` one behind it. */
async function firstGood(
  layer: Layer,
  { skipBad }: PlanOptions,
  { source: { path: file }, count, read, placeOf }: ImagesFound,
): Promise<RawImage> {
  for (let index = 0; ; index++) {
    try {
      return await read(index);
    } catch (thrown) {
      if (!(thrown instanceof BadRecord)) throw thrown;
      if (skipBad && index + 1 < count) continue;
      const place = { layer: layer.get('name'), file, ...placeOf(index) };
      throw recordFailure(place, thrown);
    }
  }
}
