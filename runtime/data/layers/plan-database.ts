import { existsSync } from 'node:fs';

import { backends, openDatabase } from '../databases/open-database.js';
import type { RecordReader } from '../record-reader.js';
import type { TransformSettings } from '../transform/settings.js';
import { datumOf, imageOf } from './database-source.js';
import { type ImagesFound, planByFirstImage, skipOf } from './first-image.js';
import type { DatabasePlan } from './layer-plan.js';
import {
  type Layer,
  nothing,
  type Planned,
  type PlanOptions,
  reading,
  settingsOf,
  sourceRefused,
} from './planning.js';

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
    const source: DatabasePlan = {
      kind: 'database',
      path,
      backend,
      count,
      first,
      transform,
    };
    const images = imagesIn(source, reader);
    return await planByFirstImage(layer, options, batch, span, images);
  } finally {
    await reader.close();
  }
}

/** From the first record on: all have to be of one shape. */
function imagesIn(source: DatabasePlan, reader: RecordReader): ImagesFound {
  let key = '';
  return {
    source,
    count: source.count,
    read: async () => {
      const [record] = await reader.read(1);
      if (record === undefined) throw new RangeError('there is no record');
      key = record.key;
      return imageOf(datumOf(record.value), source.transform.decode);
    },
    placeOf: (record) => ({ key, record }),
  };
}
