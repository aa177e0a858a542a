import { join } from 'node:path';
import protobuf from 'protobufjs';

import type { Shape } from '../../compiler/ir/types.js';
import type { Message } from '../../compiler/schema/message.js';

import { openLmdb } from '../../runtime/data/databases/lmdb-reader.js';
import type { Tensor } from '../../runtime/tensor.js';

/** Batches for one net. */
export interface Feed {
  readonly shapes: ReadonlyMap<string, Shape>;
  next(): Promise<ReadonlyMap<string, Tensor>>;
  close(): Promise<void>;
}

const datumType = new protobuf.Type('Datum')
  .add(new protobuf.Field('channels', 1, 'int32'))
  .add(new protobuf.Field('height', 2, 'int32'))
  .add(new protobuf.Field('width', 3, 'int32'))
  .add(new protobuf.Field('data', 4, 'bytes'))
  .add(new protobuf.Field('label', 5, 'int32'));

interface Datum {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Uint8Array;
  readonly label: number;
}

/** Records of plain pixels from an LMDB, in their order. */
export async function openFeed(
  layers: readonly Message<'LayerParameter'>[],
  folder: string,
): Promise<Feed> {
  const layer = layers.find((each) => each.get('type') === 'Data');
  if (layer === undefined) throw new Error('the net has no Data layer');
  const [data = '', label = ''] = layer.get('top');
  const param = layer.get('data_param');
  const transform = layer.get('transform_param');
  const reader = await openLmdb(join(folder, param.get('source')));
  const read = async (): Promise<Datum> => {
    let [record] = await reader.read(1);
    if (record === undefined) {
      await reader.rewind();
      [record] = await reader.read(1);
    }
    if (record === undefined) throw new Error('an empty database');
    return datumType.decode(record.value) as unknown as Datum;
  };
  const { channels, height, width } = await read();
  await reader.rewind();
  const batch = param.get('batch_size');
  const shape = [batch, channels, height, width];
  const size = channels * height * width;
  const means = transform.get('mean_value').map(Math.fround);
  const scale = transform.get('scale');
  const next = async (): Promise<ReadonlyMap<string, Tensor>> => {
    const values = new Float32Array(batch * size);
    const labels = new Float32Array(batch);
    for (let item = 0; item < batch; item++) {
      const datum = await read();
      labels[item] = datum.label;
      datum.data.forEach((pixel, at) => {
        const channel = Math.floor(at / (height * width));
        const mean = means[channel] ?? means[0] ?? 0;
        values[item * size + at] = Math.fround(pixel - mean) * scale;
      });
    }
    return new Map<string, Tensor>([
      [data, { dtype: 'float32', shape, data: values }],
      [label, { dtype: 'float32', shape: [batch], data: labels }],
    ]);
  };
  return {
    shapes: new Map<string, Shape>([
      [data, shape],
      [label, [batch]],
    ]),
    next,
    close: () => reader.close(),
  };
}
