import { diagnostic } from '../../diagnostics.js';
import type { Enums } from '../generated/messages.js';
import type { Message } from '../message.js';
import { fieldNamed } from '../message-type.js';
import type { FieldEntry } from '../schema-table.js';
import { Draft, draftOf } from './draft.js';
import type { NetStep } from './net-step.js';

/** What the types of V1 are called since. */
const typeNames: Readonly<
  Partial<Record<Enums['V1LayerParameter.LayerType'], string>>
> = {
  NONE: '',
  ABSVAL: 'AbsVal',
  ACCURACY: 'Accuracy',
  ARGMAX: 'ArgMax',
  BNLL: 'BNLL',
  CONCAT: 'Concat',
  CONTRASTIVE_LOSS: 'ContrastiveLoss',
  CONVOLUTION: 'Convolution',
  DATA: 'Data',
  DECONVOLUTION: 'Deconvolution',
  DROPOUT: 'Dropout',
  DUMMY_DATA: 'DummyData',
  ELTWISE: 'Eltwise',
  EUCLIDEAN_LOSS: 'EuclideanLoss',
  EXP: 'Exp',
  FLATTEN: 'Flatten',
  HDF5_DATA: 'HDF5Data',
  HDF5_OUTPUT: 'HDF5Output',
  HINGE_LOSS: 'HingeLoss',
  IM2COL: 'Im2col',
  IMAGE_DATA: 'ImageData',
  INFOGAIN_LOSS: 'InfogainLoss',
  INNER_PRODUCT: 'InnerProduct',
  LRN: 'LRN',
  MEMORY_DATA: 'MemoryData',
  MULTINOMIAL_LOGISTIC_LOSS: 'MultinomialLogisticLoss',
  MVN: 'MVN',
  POOLING: 'Pooling',
  POWER: 'Power',
  RELU: 'ReLU',
  SIGMOID: 'Sigmoid',
  SIGMOID_CROSS_ENTROPY_LOSS: 'SigmoidCrossEntropyLoss',
  SILENCE: 'Silence',
  SLICE: 'Slice',
  SOFTMAX: 'Softmax',
  SOFTMAX_LOSS: 'SoftmaxWithLoss',
  SPLIT: 'Split',
  TANH: 'TanH',
  THRESHOLD: 'Threshold',
  WINDOW_DATA: 'WindowData',
};

/** A V1 type that forks have added is named as they name it since: UPSAMPLE is Upsample. */
const typeName = (word: string): string =>
  (typeNames as Readonly<Record<string, string | undefined>>)[word] ??
  (/^\w{1,4}$/.test(word)
    ? word
    : word
        .toLowerCase()
        .replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase()));

/** V1 `layers` become `layer`, in the same order. */
export const upgradeV1Layers: NetStep = {
  name: 'v1-layers',
  isNeeded: (net) => net.has('layers'),
  upgrade(net) {
    const layers = net.get('layers');
    const [today] = net.get('layer');
    if (today !== undefined) {
      return {
        net: undefined,
        diagnostics: [
          diagnostic(
            'schema/mixed-layers',
            {},
            {
              span: today.span,
              notes: [
                { message: "'layers' is used here", span: layers[0]?.span },
              ],
            },
          ),
        ],
      };
    }
    const upgraded = draftOf(net)
      .remove('layers')
      .put(
        'layer',
        layers.map(upgradeLayer),
        layers.map((layer) => layer.span),
      )
      .build();
    return { net: upgraded, diagnostics: [] };
  },
};

function upgradeLayer(
  old: Message<'V1LayerParameter'>,
): Message<'LayerParameter'> {
  const layer = new Draft('LayerParameter', old);
  for (const { entry, values, spans } of old.written()) {
    if (isSame(entry, fieldNamed('LayerParameter', entry.name))) {
      layer.put(entry.name, values, spans);
    }
  }
  if (old.has('type')) {
    layer.put('type', [typeName(old.get('type'))], [old.spanOf('type')]);
  }
  return layer.put('param', paramsOf(old)).build();
}

const isSame = (old: FieldEntry, now: FieldEntry | undefined): boolean =>
  old.type === now?.type && old.typeName === now.typeName;

/** What V1 has in a list for each property of a parameter. */
const paramLists = [
  { list: 'param', field: 'name' },
  { list: 'blob_share_mode', field: 'share_mode' },
  { list: 'blobs_lr', field: 'lr_mult' },
  { list: 'weight_decay', field: 'decay_mult' },
] as const;

function paramsOf(
  layer: Message<'V1LayerParameter'>,
): readonly Message<'ParamSpec'>[] {
  const count = Math.max(
    ...paramLists.map(({ list }) => layer.get(list).length),
  );
  return Array.from({ length: count }, (_, index) => {
    const param = new Draft('ParamSpec', layer);
    for (const { list, field } of paramLists) {
      const value = layer.get(list)[index];
      if (value !== undefined) {
        param.put(field, [value], [layer.spanOf(list, index)]);
      }
    }
    return param.build();
  });
}
