import { resizeImage } from '../images/resize-image.js';
import type { RawImage } from '../raw-image.js';
import { fillItems } from './fill-items.js';
import { bytesOfImage, decoded } from './image-file.js';
import type { ListedImage } from './image-list.js';
import { ImageWriter } from './image-writer.js';
import { labelOf } from './label-of.js';
import type { ImageListPlan, LayerPlan } from './layer-plan.js';
import type { Halt, LayerSource } from './layer-source.js';
import { recordFailure } from './record-failure.js';
import { ShuffledEpochs } from './shuffled-order.js';

/** What of an `ImageListPlan` tells which image is the next one. */
export type ListOrder = Pick<ImageListPlan, 'images' | 'first' | 'shuffle'>;

/** Image number `sample`, counted over all epochs, in an order that each epoch draws anew. */
export function listedAt(
  { images, first, shuffle }: ListOrder,
  epochs: ShuffledEpochs,
  sample: number,
): ListedImage {
  const place = first + sample;
  const epoch = Math.floor(place / images.length);
  const index = place % images.length;
  const image = images[shuffle ? epochs.at(epoch, index) : index];
  if (image === undefined) throw new RangeError('the list is empty');
  return image;
}

/** Reads an image as ImageData does: colours or gray, and resized where that is wanted. */
export async function readListed(
  { root, isColor, size }: Pick<ImageListPlan, 'root' | 'isColor' | 'size'>,
  { path }: ListedImage,
): Promise<RawImage> {
  const bytes = await bytesOfImage(root + path);
  const image = await decoded(bytes, isColor ? 'color' : 'gray');
  return size === undefined ? image : resizeImage(image, ...size);
}

/** Images that a list names (image_data_layer.cpp). */
export class ImageListSource implements LayerSource {
  readonly #layer: LayerPlan;
  readonly #plan: ImageListPlan;
  readonly #halt: Halt;
  readonly #writer: ImageWriter;
  readonly #epochs: ShuffledEpochs;

  constructor(layer: LayerPlan, plan: ImageListPlan, halt: Halt) {
    const { name, seed } = layer;
    this.#layer = layer;
    this.#plan = plan;
    this.#halt = halt;
    this.#writer = new ImageWriter(plan.transform, layer);
    this.#epochs = new ShuffledEpochs(plan.images.length, seed, name);
  }

  fill(batch: number, tops: readonly Float32Array[]): Promise<number> {
    const [data, labels] = tops;
    if (data === undefined) return Promise.resolve(0);
    const size = this.#layer.batch;
    const at = (item: number, attempt: number): ListedImage =>
      listedAt(this.#plan, this.#epochs, batch * size + item + attempt);
    return fillItems({
      batch: size,
      attempts: this.#plan.images.length,
      skipBad: this.#layer.skipBad,
      halt: this.#halt,
      put: async (item, attempt) => {
        const listed = at(item, attempt);
        const image = await readListed(this.#plan, listed);
        this.#writer.write(image, data, item, batch * size + item);
        if (labels === undefined) return;
        const { label, line } = listed;
        labels[item] = labelOf(this.#plan.transform, label, line - 1);
      },
      failure: (item, attempt, bad) => {
        const { path, line } = at(item, attempt);
        const { root, path: list } = this.#plan;
        return recordFailure(
          {
            layer: this.#layer.name,
            file: list,
            key: root + path,
            record: line,
          },
          bad,
        );
      },
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
