import { type Shape, shapeText } from '../../../compiler/ir/types.js';

import type { RawImage } from '../raw-image.js';
import { drawsOf } from '../transform/draws.js';
import { misfitOf } from '../transform/misfit.js';
import { outputSize, type TransformSettings } from '../transform/settings.js';
import { transformImage } from '../transform/transform-image.js';
import type { LayerPlan } from './layer-plan.js';
import { BadRecord } from './layer-source.js';

/** Transforms the images of one layer into its batches. */
export class ImageWriter {
  readonly #settings: TransformSettings;
  readonly #shape: Shape;
  readonly #seed: number;
  readonly #layer: string;
  /** The image seen last: those of one source are mostly alike. */
  #fitting: RawImage | undefined;

  /** The layer's first top is that of the images. */
  constructor(settings: TransformSettings, { name, seed, tops }: LayerPlan) {
    const [, ...shape] = tops[0]?.shape ?? [];
    this.#settings = settings;
    this.#shape = shape;
    this.#seed = seed;
    this.#layer = name;
  }

  /** Writes an image in the place of item `item`, with the draws of sample `sample`. */
  write(
    image: RawImage,
    data: Float32Array,
    item: number,
    sample: number,
  ): void {
    this.#requireFit(image);
    const [channels = 1, height = 1, width = 1] = this.#shape;
    const length = channels * height * width;
    const into = data.subarray(item * length, (item + 1) * length);
    const draws = drawsOf(this.#seed, this.#layer, sample);
    transformImage(this.#settings, image, into, draws);
  }

  #requireFit(image: RawImage): void {
    if (this.#fitting !== undefined && isLike(image, this.#fitting)) return;
    const isFloat = image.pixels instanceof Float32Array;
    const misfit = misfitOf(this.#settings, { ...sizeOf(image), isFloat });
    if (misfit !== undefined) throw new BadRecord(misfit.reason);
    const { channels, height, width } = outputSize(this.#settings, image);
    const [c, h, w] = this.#shape;
    if (c !== channels || h !== height || w !== width) {
      throw new BadRecord(
        `an image of ${shapeText([channels, height, width])} does not fit a batch of ${shapeText(this.#shape)}, the shape of the first one`,
      );
    }
    // Not its pixels, which would be kept.
    this.#fitting = { ...image, pixels: image.pixels.subarray(0, 0) };
  }
}

const sizeOf = ({ channels, height, width }: RawImage) => ({
  channels,
  height,
  width,
});

const isLike = (image: RawImage, other: RawImage): boolean =>
  image.channels === other.channels &&
  image.height === other.height &&
  image.width === other.width &&
  image.pixels instanceof Float32Array === other.pixels instanceof Float32Array;
