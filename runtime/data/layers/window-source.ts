import { resizeImage } from '../images/resize-image.js';
import type { RawImage } from '../raw-image.js';
import { type Draws, drawsOf } from '../transform/draws.js';
import { fillItems } from './fill-items.js';
import { bytesOfImage, decoded } from './image-file.js';
import type { LayerPlan, WindowPlan } from './layer-plan.js';
import { BadRecord, type Halt, type LayerSource } from './layer-source.js';
import { recordFailure } from './record-failure.js';
import type { Window } from './window-file.js';
import { type Region, regionOf } from './window-region.js';

/** A window of a broken image is drawn again at most so often. */
const mostAttempts = 100;

/** What `cache_images` may keep in each thread; Caffe keeps them all. */
const mostCached = 256 << 20;

/** Windows of images, drawn at random, background before foreground (window_data_layer.cpp). */
export class WindowSource implements LayerSource {
  readonly #layer: LayerPlan;
  readonly #plan: WindowPlan;
  readonly #halt: Halt;
  readonly #cached = new Map<string, Uint8Array>();
  #cachedBytes = 0;

  constructor(layer: LayerPlan, plan: WindowPlan, halt: Halt) {
    this.#layer = layer;
    this.#plan = plan;
    this.#halt = halt;
  }

  fill(batch: number, tops: readonly Float32Array[]): Promise<number> {
    const [data, labels] = tops;
    if (data === undefined) return Promise.resolve(0);
    const { batch: size, skipBad, name, seed } = this.#layer;
    const draws = (item: number): Draws =>
      drawsOf(seed, name, batch * size + item);
    const at = (item: number, attempt: number): Window =>
      this.#windowOf(item, draws(item), attempt);
    return fillItems({
      batch: size,
      attempts: mostAttempts,
      skipBad,
      halt: this.#halt,
      put: async (item, attempt) => {
        const window = at(item, attempt);
        const length = data.length / size;
        const into = data.subarray(item * length, (item + 1) * length);
        await this.#write(window, draws(item), into);
        if (labels !== undefined) labels[item] = window.label;
      },
      failure: (item, attempt, bad) => {
        const { image } = at(item, attempt);
        return recordFailure(
          {
            layer: name,
            file: this.#plan.path,
            key: this.#pathOf(image),
            record: image,
          },
          bad,
        );
      },
    });
  }

  #pathOf(image: number): string {
    return this.#plan.root + (this.#plan.windows.images[image] ?? '');
  }

  #windowOf(item: number, draws: Draws, attempt: number): Window {
    const { windows, foreground } = this.#plan;
    const isForeground = item >= this.#layer.batch - foreground;
    const of = isForeground ? windows.foreground : windows.background;
    const window = of[draws.below(of.length, 'window', attempt)];
    if (window === undefined) throw new RangeError('there are no windows');
    return window;
  }

  async #write(
    window: Window,
    draws: Draws,
    into: Float32Array,
  ): Promise<void> {
    const { transform, contextPad, isSquare } = this.#plan;
    const bytes = await this.#bytesOf(this.#pathOf(window.image));
    const image = await decoded(bytes, 'color');
    const mirrored = transform.mirror && draws.below(2, 'mirror') === 1;
    const framing = { crop: transform.crop, contextPad, isSquare, mirrored };
    const region = regionOf(window, framing, image);
    if (region === undefined) {
      const { x1, y1, x2, y2 } = window;
      throw new BadRecord(
        `of ${image.height}x${image.width} does not hold the window ${x1} ${y1} ${x2} ${y2}`,
      );
    }
    const part = resizeImage(
      cutOut(image, region),
      region.outHeight,
      region.outWidth,
    );
    writeWindow(part, region, mirrored, this.#plan, into);
  }

  async #bytesOf(path: string): Promise<Uint8Array> {
    const known = this.#cached.get(path);
    if (known !== undefined) return known;
    const bytes = await bytesOfImage(path);
    if (this.#plan.caches && this.#cachedBytes + bytes.length <= mostCached) {
      this.#cached.set(path, bytes);
      this.#cachedBytes += bytes.length;
    }
    return bytes;
  }

  close(): Promise<void> {
    this.#cached.clear();
    return Promise.resolve();
  }
}

/** Part of an image, H x W x C as decoders give it. */
function cutOut(image: RawImage, region: Region): RawImage {
  const { channels, width: across, pixels } = image;
  const { left, top, width, height } = region;
  const cut = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const from = ((top + row) * across + left) * channels;
    cut.set(
      pixels.subarray(from, from + width * channels),
      row * width * channels,
    );
  }
  return { layout: 'interleaved', channels, height, width, pixels: cut };
}

/** Subtracts the mean and writes the part in its place; around it all is 0. */
function writeWindow(
  { pixels, channels, height, width }: RawImage,
  { padLeft, padTop }: Region,
  mirrored: boolean,
  { transform: { crop, mean } }: WindowPlan,
  into: Float32Array,
): void {
  into.fill(0);
  const offset =
    mean.kind === 'image' ? Math.trunc((mean.image.width - crop) / 2) : 0;
  const meanAt = (c: number, y: number, x: number): number => {
    switch (mean.kind) {
      case 'none':
        return 0;
      case 'values':
        return mean.values[mean.values.length === 1 ? 0 : c] ?? 0;
      case 'image': {
        const { image } = mean;
        const row = c * image.height + y + offset;
        return image.data[row * image.width + x + offset] ?? 0;
      }
    }
  };
  for (let c = 0; c < channels; c++) {
    for (let h = 0; h < height; h++) {
      const y = h + padTop;
      for (let w = 0; w < width; w++) {
        const x = w + padLeft;
        const from = mirrored ? width - 1 - w : w;
        const pixel = pixels[(h * width + from) * channels + c] ?? 0;
        into[(c * crop + y) * crop + x] = pixel - meanAt(c, y, x);
      }
    }
  }
}
