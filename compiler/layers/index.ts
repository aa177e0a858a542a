import { absVal } from './absval.js';
import { batchNorm } from './batch-norm.js';
import { bias } from './bias.js';
import { bn } from './bn.js';
import { bnll } from './bnll.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { contrastiveLoss } from './contrastive-loss.js';
import { convolution } from './convolution.js';
import { crop } from './crop.js';
import type { LayerDefinition } from './define-layer.js';
import { dropout } from './dropout.js';
import { dummyData } from './dummy-data.js';
import { eltwise } from './eltwise.js';
import { elu } from './elu.js';
import { euclideanLoss } from './euclidean-loss.js';
import { exp } from './exp.js';
import { flatten } from './flatten.js';
import { hingeLoss } from './hinge-loss.js';
import { im2col } from './im2col.js';
import { infogainLoss } from './infogain-loss.js';
import { innerProduct } from './inner-product.js';
import { input } from './input.js';
import { interp } from './interp.js';
import { log } from './log.js';
import { lrn } from './lrn.js';
import { multinomialLogisticLoss } from './multinomial-logistic-loss.js';
import { mvn } from './mvn.js';
import { pooling } from './pooling.js';
import { power } from './power.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { scale } from './scale.js';
import { sigmoid } from './sigmoid.js';
import { sigmoidCrossEntropyLoss } from './sigmoid-cross-entropy-loss.js';
import { silence } from './silence.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { softmaxWithLoss } from './softmax-with-loss.js';
import { split } from './split.js';
import { swish } from './swish.js';
import { tanh } from './tanh.js';

const all: readonly LayerDefinition[] = [
  absVal,
  batchNorm,
  bias,
  bn,
  bnll,
  clip,
  concat,
  contrastiveLoss,
  convolution,
  crop,
  dropout,
  dummyData,
  eltwise,
  elu,
  euclideanLoss,
  exp,
  flatten,
  hingeLoss,
  im2col,
  infogainLoss,
  innerProduct,
  input,
  interp,
  log,
  lrn,
  multinomialLogisticLoss,
  mvn,
  pooling,
  power,
  prelu,
  relu,
  reshape,
  scale,
  sigmoid,
  sigmoidCrossEntropyLoss,
  silence,
  slice,
  softmax,
  softmaxWithLoss,
  split,
  swish,
  tanh,
];

/** Every layer type that can be compiled, by the word that prototxts use. */
export const layerTypes: Readonly<Record<string, LayerDefinition>> =
  Object.fromEntries(all.map((definition) => [definition.type, definition]));
