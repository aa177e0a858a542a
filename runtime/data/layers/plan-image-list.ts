import { existsSync } from 'node:fs';

import { type ImagesFound, planByFirstImage, skipOf } from './first-image.js';
import { readImageList } from './image-list.js';
import { listedAt, readListed } from './image-list-source.js';
import type { ImageListPlan } from './layer-plan.js';
import { readListText } from './list-text.js';
import {
  type Layer,
  nothing,
  type Planned,
  type PlanOptions,
  reading,
  settingsOf,
  sourceRefused,
} from './planning.js';
import { ShuffledEpochs } from './shuffled-order.js';

/** An ImageData layer (image_data_layer.cpp) over the list that it names. */
export async function planImageList(
  layer: Layer,
  options: PlanOptions,
): Promise<Planned> {
  const param = layer.get('image_data_param');
  const path = param.get('source');
  const batch = param.get('batch_size');
  const [height, width] = [param.get('new_height'), param.get('new_width')];
  if (batch < 1 || height > 0 !== width > 0) return nothing;
  if (options.ignoresAbsent && !existsSync(path)) return nothing;
  const span = param.spanOf('source');
  const transform = settingsOf(layer, options);
  const text = await reading(layer, path, span, () => readListText(path));
  const list = readImageList(text);
  if (list.kind === 'bad') {
    const problem = `line ${list.line} ${list.problem}`;
    throw sourceRefused(layer, path, problem, span);
  }
  const { images } = list;
  if (images.length === 0) throw sourceRefused(layer, path, 'is empty', span);
  const first = skipOf(layer, options, param.get('rand_skip'));
  if (first >= images.length) {
    const problem = `has ${images.length} images, of which rand_skip passes over ${first}`;
    throw sourceRefused(layer, path, problem, param.spanOf('rand_skip'));
  }
  const found = imagesOf(layer, options, {
    kind: 'image-list',
    path,
    images,
    root: param.get('root_folder'),
    shuffle: param.get('shuffle'),
    first,
    isColor: param.get('is_color'),
    size: height > 0 ? [height, width] : undefined,
    transform,
  });
  return planByFirstImage(layer, options, batch, span, found);
}

/** In the order in which they will be read. */
function imagesOf(
  layer: Layer,
  { seed }: PlanOptions,
  source: ImageListPlan,
): ImagesFound {
  const { images, root } = source;
  const epochs = new ShuffledEpochs(images.length, seed, layer.get('name'));
  return {
    source,
    count: images.length,
    read: (index) => readListed(source, listedAt(source, epochs, index)),
    placeOf: (index) => {
      const { path, line } = listedAt(source, epochs, index);
      return { key: root + path, record: line };
    },
  };
}
