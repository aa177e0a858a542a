import { withFields } from '../schema/make-message.js';
import type { Message } from '../schema/message.js';

type LayerParameter = Message<'LayerParameter'>;

/** What Caffe calls the copies that it makes of a blob which several layers read. */
const isInserted = (layer: LayerParameter): boolean => {
  const name = layer.get('name');
  return (
    layer.get('type') === 'Split' &&
    /_\d+_split$/.test(name) &&
    layer.get('bottom').length === 1 &&
    layer.get('top').every((top, at) => top === `${name}_${at}`)
  );
};

/**
 * Takes out the Split layers that Caffe inserts before it writes a net, and lets the layers
 * that read their tops read the blob itself again.
 */
export function undoSplits(
  layers: readonly LayerParameter[],
): readonly LayerParameter[] {
  const original = new Map<string, string>();
  return layers.flatMap((layer) => {
    const bottoms = layer
      .get('bottom')
      .map((name) => original.get(name) ?? name);
    if (isInserted(layer)) {
      for (const top of layer.get('top')) original.set(top, bottoms[0] ?? '');
      return [];
    }
    return layer.has('bottom')
      ? [withFields(layer, { bottom: bottoms })]
      : [layer];
  });
}
