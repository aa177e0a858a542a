import { imageTops } from './data-tops.js';
import { defineLayer, exactly } from './define-layer.js';

const sizes = ['batch_size', 'channels', 'height', 'width'] as const;

/**
 * MemoryData (memory_data_layer.cpp): images and labels that the caller fills. Tops:
 * batch_size x channels x height x width, and batch_size labels.
 *
 * - C1: all four sizes have to be given, and at least 1.
 */
export const memoryData = defineLayer({
  type: 'MemoryData',
  bottoms: exactly(0),
  tops: exactly(2),
  setUp(context) {
    const param = context.message.get('memory_data_param');
    const missing = sizes.find((field) => param.get(field) < 1);
    if (missing !== undefined) {
      return context.refuse(
        `${missing} must be at least 1`,
        param.spanOf(missing),
      );
    }
    return imageTops(context, {
      source: 'memory',
      batch: param.get('batch_size'),
      channels: param.get('channels'),
      height: param.get('height'),
      width: param.get('width'),
    });
  },
});
