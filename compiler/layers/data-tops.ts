import type { Shape } from '../ir/types.js';
import type { SetUp, SetUpContext } from './define-layer.js';

/** What is known of the images of a data layer without its source. */
export interface ImageSource {
  /** The file or database, as the prototxt names it. */
  readonly source: string;
  readonly batch: number;
  /** undefined: the source alone says. */
  readonly channels: number | undefined;
  readonly height: number | undefined;
  readonly width: number | undefined;
}

/** What is taken where the prototxt does not tell. */
const usualChannels = 3;

/** A size that 0 stands for not given. */
export const given = (size: number): number | undefined =>
  size > 0 ? size : undefined;

/**
 * The tops of a layer that loads images: N x C x H x W, and N labels. Somebody else fills
 * them. The size of the images cannot be guessed; that there are three channels can, with a
 * warning.
 */
export function imageTops(
  context: SetUpContext,
  images: ImageSource,
): SetUp | undefined {
  const [data = '', label = ''] = context.message.get('top');
  const shape = context.inputShapes.get(data) ?? imageShape(context, images);
  if (shape === undefined) return undefined;
  const [batch = 1] = shape;
  const labels = context.inputShapes.get(label) ?? [batch];
  return fedTops([shape, labels].slice(0, context.topCount));
}

function imageShape(
  context: SetUpContext,
  { source, batch, channels, height, width }: ImageSource,
): Shape | undefined {
  if (batch < 1) return context.refuse('batch_size must be at least 1');
  if (height === undefined || width === undefined) {
    const [data = ''] = context.message.get('top');
    return context.report('data/shape-unknown', {
      layer: context.name,
      source,
      top: data,
      shape: `${batch},${channels ?? usualChannels},H,W`,
    });
  }
  if (channels === undefined) {
    context.report('data/source-missing', {
      layer: context.name,
      source,
      taken: `${usualChannels} channels are taken`,
    });
  }
  return [batch, channels ?? usualChannels, height, width];
}

/** Tops that are inputs of the net: there is nothing to compute. */
export const fedTops = (tops: readonly Shape[]): SetUp => ({
  tops,
  fed: true,
  lower: ({ bottoms }) => bottoms,
});
