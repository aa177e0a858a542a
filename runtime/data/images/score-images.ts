import type { RawImage } from '../raw-image.js';
import { drawsOf } from '../transform/draws.js';
import type { Placement } from '../transform/placement.js';
import type { TransformSettings } from '../transform/settings.js';
import { centreCrop, tenCrops } from '../transform/test-crops.js';
import { transformAt } from '../transform/transform-image.js';
import { decodeImage } from './decode-image.js';
import { readImageFile } from './read-image-file.js';
import { resizeImage } from './resize-image.js';
import { UnreadableImage } from './unreadable-image.js';

/** How image files become scores. */
export interface Scoring {
  /** Of the net's input, N x C x H x W. */
  readonly shape: readonly [number, number, number, number];
  /** What images are resized to before the crop, at least H x W. */
  readonly height: number;
  readonly width: number;
  readonly settings: TransformSettings;
  /** Ten crops an image, whose scores are averaged, instead of the one in the middle. */
  readonly oversample: boolean;
  /** A forward pass: from N x C x H x W to N x K, a score for each class. */
  readonly predict: (images: Float32Array) => Promise<Float32Array>;
}

/** A file that cannot be decoded, with the reason in a sentence. */
export interface BadImage {
  readonly file: string;
  readonly problem: string;
}

export interface Scored {
  /** K scores for each file; empty where there is a bad one. */
  readonly scores: readonly Float32Array[];
  readonly bad: BadImage | undefined;
}

/** Scores image files in batches of the net's size; the last one is filled up with zeros. */
export async function scoreImages(
  scoring: Scoring,
  files: readonly string[],
  progress: (done: number, total: number) => void,
): Promise<Scored> {
  const batch = new ScoreBatch(scoring);
  for (const [index, file] of files.entries()) {
    progress(index, files.length);
    try {
      const image = await readImage(scoring, file);
      await batch.add(index, image);
    } catch (thrown) {
      if (!(thrown instanceof UnreadableImage)) throw thrown;
      return { scores: [], bad: { file, problem: thrown.message } };
    }
  }
  await batch.run();
  return {
    scores: files.map((_, index) => batch.scoresOf(index)),
    bad: undefined,
  };
}

async function readImage(
  { settings, height, width }: Scoring,
  file: string,
): Promise<RawImage> {
  const image = await decodeImage(await readImageFile(file), settings.decode);
  return resizeImage(image, height, width);
}

/** Crops that wait for a forward pass, and the sums of what came of those before. */
class ScoreBatch {
  readonly #scoring: Scoring;
  readonly #values: Float32Array;
  /** The image that each crop of the batch is of. */
  readonly #images: number[] = [];
  readonly #sums = new Map<number, Float64Array>();

  constructor(scoring: Scoring) {
    this.#scoring = scoring;
    this.#values = new Float32Array(
      scoring.shape.reduce((product, size) => product * size, 1),
    );
  }

  async add(index: number, image: RawImage): Promise<void> {
    const [count, channels, height, width] = this.#scoring.shape;
    const size = channels * height * width;
    for (const crop of this.#crops(image)) {
      const start = this.#images.length * size;
      const into = this.#values.subarray(start, start + size);
      // Nothing is at random here.
      const draws = drawsOf(0, '', 0);
      transformAt(this.#scoring.settings, image, crop, into, draws);
      this.#images.push(index);
      if (this.#images.length === count) await this.run();
    }
  }

  #crops(image: RawImage): readonly Placement[] {
    const [, , height, width] = this.#scoring.shape;
    const size = { height, width };
    return this.#scoring.oversample
      ? tenCrops(image, size)
      : [centreCrop(image, size)];
  }

  /** Runs what waits; nothing where nothing does. */
  async run(): Promise<void> {
    if (this.#images.length === 0) return;
    const scores = await this.#scoring.predict(this.#values.slice());
    const classes = scores.length / this.#scoring.shape[0];
    for (const [row, index] of this.#images.entries()) {
      const sum = this.#sums.get(index) ?? new Float64Array(classes);
      for (let k = 0; k < classes; k++) {
        sum[k] = (sum[k] ?? 0) + (scores[row * classes + k] ?? 0);
      }
      this.#sums.set(index, sum);
    }
    this.#images.length = 0;
    this.#values.fill(0);
  }

  /** The mean over the crops of an image. */
  scoresOf(index: number): Float32Array {
    const crops = this.#scoring.oversample ? 10 : 1;
    const sum = this.#sums.get(index) ?? new Float64Array();
    return Float32Array.from(sum, (value) => value / crops);
  }
}
