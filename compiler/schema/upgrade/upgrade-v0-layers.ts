import { type Diagnostic, diagnostic, invariant } from '../../diagnostics.js';
import { didYouMean } from '../../suggestion.js';
import type { Enums, Messages } from '../generated/messages.js';
import type { Message } from '../message.js';
import { fieldNamed, messageTypeOf } from '../message-type.js';
import { Draft } from './draft.js';
import { foldPaddingLayers } from './fold-padding-layers.js';
import type { NetStep } from './net-step.js';

type V1Type = Enums['V1LayerParameter.LayerType'];

/** What the types of V0 are called in V1. `padding` layers are gone before. */
const typeNames: Readonly<Record<string, V1Type>> = {
  accuracy: 'ACCURACY',
  bnll: 'BNLL',
  concat: 'CONCAT',
  conv: 'CONVOLUTION',
  data: 'DATA',
  dropout: 'DROPOUT',
  euclidean_loss: 'EUCLIDEAN_LOSS',
  flatten: 'FLATTEN',
  hdf5_data: 'HDF5_DATA',
  hdf5_output: 'HDF5_OUTPUT',
  im2col: 'IM2COL',
  images: 'IMAGE_DATA',
  infogain_loss: 'INFOGAIN_LOSS',
  innerproduct: 'INNER_PRODUCT',
  lrn: 'LRN',
  multinomial_logistic_loss: 'MULTINOMIAL_LOGISTIC_LOSS',
  pool: 'POOLING',
  relu: 'RELU',
  sigmoid: 'SIGMOID',
  softmax: 'SOFTMAX',
  softmax_loss: 'SOFTMAX_LOSS',
  split: 'SPLIT',
  tanh: 'TANH',
  window_data: 'WINDOW_DATA',
};

/** Where a field belongs in V1: `message.field`, by the type of the layer. */
type Places = Readonly<Record<string, string>>;

const places = (
  types: Readonly<Record<string, string>>,
  field: string,
): Places =>
  Object.fromEntries(
    Object.entries(types).map(([type, message]) => [
      type,
      `${message}.${field}`,
    ]),
  );

const convolution = { conv: 'convolution_param' };
const pooling = { pool: 'pooling_param' };
const innerProduct = { innerproduct: 'inner_product_param' };
const lrn = { lrn: 'lrn_param' };
const images = { images: 'image_data_param' };
const windows = { window_data: 'window_data_param' };
const data = { data: 'data_param' };
const hdf5 = { hdf5_data: 'hdf5_data_param' };

const placesOf: Readonly<
  Partial<Record<keyof Messages['V0LayerParameter'], Places>>
> = {
  num_output: places({ ...convolution, ...innerProduct }, 'num_output'),
  biasterm: places({ ...convolution, ...innerProduct }, 'bias_term'),
  weight_filler: places({ ...convolution, ...innerProduct }, 'weight_filler'),
  bias_filler: places({ ...convolution, ...innerProduct }, 'bias_filler'),
  pad: places({ ...convolution, ...pooling }, 'pad'),
  kernelsize: places({ ...convolution, ...pooling }, 'kernel_size'),
  group: places(convolution, 'group'),
  stride: places({ ...convolution, ...pooling }, 'stride'),
  pool: places(pooling, 'pool'),
  dropout_ratio: { dropout: 'dropout_param.dropout_ratio' },
  local_size: places(lrn, 'local_size'),
  alpha: places(lrn, 'alpha'),
  beta: places(lrn, 'beta'),
  k: places(lrn, 'k'),
  source: places(
    {
      ...data,
      ...hdf5,
      ...images,
      ...windows,
      infogain_loss: 'infogain_loss_param',
    },
    'source',
  ),
  batchsize: places({ ...data, ...hdf5, ...images, ...windows }, 'batch_size'),
  rand_skip: places({ ...data, ...images }, 'rand_skip'),
  shuffle_images: places(images, 'shuffle'),
  new_height: places(images, 'new_height'),
  new_width: places(images, 'new_width'),
  concat_dim: { concat: 'concat_param.concat_dim' },
  det_fg_threshold: places(windows, 'fg_threshold'),
  det_bg_threshold: places(windows, 'bg_threshold'),
  det_fg_fraction: places(windows, 'fg_fraction'),
  det_context_pad: places(windows, 'context_pad'),
  det_crop_mode: places(windows, 'crop_mode'),
  hdf5_output_param: { hdf5_output: 'hdf5_output_param' },
};

