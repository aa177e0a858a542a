import { existsSync } from 'node:fs';

import { firstGood, shapesFor } from './first-image.js';
import { readImageList } from './image-list.js';
import { listedAt, readListed } from './image-list-source.js';
import type { ImageListPlan } from './layer-plan.js';
import { readListText } from './list-text.js';
import { skipOf } from './plan-database.js';
import {
  type Layer,
  nothing,
  type Planned,
  planOf,
  type PlanOptions,
  reading,
  settingsOf,
  sourceRefused,
} from './planning.js';
import { recordFailure } from './record-failure.js';
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
  const plan: ImageListPlan = {
    kind: 'image-list',
    path,
    images,
    root: param.get('root_folder'),
    shuffle: param.get('shuffle'),
    first,
    isColor: param.get('is_color'),
    size: height > 0 ? [height, width] : undefined,
    transform,
  };
  const name = layer.get('name');
  const epochs = new ShuffledEpochs(images.length, options.seed, name);
  const image = await reading(layer, path, span, () =>
    firstGood(
      images.length,
      options.skipBad,
      (index) => readListed(plan, listedAt(plan, epochs, index)),
      (index, bad) => {
        const { path: image, line } = listedAt(plan, epochs, index);
        const key = plan.root + image;
        return recordFailure(
          { layer: name, file: path, key, record: line },
          bad,
        );
      },
    ),
  );
  const shapes = shapesFor(layer, batch, transform, image);
  return planOf(layer, options, shapes, plan);
}
