import { absVal } from './absval.js';
import { accuracy } from './accuracy.js';
import { argMax } from './argmax.js';
import { axpy } from './axpy.js';
import { batchNorm } from './batch-norm.js';
import { batchReindex } from './batch-reindex.js';
import { bias } from './bias.js';
import { bn } from './bn.js';
import { bnll } from './bnll.js';
import { centerLoss } from './center-loss.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { contrastiveLoss } from './contrastive-loss.js';
import {
  convolution,
  convolutionDepthwise,
  depthwiseConvolution,
} from './convolution.js';
import { crop } from './crop.js';
import { cropCenter } from './crop-center.js';
import { data } from './data.js';
import { deconvolution } from './deconvolution.js';
import type { LayerDefinition } from './define-layer.js';
import { multiBoxLoss, regionLoss, yolov3 } from './detection-losses.js';
import { detectionOutput } from './detection-output.js';
import { dropout } from './dropout.js';
import { dummyData } from './dummy-data.js';
import { eltwise } from './eltwise.js';
import { elu } from './elu.js';
import { embed } from './embed.js';
import { euclideanLoss } from './euclidean-loss.js';
import { exp } from './exp.js';
import { filter } from './filter.js';
import { flatten } from './flatten.js';
import { hdf5Data } from './hdf5-data.js';
import { hdf5Output } from './hdf5-output.js';
import { hingeLoss } from './hinge-loss.js';
import { im2col } from './im2col.js';
import { imageData } from './image-data.js';
import { infogainLoss } from './infogain-loss.js';
import { innerProduct } from './inner-product.js';
import { input } from './input.js';
import { interp } from './interp.js';
import { log } from './log.js';
import { lrn } from './lrn.js';
import { lstm } from './lstm.js';
import { lstmUnit } from './lstm-unit.js';
import { memoryData } from './memory-data.js';
import { multinomialLogisticLoss } from './multinomial-logistic-loss.js';
import { mvn } from './mvn.js';
import { normalize } from './normalize.js';
import { parameter } from './parameter.js';
import { permute, transposeLayer } from './permute.js';
import { pooling } from './pooling.js';
import { power } from './power.js';
import { prelu } from './prelu.js';
import { priorBox } from './prior-box.js';
import { psroiPooling } from './psroi-pooling.js';
import { python } from './python.js';
import { reduction } from './reduction.js';
import { relu } from './relu.js';
import { relu6 } from './relu6.js';
import { reorg } from './reorg.js';
import { reshape } from './reshape.js';
import { reverse } from './reverse.js';
import { rnn } from './rnn.js';
import { roiPooling } from './roi-pooling.js';
import { scale } from './scale.js';
import { shuffleChannel } from './shuffle-channel.js';
import { sigmoid } from './sigmoid.js';
import { sigmoidCrossEntropyLoss } from './sigmoid-cross-entropy-loss.js';
import { silence } from './silence.js';
import { slice } from './slice.js';
import { smoothL1Loss } from './smooth-l1-loss.js';
import { softmax } from './softmax.js';
import { softmaxWithLoss } from './softmax-with-loss.js';
import { split } from './split.js';
import { spp } from './spp.js';
import { swish } from './swish.js';
import { tanh } from './tanh.js';
import { threshold } from './threshold.js';
import { tile } from './tile.js';
import { upsample } from './upsample.js';
import { windowData } from './window-data.js';
import {
  yoloDetectionOutput,
  yolov3DetectionOutput,
} from './yolo-detection-output.js';

const all: readonly LayerDefinition[] = [
  absVal,
  accuracy,
  argMax,
  axpy,
  batchNorm,
  batchReindex,
  bias,
  bn,
  bnll,
  centerLoss,
  clip,
  concat,
  contrastiveLoss,
  convolution,
  convolutionDepthwise,
  crop,
  cropCenter,
  data,
  deconvolution,
  depthwiseConvolution,
  detectionOutput,
  dropout,
  dummyData,
  eltwise,
  elu,
  embed,
  euclideanLoss,
  exp,
  filter,
  flatten,
  hdf5Data,
  hdf5Output,
  hingeLoss,
  im2col,
  imageData,
  infogainLoss,
  innerProduct,
  input,
  interp,
  log,
  lrn,
  lstm,
  lstmUnit,
  memoryData,
  multiBoxLoss,
  multinomialLogisticLoss,
  mvn,
  normalize,
  parameter,
  permute,
  pooling,
  power,
  prelu,
  priorBox,
  psroiPooling,
  python,
  reduction,
  regionLoss,
  relu,
  relu6,
  reorg,
  reshape,
  reverse,
  rnn,
  roiPooling,
  scale,
  shuffleChannel,
  sigmoid,
  sigmoidCrossEntropyLoss,
  silence,
  slice,
  smoothL1Loss,
  softmax,
  softmaxWithLoss,
  split,
  spp,
  swish,
  tanh,
  threshold,
  tile,
  transposeLayer,
  upsample,
  windowData,
  yoloDetectionOutput,
  yolov3,
  yolov3DetectionOutput,
];

/** Every layer type that can be compiled, by the word that prototxts use. */
export const layerTypes: Readonly<Record<string, LayerDefinition>> =
  Object.fromEntries(all.map((definition) => [definition.type, definition]));
