import { existsSync } from 'node:fs';

import { backends, openDatabase } from '../databases/open-database.js';
import type { RawImage } from '../raw-image.js';
import type { RecordReader } from '../record-reader.js';
import { drawsOf } from '../transform/draws.js';
import type { TransformSettings } from '../transform/settings.js';
import { datumOf, imageOf } from './database-source.js';
import { firstGood, shapesFor } from './first-image.js';
import type { DatabasePlan } from './layer-plan.js';
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

/** A Data layer (data_layer.cpp) over the database that it names. */
export async function planDatabase(
  layer: Layer,
  options: PlanOptions,
): Promise<Planned> {
  const param = layer.get('data_param');
  const path = param.get('source');
  const backend = backends.find((name) => name === param.get('backend'));
  const batch = param.get('batch_size');
  const span = param.spanOf('source');
  if (batch < 1 || (options.ignoresAbsent && !existsSync(path))) return nothing;
  if (backend === undefined) {
    const problem = `its backend ${param.get('backend')} is of no Caffe but its own`;
    throw sourceRefused(layer, path, problem, param.spanOf('backend'));
  }
  const settings = settingsOf(layer, options);
  // An old option for the same thing.
  const transform: TransformSettings = param.get('force_encoded_color')
    ? { ...settings, decode: 'color' }
    : settings;
  const reader = await reading(layer, path, span, () =>
    openDatabase(path, backend),
  );
  try {
    const { count } = reader;
    if (count === 0) throw sourceRefused(layer, path, 'is empty', span);
    const first = skipOf(layer, options, param.get('rand_skip')) % count;
    const plan: DatabasePlan = {
      kind: 'database',
      path,
      backend,
      count,
      first,
      transform,
    };
    const image = await reading(layer, path, span, () =>
      firstImage(layer, plan, options, reader),
    );
    const shapes = shapesFor(layer, batch, transform, image);
    return planOf(layer, options, shapes, plan);
  } finally {
    await reader.close();
  }
}

/** How many records are passed over at first: from 0 to rand_skip - 1. */
export const skipOf = (
  layer: Layer,
  { seed }: PlanOptions,
  most: number,
): number =>
  most === 0 ? 0 : drawsOf(seed, layer.get('name'), 0).below(most, 'skip');

async function firstImage(
  layer: Layer,
  { path, count, transform }: DatabasePlan,
  { skipBad }: PlanOptions,
  reader: RecordReader,
): Promise<RawImage> {
  let key = '';
  return firstGood(
    count,
    skipBad,
    async () => {
      const [record] = await reader.read(1);
      if (record === undefined) throw new RangeError('there is no record');
      key = record.key;
      return imageOf(datumOf(record.value), transform.decode);
    },
    (record, bad) =>
      recordFailure({ layer: layer.get('name'), file: path, key, record }, bad),
  );
}
