import { WireWriter } from '../../../compiler/weights/wire-writer.js';

import type { MeanImage } from '../transform/mean-file.js';

/** Fields of BlobProto (caffe.proto). */
const fields = { num: 1, channels: 2, height: 3, width: 4, data: 5 } as const;

/** The bytes of a `.binaryproto`, with the legacy sizes, as compute_image_mean writes it. */
export function meanBytes(mean: MeanImage): Uint8Array {
  const { channels, height, width, data } = mean;
  const head = new WireWriter()
    .number(fields.num, 1)
    .number(fields.channels, channels)
    .number(fields.height, height)
    .number(fields.width, width)
    .opening(fields.data, 4 * data.length)
    .finish();
  const bytes = new Uint8Array(head.length + 4 * data.length);
  bytes.set(head);
  const view = new DataView(bytes.buffer, head.length);
  for (const [i, value] of data.entries()) view.setFloat32(4 * i, value, true);
  return bytes;
}