/** Where fields belong whatever the type is. */
const everywhere: Readonly<
  Partial<Record<keyof Messages['V0LayerParameter'], string>>
> = {
  name: 'name',
  blobs: 'blobs',
  blobs_lr: 'blobs_lr',
  weight_decay: 'weight_decay',
  scale: 'transform_param.scale',
  meanfile: 'transform_param.mean_file',
  cropsize: 'transform_param.crop_size',
  mirror: 'transform_param.mirror',
};

/** V0 has these and Caffe drops them without a word. */
const dropped = new Set(['type', 'new_num', 'new_channels']);

/**
 * The V0 form, a `layer` in each of the `layers`, becomes V1. One such layer makes it a V0
 * net: as in Caffe V1 layers beside it keep only bottoms and tops, and of the net itself
 * stay `name`, `input`, `input_dim` and `force_backward`.
 */
export const upgradeV0Layers: NetStep = {
  name: 'v0-layers',
  isNeeded: (net) => net.get('layers').some((layer) => layer.has('layer')),
  upgrade(net) {
    const folded = foldPaddingLayers(net.get('layers'));
    const diagnostics = [...folded.diagnostics];
    const layers = folded.layers.map((layer) =>
      upgradeLayer(layer, diagnostics),
    );
    if (diagnostics.some((found) => found.severity === 'error')) {
      return { net: undefined, diagnostics };
    }
    const upgraded = new Draft('NetParameter', net)
      .copy(net, 'name')
      .copy(net, 'input')
      .copy(net, 'input_dim')
      .copy(net, 'force_backward')
      .put(
        'layers',
        layers,
        layers.map((layer) => layer.span),
      )
      .build();
    return { net: upgraded, diagnostics };
  },
};

function upgradeLayer(
  outer: Message<'V1LayerParameter'>,
  diagnostics: Diagnostic[],
): Message<'V1LayerParameter'> {
  const old = outer.get('layer');
  const type = old.get('type');
  const layer = new Draft('V1LayerParameter', outer)
    .copy(outer, 'bottom')
    .copy(outer, 'top');
  if (outer.has('layer')) layer.addUnknown(old.unknown);
  if (old.has('type')) {
    const name = Object.hasOwn(typeNames, type) ? typeNames[type] : undefined;
    if (name === undefined) diagnostics.push(unknownType(old));
    else layer.put('type', [name], [old.spanOf('type')]);
  }
  // Nothing can be said of the fields of a type that is not known.
  const isKnown = !old.has('type') || Object.hasOwn(typeNames, type);
  const params = new Map<string, Draft<ReturnType<typeof messageTypeOf>>>();
  for (const { entry, values, spans } of old.written()) {
    if (dropped.has(entry.name) || !isKnown) continue;
    const place = placeOf(entry.name, type);
    const [name = '', field] = place?.split('.') ?? [];
    if (place === undefined) {
      diagnostics.push(
        diagnostic(
          'schema/v0-field-dropped',
          { layer: old.get('name'), type, field: entry.name },
          { span: spans[0] },
        ),
      );
    } else if (field === undefined) {
      layer.put(name, values, spans);
    } else {
      const param = params.get(name) ?? new Draft(paramType(name), outer);
      params.set(name, param.put(field, values, spans));
    }
  }
  for (const [name, param] of params) layer.put(name, [param.build()]);
  return layer.build();
}

const placeOf = (field: string, type: string): string | undefined =>
  (everywhere as Readonly<Record<string, string>>)[field] ??
  (placesOf as Readonly<Record<string, Places>>)[field]?.[type];

function paramType(name: string): ReturnType<typeof messageTypeOf> {
  const entry = fieldNamed('V1LayerParameter', name);
  invariant(entry !== undefined, `V1 layers have no ${name}`);
  return messageTypeOf(entry);
}

const unknownType = (old: Message<'V0LayerParameter'>): Diagnostic =>
  diagnostic(
    'schema/v0-unknown-type',
    { layer: old.get('name'), type: old.get('type') },
    {
      span: old.spanOf('type'),
      notes: [
        ...didYouMean(old.get('type'), Object.keys(typeNames)),
        { message: `V0 has ${Object.keys(typeNames).join(', ')}` },
      ],
    },
  );
