import { type Diagnostic, diagnostic } from '../../diagnostics.js';
import type { Message } from '../message.js';
import { draftOf } from './draft.js';

type Layer = Message<'V1LayerParameter'>;

/**
 * V0 pads in layers of their own: each convolution or pooling layer that reads one takes
 * over its `pad` and its bottom, then the padding layers go away.
 */
export function foldPaddingLayers(layers: readonly Layer[]): {
  readonly layers: readonly Layer[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  /** The last layer so far that makes a blob. */
  const makers = new Map<string, Layer>();
  const kept: Layer[] = [];
  for (const layer of layers) {
    let folded = layer;
    for (const [index, bottom] of layer.get('bottom').entries()) {
      const maker = makers.get(bottom);
      if (maker === undefined || typeOf(maker) !== 'padding') continue;
      if (canPad(layer, maker)) folded = withPadding(layer, maker);
      else diagnostics.push(misplaced(layer, index, maker));
    }
    for (const top of layer.get('top')) makers.set(top, layer);
    if (typeOf(layer) !== 'padding') kept.push(folded);
  }
  return { layers: kept, diagnostics };
}

const typeOf = (layer: Layer): string => layer.get('layer').get('type');

const canPad = (layer: Layer, padding: Layer): boolean =>
  ['conv', 'pool'].includes(typeOf(layer)) &&
  layer.get('bottom').length === 1 &&
  padding.get('bottom').length === 1 &&
  padding.get('top').length === 1;

function withPadding(layer: Layer, padding: Layer): Layer {
  const old = padding.get('layer');
  const inner = draftOf(layer.get('layer'))
    .put('pad', [old.get('pad')], [old.spanOf('pad')])
    .build();
  return draftOf(layer)
    .put('layer', [inner], [layer.spanOf('layer')])
    .put('bottom', padding.get('bottom'), [layer.spanOf('bottom')])
    .build();
}

const misplaced = (layer: Layer, bottom: number, padding: Layer): Diagnostic =>
  diagnostic(
    'schema/v0-padding',
    { layer: layer.get('layer').get('name'), type: typeOf(layer) },
    {
      span: layer.spanOf('bottom', bottom),
      notes: [{ message: 'the padding layer is here', span: padding.span }],
    },
  );
