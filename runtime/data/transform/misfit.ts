import type { Span } from '../../../grammar/source.js';

import { type Diagnostic, diagnostic } from '../../../compiler/diagnostics.js';
import { shapeText } from '../../../compiler/ir/types.js';
import type { Message } from '../../../compiler/schema/message.js';

import {
  type ImageSize,
  scaledSize,
  type TransformSettings,
} from './settings.js';

/** Why images of a size cannot be transformed: the option that is at fault, and a sentence. */
export interface Misfit {
  readonly option:
    | 'crop_size'
    | 'mean_file'
    | 'mean_value'
    | 'std'
    | 'saturation'
    | 'lighting'
    | 'short_side';
  readonly reason: string;
}

/** An image as far as it matters here; `isFloat`: from a Datum with `float_data`. */
export interface ImageKind extends ImageSize {
  readonly isFloat: boolean;
}

/** What Caffe checks of each image (data_transformer.cpp), and what augmentation needs. */
export function misfitOf(
  settings: TransformSettings,
  image: ImageKind,
): Misfit | undefined {
  return (
    meanMisfit(settings, image) ??
    stdMisfit(settings, image) ??
    cropMisfit(settings, image) ??
    resizeMisfit(settings, image) ??
    colourMisfit(settings, image)
  );
}

/** The same at its place in the prototxt. */
export function misfitDiagnostic(
  { option, reason }: Misfit,
  param: Message<'TransformationParameter'>,
): Diagnostic {
  const span = spanOfOption(option, param);
  return diagnostic('data/transform-misfit', { reason }, { span });
}

function spanOfOption(
  option: Misfit['option'],
  param: Message<'TransformationParameter'>,
): Span {
  switch (option) {
    case 'crop_size':
    case 'mean_file':
    case 'mean_value':
      return param.spanOf(option);
    default:
      return param.get('rancc_augment').spanOf(option);
  }
}

const sizeText = ({ channels, height, width }: ImageSize): string =>
  shapeText([channels, height, width]);

function meanMisfit(
  { mean }: TransformSettings,
  image: ImageKind,
): Misfit | undefined {
  if (mean.kind === 'values') {
    return countMisfit('mean_value', mean.values.length, image.channels);
  }
  if (mean.kind === 'none') return undefined;
  const { channels, height, width } = mean.image;
  const isSame =
    channels === image.channels &&
    height === image.height &&
    width === image.width;
  if (isSame) return undefined;
  const reason = `the mean is of shape ${sizeText(mean.image)}, an image of ${sizeText(image)}`;
  return { option: 'mean_file', reason };
}

const stdMisfit = (
  { std }: TransformSettings,
  { channels }: ImageKind,
): Misfit | undefined =>
  std.length === 0 ? undefined : countMisfit('std', std.length, channels);

function countMisfit(
  option: 'mean_value' | 'std',
  count: number,
  channels: number,
): Misfit | undefined {
  if (count === 1 || count === channels) return undefined;
  const reason = `give one ${option} or as many as an image has channels: ${channels}, not ${count}`;
  return { option, reason };
}

function cropMisfit(
  { crop, shortSide, pad, area }: TransformSettings,
  image: ImageKind,
): Misfit | undefined {
  if (crop === 0 || area !== undefined) return undefined;
  const { height, width } = scaledSize(image, shortSide);
  if (Math.min(height, width) + 2 * pad >= crop) return undefined;
  const padded = pad === 0 ? '' : ` with ${pad} on each side`;
  const reason = `a crop of ${crop}x${crop} is larger than an image of ${height}x${width}${padded}`;
  return { option: 'crop_size', reason };
}

function resizeMisfit(
  { shortSide, area }: TransformSettings,
  { isFloat }: ImageKind,
): Misfit | undefined {
  if (!isFloat || (shortSide === 0 && area === undefined)) return undefined;
  const reason = 'images of float_data cannot be resized';
  return { option: area === undefined ? 'short_side' : 'crop_size', reason };
}

function colourMisfit(
  { colour }: TransformSettings,
  { channels }: ImageKind,
): Misfit | undefined {
  if (colour === undefined || channels === 3) return undefined;
  const option =
    colour.saturation > 0
      ? 'saturation'
      : colour.lighting > 0
        ? 'lighting'
        : undefined;
  if (option === undefined) return undefined;
  const reason = `${option} is for images of 3 channels; these have ${channels}`;
  return { option, reason };
}
