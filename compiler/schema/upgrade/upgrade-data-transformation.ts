import { invariant } from '../../diagnostics.js';
import type { AnyMessage, Message } from '../message.js';
import { fieldNamed, messageTypeOf } from '../message-type.js';
import { Draft, draftOf } from './draft.js';
import type { NetStep } from './net-step.js';

/** The V1 data layers that once transformed images by fields of their own. */
const paramOfType: Readonly<
  Record<string, 'data_param' | 'image_data_param' | 'window_data_param'>
> = {
  DATA: 'data_param',
  IMAGE_DATA: 'image_data_param',
  WINDOW_DATA: 'window_data_param',
};

const moved = ['scale', 'mean_file', 'crop_size', 'mirror'] as const;

/**
 * `scale`, `mean_file`, `crop_size` and `mirror` move to `transform_param`. As in Caffe one
 * such field gives every data layer of the net both messages.
 */
export const upgradeDataTransformation: NetStep = {
  name: 'data-transformation',
  isNeeded: (net) =>
    net.get('layers').some((layer) => {
      const param = paramOfType[layer.get('type')];
      return (
        param !== undefined &&
        moved.some((field) => layer.get(param).has(field))
      );
    }),
  upgrade(net) {
    const layers = net.get('layers');
    const upgraded = draftOf(net)
      .put(
        'layers',
        layers.map(upgradeLayer),
        layers.map((layer) => layer.span),
      )
      .build();
    return { net: upgraded, diagnostics: [] };
  },
};

function upgradeLayer(
  layer: Message<'V1LayerParameter'>,
): Message<'V1LayerParameter'> {
  const name = paramOfType[layer.get('type')];
  if (name === undefined) return layer;
  const entry = fieldNamed('V1LayerParameter', name);
  invariant(entry !== undefined, `V1 layers have no ${name}`);
  const old: AnyMessage = layer.get(name);
  const param = new Draft(messageTypeOf(entry), old);
  const transform = draftOf(layer.get('transform_param'));
  for (const field of old.written()) {
    const isMoved = moved.some((one) => one === field.entry.name);
    const target = isMoved ? transform : param;
    target.put(field.entry.name, field.values, field.spans);
  }
  return draftOf(layer)
    .put(name, [param.build()], [layer.spanOf(name)])
    .put(
      'transform_param',
      [transform.build()],
      [layer.spanOf('transform_param')],
    )
    .build();
}
