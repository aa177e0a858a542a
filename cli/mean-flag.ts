import { type Diagnostic, diagnostic } from '../compiler/diagnostics.js';

import { readNpy } from '../runtime/arrays/npy.js';
import {
  type MeanImage,
  readMeanFile,
} from '../runtime/data/transform/mean-file.js';
import type { ImageSize, Mean } from '../runtime/data/transform/settings.js';

import { readBytes, requireFile } from './files.js';
import { UsageError } from './usage-error.js';

export interface MeanOfFlag {
  readonly mean: Mean;
  readonly diagnostics: readonly Diagnostic[];
}

const none: Mean = { kind: 'none' };

/**
 * What `--mean` says: numbers, a `.npy` of C or C x H x W numbers, or a binaryproto. The mean
 * of another size than the images gives its mean over each channel, as Caffe's
 * classification.cpp takes it.
 */
export function readMeanFlag(
  flag: string | undefined,
  images: ImageSize,
): MeanOfFlag {
  if (flag === undefined) return { mean: none, diagnostics: [] };
  const values = flag.split(',').map(Number);
  if (/\d/.test(flag) && values.every((value) => Number.isFinite(value))) {
    return { mean: valuesFor(images, values, flag), diagnostics: [] };
  }
  requireFile(flag);
  return flag.endsWith('.npy')
    ? ofArray(flag, images)
    : ofImage(flag, images, readMeanFile(flag));
}

function valuesFor(
  { channels }: ImageSize,
  values: readonly number[],
  flag: string,
): Mean {
  if (values.length !== 1 && values.length !== channels) {
    throw new UsageError(
      `--mean ${flag} has ${values.length} values; the net's images have ${channels === 1 ? 'one channel' : `${channels} channels`}`,
      'give one for all channels, or one for each in the order B,G,R',
    );
  }
  return { kind: 'values', values: values.map(Math.fround) };
}

function ofArray(file: string, images: ImageSize): MeanOfFlag {
  const { value, diagnostics } = readNpy(file, readBytes(file));
  if (value === undefined) return { mean: none, diagnostics };
  const { shape, data } = value;
  if (shape.length === 1) {
    return { mean: valuesFor(images, [...data], file), diagnostics };
  }
  const [num = 1, channels = 1, height = 1, width = 1] = [
    ...[1, 1, 1, 1].slice(Math.min(shape.length, 4)),
    ...shape,
  ];
  if (shape.length > 4 || num !== 1 || data.length === 0) {
    const problem = `is of shape ${shape.join('x')}, which is no image`;
    const wrong = diagnostic('data/mean-file', { file, problem });
    return { mean: none, diagnostics: [...diagnostics, wrong] };
  }
  const mean = { channels, height, width, data };
  return ofImage(file, images, { mean, diagnostics });
}

function ofImage(
  file: string,
  images: ImageSize,
  {
    mean,
    diagnostics,
  }: {
    readonly mean: MeanImage | undefined;
    readonly diagnostics: readonly Diagnostic[];
  },
): MeanOfFlag {
  if (mean === undefined) return { mean: none, diagnostics };
  const { channels, height, width } = mean;
  if (channels !== images.channels) {
    const problem = `has ${channels} channels, and the net's images have ${images.channels}`;
    const wrong = diagnostic('data/mean-file', { file, problem });
    return { mean: none, diagnostics: [...diagnostics, wrong] };
  }
  if (height === images.height && width === images.width) {
    return { mean: { kind: 'image', image: mean }, diagnostics };
  }
  const facts = {
    file,
    mean: [channels, height, width],
    image: [images.channels, images.height, images.width],
  };
  return {
    mean: { kind: 'values', values: channelMeans(mean) },
    diagnostics: [...diagnostics, diagnostic('data/mean-by-channel', facts)],
  };
}

function channelMeans({ channels, data }: MeanImage): readonly number[] {
  const count = data.length / channels;
  return Array.from({ length: channels }, (_, c) => {
    const plane = data.subarray(c * count, (c + 1) * count);
    return Math.fround(plane.reduce((sum, value) => sum + value, 0) / count);
  });
}
