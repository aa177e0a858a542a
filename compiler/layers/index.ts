import { batchNorm } from './batch-norm.js';
import { bias } from './bias.js';
import { bn } from './bn.js';
import { concat } from './concat.js';
import { convolution } from './convolution.js';
import type { LayerDefinition } from './define-layer.js';
import { dropout } from './dropout.js';
import { dummyData } from './dummy-data.js';
import { eltwise } from './eltwise.js';
import { flatten } from './flatten.js';
import { innerProduct } from './inner-product.js';
import { input } from './input.js';
import { interp } from './interp.js';
import { lrn } from './lrn.js';
import { pooling } from './pooling.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { scale } from './scale.js';
import { sigmoid } from './sigmoid.js';
import { silence } from './silence.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import { tanh } from './tanh.js';

const all: readonly LayerDefinition[] = [
  batchNorm,
  bias,
  bn,
  concat,
  convolution,
  dropout,
  dummyData,
  eltwise,
  flatten,
  innerProduct,
  input,
  interp,
  lrn,
  pooling,
  prelu,
  relu,
  reshape,
  scale,
  sigmoid,
  silence,
  slice,
  softmax,
  split,
  tanh,
];

/** Every layer type that can be compiled, by the word that prototxts use. */
export const layerTypes: Readonly<Record<string, LayerDefinition>> =
  Object.fromEntries(all.map((definition) => [definition.type, definition]));
