import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RawImage } from '../../../../runtime/data/raw-image.js';

/** What the reference Caffe's data layer gave in one forward pass (goldens.json). */
export interface GoldenBatch {
  readonly data: {
    readonly shape: readonly [number, number, number, number];
    readonly sha256: string;
  };
}

export interface GoldenCase {
  readonly name: string;
  readonly phase: 'TRAIN' | 'TEST';
  readonly prototxt: string;
  readonly batches: readonly GoldenBatch[];
}

/** The cases of `folder` (reference/data) whose names `wanted` matches. */
export function goldenCases(
  folder: string,
  wanted: RegExp,
): readonly GoldenCase[] {
  const text = readFileSync(join(folder, 'goldens.json'), 'utf8');
  const { cases } = JSON.parse(text) as { cases: readonly GoldenCase[] };
  return cases.filter(({ name }) => wanted.test(name));
}

/** The 64 JPEG files in the order of their list, which is that of the databases' records. */
export function jpegFiles(folder: string): readonly Uint8Array[] {
  const lines = readFileSync(join(folder, 'images.txt'), 'utf8').trim();
  return lines.split('\n').map((line) => {
    const name = line.slice(0, line.lastIndexOf(' '));
    return readFileSync(join(folder, 'images', name));
  });
}

export const sha256 = (values: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

/** The same image with its channels one after the other. */
export function planar(image: RawImage): RawImage {
  const { channels, height, width, pixels } = image;
  const count = height * width;
  const turned = pixels.slice();
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      turned[c * count + i] = pixels[i * channels + c] ?? 0;
    }
  }
  return { layout: 'planar', channels, height, width, pixels: turned };
}
