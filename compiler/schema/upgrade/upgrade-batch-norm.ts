import { withFields } from '../make-message.js';
import type { Message } from '../message.js';
import type { NetStep } from './net-step.js';

const isOld = (layer: Message<'LayerParameter'>): boolean =>
  layer.get('type') === 'BatchNorm' && layer.get('param').length === 3;

/**
 * The three blobs of a BatchNorm layer are statistics: where each has a `param`, the solver
 * is kept away from them. As in Caffe such a layer counts as old for ever.
 */
export const upgradeBatchNorm: NetStep = {
  name: 'batch-norm',
  isNeeded: (net) => net.get('layer').some(isOld),
  upgrade(net) {
    const layers = net.get('layer');
    const upgraded = withFields(
      net,
      { layer: layers.map((layer) => (isOld(layer) ? frozen(layer) : layer)) },
      { layer: layers.map((layer) => layer.span) },
    );
    return { net: upgraded, diagnostics: [] };
  },
};

function frozen(layer: Message<'LayerParameter'>): Message<'LayerParameter'> {
  const param = layer
    .get('param')
    .map((one) => withFields(one, { lr_mult: 0, decay_mult: 0 }));
  return withFields(layer, { param }, { param: param.map((one) => one.span) });
}
