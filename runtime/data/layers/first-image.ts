import type { Shape } from '../../../compiler/ir/types.js';

import type { RawImage } from '../raw-image.js';
import { misfitDiagnostic, misfitOf } from '../transform/misfit.js';
import { outputSize, type TransformSettings } from '../transform/settings.js';
import { BadRecord } from './layer-source.js';
import { type Layer, PlanRefused } from './planning.js';

/** The shapes of a batch of images like `image`, and of its labels: N x C x H x W, and N. */
export function shapesFor(
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

/**
 * The first image that can be read: the first one there is, or with `skipBad` one behind it.
 * `failure` makes what is thrown of a bad record.
 */
export async function firstGood(
  count: number,
  skipBad: boolean,
  read: (index: number) => Promise<RawImage>,
  failure: (index: number, bad: BadRecord) => Promise<Error> | Error,
): Promise<RawImage> {
  for (let index = 0; ; index++) {
    try {
      return await read(index);
    } catch (thrown) {
      if (!(thrown instanceof BadRecord)) throw thrown;
      if (skipBad && index + 1 < count) continue;
      throw await failure(index, thrown);
    }
  }
}
