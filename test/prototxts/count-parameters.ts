import type { PlainLayer, PlainMessage, PlainNet } from './plain-layers.js';
import { only } from './plain-layers.js';

/** Channels, height, width. */
export type BlobShape = readonly [number, number, number];

export interface Counts {
  /** All blobs. */
  total: number;
  /** Without the moving statistics of BN (its third and fourth blob). */
  learnable: number;
  convolutionWeights: number;
  /** Channels of all BN layers: the length of each of their four blobs together. */
  batchNormChannels: number;
  innerProduct: number;
  /** Multiply-accumulates of convolutions and inner products, for one picture. */
  macs: number;
  layersByType: Record<string, number>;
  /** By name of blob; an in-place layer leaves the shape as it was. */
  shapes: Map<string, BlobShape>;
}

/**
 * Counts with pencil and paper, for the few layer types of the family: a check that does
 * not go through the compiler.
 */
export function countParameters(net: PlainNet): Counts {
  const counts: Counts = {
    total: 0,
    learnable: 0,
    convolutionWeights: 0,
    batchNormChannels: 0,
    innerProduct: 0,
    macs: 0,
    layersByType: {},
    shapes: new Map(),
  };
  for (const layer of net.layers) {
    const { type, tops } = layer;
    counts.layersByType[type] = (counts.layersByType[type] ?? 0) + 1;
    const top = count(layer, counts);
    for (const name of tops) counts.shapes.set(name, top);
  }
  const { convolutionWeights, batchNormChannels, innerProduct } = counts;
  counts.learnable = convolutionWeights + 2 * batchNormChannels + innerProduct;
  counts.total = counts.learnable + 2 * batchNormChannels;
  return counts;
}

/** Adds the layer's parameters to `counts`; the shape of its top. */
function count(layer: PlainLayer, counts: Counts): BlobShape {
  const bottom = (index: number): BlobShape => {
    const shape = counts.shapes.get(layer.bottoms[index] ?? '');
    if (shape === undefined) throw new Error(`${layer.name}: unknown bottom`);
    return shape;
  };
  switch (layer.type) {
    case 'Input': {
      const shape = settings(settings(layer.fields, 'input_param'), 'shape');
      const [, channels, height, width] = (shape['dim'] ?? []).map(Number);
      return [channels ?? 0, height ?? 0, width ?? 0];
    }
    case 'Convolution': {
      const param = settings(layer.fields, 'convolution_param');
      const [channels, height, width] = bottom(0);
      const outputs = numberOf(param, 'num_output');
      const kernel = numberOf(param, 'kernel_size');
      const group = 'group' in param ? numberOf(param, 'group') : 1;
      const reach = 2 * numberOf(param, 'pad') - kernel;
      const stride = numberOf(param, 'stride');
      const size = (pixels: number): number =>
        Math.floor((pixels + reach) / stride) + 1;
      const top: BlobShape = [outputs, size(height), size(width)];
      const weights = (outputs * channels * kernel ** 2) / group;
      counts.convolutionWeights += weights;
      counts.macs += weights * top[1] * top[2];
      return top;
    }
    case 'BN':
      counts.batchNormChannels += bottom(0)[0];
      return bottom(0);
    case 'Pooling': {
      const param = settings(layer.fields, 'pooling_param');
      const [channels, height, width] = bottom(0);
      const kernel = numberOf(param, 'kernel_size');
      const stride = numberOf(param, 'stride');
      const size = (pixels: number): number =>
        Math.ceil((pixels - kernel) / stride) + 1;
      return [channels, size(height), size(width)];
    }
    case 'Interp':
      return [bottom(0)[0], bottom(1)[1], bottom(1)[2]];
    case 'InnerProduct': {
      const param = settings(layer.fields, 'inner_product_param');
      const [channels, height, width] = bottom(0);
      const outputs = numberOf(param, 'num_output');
      const weights = outputs * channels * height * width;
      counts.innerProduct += weights + outputs;
      counts.macs += weights;
      return [outputs, 1, 1];
    }
    case 'Eltwise':
      if (String(bottom(0)) !== String(bottom(1))) {
        throw new Error(`${layer.name}: bottoms of different shapes`);
      }
      return bottom(0);
    case 'LRN':
    case 'MVN':
    case 'ReLU':
    case 'Sigmoid':
    case 'Softmax':
      return bottom(0);
    default:
      throw new Error(`${layer.name}: a ${layer.type} is not expected here`);
  }
}

function settings(message: PlainMessage, field: string): PlainMessage {
  const value = only(message, field);
  if (typeof value !== 'object') throw new Error(`${field} is no message`);
  return value;
}

function numberOf(message: PlainMessage, field: string): number {
  return Number(only(message, field));
}
