import { layerTypes } from '../layers/index.js';
import type { Net } from '../net/net.js';
import { makeMessage, withFields } from '../schema/make-message.js';
import type { Message } from '../schema/message.js';

type LayerParameter = Message<'LayerParameter'>;

/**
 * The layers of a net as Caffe has them when it writes a snapshot (net.cpp, Net::ToProto):
 * with the phase of the net, with a Split layer behind every top that is read more than
 * once, and with what layers add to their own messages when they are set up.
 */
export const layersAsWritten = (net: Net): readonly LayerParameter[] =>
  insertSplits(
    net.layers.map(({ message, name }) => withFields(message, { name })),
  ).map((layer) => withPhase(net, afterSetUp(layer)));

const withPhase = ({ phase }: Net, layer: LayerParameter): LayerParameter =>
  layer.has('phase') ? layer : withFields(layer, { phase });

/** loss_layer.cpp and batch_norm_layer.cpp, LayerSetUp. */
function afterSetUp(layer: LayerParameter): LayerParameter {
  const type = layer.get('type');
  if (type === 'BatchNorm') {
    const own = layer.get('param');
    const { span, dialect } = layer;
    const missing = Array.from({ length: Math.max(0, 3 - own.length) }, () =>
      makeMessage('ParamSpec', { lr_mult: 0 }, { span, dialect }),
    );
    return withFields(layer, { param: [...own, ...missing] });
  }
  const isLoss = layerTypes[type]?.isLoss === true;
  return isLoss && !layer.has('loss_weight')
    ? withFields(layer, { loss_weight: [1] })
    : layer;
}

/** A top of a layer: the one's number and the other's. */
interface Top {
  readonly layer: number;
  readonly index: number;
  readonly lossWeight: number;
  uses: number;
  /** Copies that have been handed out. */
  used: number;
}

/** insert_splits.cpp, InsertSplits: a loss weight counts as a reader, the first one. */
function insertSplits(
  layers: readonly LayerParameter[],
): readonly LayerParameter[] {
  const tops = new Map<string, Top>();
  const sources = new Map<LayerParameter, readonly (Top | undefined)[]>();
  const made = new Map<LayerParameter, readonly Top[]>();
  layers.forEach((layer, number) => {
    const read = layer.get('bottom').map((name) => tops.get(name));
    for (const top of read) if (top !== undefined) top.uses += 1;
    sources.set(layer, read);
    const own = layer.get('top').map((name, index): Top => {
      const lossWeight = layer.get('loss_weight')[index] ?? 0;
      const isLoss = Number(lossWeight !== 0);
      const top = { layer: number, index, lossWeight, uses: isLoss, used: 0 };
      tops.set(name, top);
      return top;
    });
    made.set(layer, own);
  });
  const copyOf = (blob: string, top: Top | undefined): string => {
    if (top === undefined || top.uses < 2) return blob;
    const producer = layers[top.layer]?.get('name') ?? '';
    return `${splitName(producer, blob, top.index)}_${top.used++}`;
  };
  return layers.flatMap((layer) => {
    const read = sources.get(layer) ?? [];
    const bottom = layer
      .get('bottom')
      .map((name, index) => copyOf(name, read[index]));
    const split = (made.get(layer) ?? []).filter(({ uses }) => uses > 1);
    const isSplitLoss = split.some(({ lossWeight }) => lossWeight !== 0);
    const changed = withFields(layer, {
      bottom,
      ...(isSplitLoss ? { loss_weight: [] } : {}),
    });
    return [changed, ...split.map((top) => splitLayer(layer, top))];
  });
}

const splitName = (layer: string, blob: string, index: number): string =>
  `${blob}_${layer}_${index}_split`;

function splitLayer(layer: LayerParameter, top: Top): LayerParameter {
  const blob = layer.get('top')[top.index] ?? '';
  const name = splitName(layer.get('name'), blob, top.index);
  const copies = Array.from({ length: top.uses }, (_, at) => at);
  if (top.lossWeight !== 0) top.used += 1;
  return makeMessage(
    'LayerParameter',
    {
      name,
      type: 'Split',
      bottom: [blob],
      top: copies.map((at) => `${name}_${at}`),
      ...(top.lossWeight === 0
        ? {}
        : {
            loss_weight: copies.map((at) => (at === 0 ? top.lossWeight : 0)),
          }),
    },
    { span: layer.span, dialect: layer.dialect },
  );
}
