import { shapeText } from '../../../compiler/ir/types.js';

import { DataFailure } from '../data-failure.js';
import { type Backend, openDatabase } from '../databases/open-database.js';
import type { RawImage } from '../raw-image.js';
import type { RecordReader } from '../record-reader.js';
import type { MeanImage } from '../transform/mean-file.js';
import { readRecord } from './read-record.js';

/** The mean of the images of a database. */
export interface DatabaseMean {
  readonly image: MeanImage;
  /** How many images it is of. */
  readonly count: number;
  /** Whether images had to be decoded. */
  readonly decoded: boolean;
  /** In the channels' order of the images, B G R. */
  readonly channels: Float32Array;
}

/** So many records are read at once, and their images decoded side by side. */
const atOnce = 16;

/**
 * The mean of each number of the images in a database, in float32 and in Caffe's order of sums
 * (compute_image_mean.cpp): images are added up one after the other and divided by their count.
 * @param progress Is told how many records are done, of how many.
 * @throws {DataFailure} Where the database cannot be read or is empty, a record is bad, or
 *   images are of different sizes.
 */
export async function meanOfDatabase(
  path: string,
  backend: Backend | undefined,
  progress: (done: number, total: number) => void,
): Promise<DatabaseMean> {
  const reader = await openDatabase(path, backend, { asker: 'flag' });
  try {
    return await meanOf(path, reader, progress);
  } finally {
    await reader.close();
  }
}

async function meanOf(
  path: string,
  reader: RecordReader,
  progress: (done: number, total: number) => void,
): Promise<DatabaseMean> {
  let sum: MeanSum | undefined;
  let decoded = false;
  for (let at = 0; ;) {
    const records = await reader.read(atOnce);
    if (records.length === 0) break;
    const start = at;
    const images = await Promise.all(
      records.map((record, i) => readRecord(path, start + i, record)),
    );
    for (const [i, { image, isEncoded }] of images.entries()) {
      decoded ||= isEncoded;
      sum ??= new MeanSum(image);
      const problem = sum.misfit(image);
      if (problem !== undefined) {
        const key = records[i]?.key ?? '';
        throw new DataFailure(problem, { file: path, record: at + i, key });
      }
      sum.add(image);
    }
    at += records.length;
    progress(at, reader.count);
  }
  if (sum === undefined) {
    const cure = 'a mean needs at least one image';
    throw new DataFailure('has no records', { file: path, cure });
  }
  const { image, count } = sum.mean();
  return { image, count, decoded, channels: channelMeans(image) };
}

/** Adds up images of one size. */
export class MeanSum {
  readonly #size: Omit<MeanImage, 'data'>;
  readonly #sums: Float32Array;
  #count = 0;

  /** Images have to be of the size of this one, which is not added. */
  constructor({ channels, height, width }: Omit<RawImage, 'pixels'>) {
    this.#size = { channels, height, width };
    this.#sums = new Float32Array(channels * height * width);
  }

  /** Why an image cannot be added. */
  misfit(image: RawImage): string | undefined {
    const { channels, height, width } = this.#size;
    const isSame =
      image.channels === channels &&
      image.height === height &&
      image.width === width;
    return isSame
      ? undefined
      : `the image is of shape ${shapeText([image.channels, image.height, image.width])}, the first one of ${shapeText([channels, height, width])}; a mean needs images of one size`;
  }

  add({ layout, channels, height, width, pixels }: RawImage): void {
    const sums = this.#sums;
    this.#count++;
    if (layout === 'planar') {
      for (let i = 0; i < sums.length; i++) {
        sums[i] = (sums[i] ?? 0) + (pixels[i] ?? 0);
      }
      return;
    }
    const plane = height * width;
    for (let c = 0, to = 0; c < channels; c++) {
      for (let i = 0; i < plane; i++, to++) {
        sums[to] = (sums[to] ?? 0) + (pixels[i * channels + c] ?? 0);
      }
    }
  }

  mean(): { readonly image: MeanImage; readonly count: number } {
    const count = this.#count;
    const data = this.#sums.map((sum) => sum / count);
    return { image: { ...this.#size, data }, count };
  }
}

/** The mean of each channel, in float32 as compute_image_mean prints it. */
export function channelMeans(mean: MeanImage): Float32Array {
  const { channels, height, width, data } = mean;
  const plane = height * width;
  return Float32Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (const value of data.subarray(channel * plane, (channel + 1) * plane)) {
      sum = Math.fround(sum + value);
    }
    return sum / plane;
  });
}
