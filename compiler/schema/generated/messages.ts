// Made by `npm run generate` from caffe.proto and dialects/: do not edit.

import type { Message } from '../message.js';

export type DialectName = 'bvlc' | 'ran';

/** The names of the values of each enum, of all dialects. */
export interface Enums {
  Phase: 'TRAIN' | 'TEST';
  'FillerParameter.VarianceNorm': 'FAN_IN' | 'FAN_OUT' | 'AVERAGE';
  'SolverParameter.SnapshotFormat': 'HDF5' | 'BINARYPROTO';
  'SolverParameter.SolverMode': 'CPU' | 'GPU';
  'SolverParameter.SolverType':
    'SGD' | 'NESTEROV' | 'ADAGRAD' | 'RMSPROP' | 'ADADELTA' | 'ADAM';
  'ParamSpec.DimCheckMode': 'STRICT' | 'PERMISSIVE';
  'LossParameter.NormalizationMode': 'FULL' | 'VALID' | 'BATCH_SIZE' | 'NONE';
  'ConvolutionParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'DataParameter.DB': 'LEVELDB' | 'LMDB';
  'EltwiseParameter.EltwiseOp': 'PROD' | 'SUM' | 'MAX';
  'HingeLossParameter.Norm': 'L1' | 'L2';
  'LRNParameter.NormRegion': 'ACROSS_CHANNELS' | 'WITHIN_CHANNEL';
  'LRNParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'PoolingParameter.PoolMethod': 'MAX' | 'AVE' | 'STOCHASTIC';
  'PoolingParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'PoolingParameter.RoundMode': 'CEIL' | 'FLOOR';
  'ReductionParameter.ReductionOp': 'SUM' | 'ASUM' | 'SUMSQ' | 'MEAN';
  'ReLUParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'SigmoidParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'SoftmaxParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'TanHParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'SPPParameter.PoolMethod': 'MAX' | 'AVE' | 'STOCHASTIC';
  'SPPParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'V1LayerParameter.LayerType':
    | 'NONE'
    | 'ABSVAL'
    | 'ACCURACY'
    | 'ARGMAX'
    | 'BNLL'
    | 'CONCAT'
    | 'CONTRASTIVE_LOSS'
    | 'CONVOLUTION'
    | 'DATA'
    | 'DECONVOLUTION'
    | 'DROPOUT'
    | 'DUMMY_DATA'
    | 'EUCLIDEAN_LOSS'
    | 'ELTWISE'
    | 'EXP'
    | 'FLATTEN'
    | 'HDF5_DATA'
    | 'HDF5_OUTPUT'
    | 'HINGE_LOSS'
    | 'IM2COL'
    | 'IMAGE_DATA'
    | 'INFOGAIN_LOSS'
    | 'INNER_PRODUCT'
    | 'LRN'
    | 'MEMORY_DATA'
    | 'MULTINOMIAL_LOGISTIC_LOSS'
    | 'MVN'
    | 'POOLING'
    | 'POWER'
    | 'RELU'
    | 'SIGMOID'
    | 'SIGMOID_CROSS_ENTROPY_LOSS'
    | 'SILENCE'
    | 'SOFTMAX'
    | 'SOFTMAX_LOSS'
    | 'SPLIT'
    | 'SLICE'
    | 'TANH'
    | 'WINDOW_DATA'
    | 'THRESHOLD';
  'V1LayerParameter.DimCheckMode': 'STRICT' | 'PERMISSIVE';
  'V0LayerParameter.PoolMethod': 'MAX' | 'AVE' | 'STOCHASTIC';
  'BNParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
}

/** The fields of each message, of all dialects. */
export interface Messages {
  BlobShape: { readonly dim: readonly number[] };
  BlobProto: {
    readonly num: number;
    readonly channels: number;
    readonly height: number;
    readonly width: number;
    readonly data: readonly number[];
    readonly diff: readonly number[];
    readonly shape: Message<'BlobShape'>;
    readonly double_data: readonly number[];
    readonly double_diff: readonly number[];
  };
  BlobProtoVector: { readonly blobs: readonly Message<'BlobProto'>[] };
  Datum: {
    readonly channels: number;
    readonly height: number;
    readonly width: number;
    readonly data: Uint8Array;
    readonly label: number;
    readonly float_data: readonly number[];
    readonly encoded: boolean;
  };
  FillerParameter: {
    readonly type: string;
    readonly value: number;
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly std: number;
    readonly sparse: number;
    readonly variance_norm: Enums['FillerParameter.VarianceNorm'];
  };
  NetParameter: {
    readonly name: string;
    readonly layers: readonly Message<'V1LayerParameter'>[];
    readonly input: readonly string[];
    readonly input_dim: readonly number[];
    readonly force_backward: boolean;
    readonly state: Message<'NetState'>;
    readonly debug_info: boolean;
    readonly input_shape: readonly Message<'BlobShape'>[];
    readonly layer: readonly Message<'LayerParameter'>[];
  };
  SolverParameter: {
    readonly train_net: string;
    readonly test_net: readonly string[];
    readonly test_iter: readonly number[];
    readonly test_interval: number;
    readonly base_lr: number;
    readonly display: number;
    readonly max_iter: number;
    readonly lr_policy: string;
    readonly gamma: number;
    readonly power: number;
    readonly momentum: number;
    readonly weight_decay: number;
    readonly stepsize: number;
    readonly snapshot: number;
    readonly snapshot_prefix: string;
    readonly snapshot_diff: boolean;
    readonly solver_mode: Enums['SolverParameter.SolverMode'];
    readonly device_id: number;
    readonly test_compute_loss: boolean;
    readonly random_seed: number;
    readonly train_net_param: Message<'NetParameter'>;
    readonly test_net_param: readonly Message<'NetParameter'>[];
    readonly debug_info: boolean;
    readonly net: string;
    readonly net_param: Message<'NetParameter'>;
    readonly train_state: Message<'NetState'>;
    readonly test_state: readonly Message<'NetState'>[];
    readonly snapshot_after_train: boolean;
    readonly regularization_type: string;
    readonly solver_type: Enums['SolverParameter.SolverType'];
    readonly delta: number;
    readonly test_initialization: boolean;
    readonly average_loss: number;
    readonly stepvalue: readonly number[];
    readonly clip_gradients: number;
    readonly iter_size: number;
    readonly snapshot_format: Enums['SolverParameter.SnapshotFormat'];
    readonly rms_decay: number;
    readonly momentum2: number;
    readonly type: string;
    readonly layer_wise_reduce: boolean;
    readonly weights: readonly string[];
  };
  SolverState: {
    readonly iter: number;
    readonly learned_net: string;
    readonly history: readonly Message<'BlobProto'>[];
    readonly current_step: number;
  };
  NetState: {
    readonly phase: Enums['Phase'];
    readonly level: number;
    readonly stage: readonly string[];
  };
  NetStateRule: {
    readonly phase: Enums['Phase'];
    readonly min_level: number;
    readonly max_level: number;
    readonly stage: readonly string[];
    readonly not_stage: readonly string[];
  };
  ParamSpec: {
    readonly name: string;
    readonly share_mode: Enums['ParamSpec.DimCheckMode'];
    readonly lr_mult: number;
    readonly decay_mult: number;
  };
  LayerParameter: {
    readonly name: string;
    readonly type: string;
    readonly bottom: readonly string[];
    readonly top: readonly string[];
    readonly loss_weight: readonly number[];
    readonly param: readonly Message<'ParamSpec'>[];
    readonly blobs: readonly Message<'BlobProto'>[];
    readonly include: readonly Message<'NetStateRule'>[];
    readonly exclude: readonly Message<'NetStateRule'>[];
    readonly phase: Enums['Phase'];
    readonly propagate_down: readonly boolean[];
    readonly transform_param: Message<'TransformationParameter'>;
    readonly loss_param: Message<'LossParameter'>;
    readonly accuracy_param: Message<'AccuracyParameter'>;
    readonly argmax_param: Message<'ArgMaxParameter'>;
    readonly concat_param: Message<'ConcatParameter'>;
    readonly contrastive_loss_param: Message<'ContrastiveLossParameter'>;
    readonly convolution_param: Message<'ConvolutionParameter'>;
    readonly data_param: Message<'DataParameter'>;
    readonly dropout_param: Message<'DropoutParameter'>;
    readonly dummy_data_param: Message<'DummyDataParameter'>;
    readonly eltwise_param: Message<'EltwiseParameter'>;
    readonly exp_param: Message<'ExpParameter'>;
    readonly hdf5_data_param: Message<'HDF5DataParameter'>;
    readonly hdf5_output_param: Message<'HDF5OutputParameter'>;
    readonly hinge_loss_param: Message<'HingeLossParameter'>;
    readonly image_data_param: Message<'ImageDataParameter'>;
    readonly infogain_loss_param: Message<'InfogainLossParameter'>;
    readonly inner_product_param: Message<'InnerProductParameter'>;
    readonly lrn_param: Message<'LRNParameter'>;
    readonly memory_data_param: Message<'MemoryDataParameter'>;
    readonly mvn_param: Message<'MVNParameter'>;
    readonly pooling_param: Message<'PoolingParameter'>;
    readonly power_param: Message<'PowerParameter'>;
    readonly relu_param: Message<'ReLUParameter'>;
    readonly sigmoid_param: Message<'SigmoidParameter'>;
    readonly softmax_param: Message<'SoftmaxParameter'>;
    readonly slice_param: Message<'SliceParameter'>;
    readonly tanh_param: Message<'TanHParameter'>;
    readonly threshold_param: Message<'ThresholdParameter'>;
    readonly window_data_param: Message<'WindowDataParameter'>;
    readonly python_param: Message<'PythonParameter'>;
    readonly prelu_param: Message<'PReLUParameter'>;
    readonly spp_param: Message<'SPPParameter'>;
    readonly reshape_param: Message<'ReshapeParameter'>;
    readonly log_param: Message<'LogParameter'>;
    readonly flatten_param: Message<'FlattenParameter'>;
    readonly reduction_param: Message<'ReductionParameter'>;
    readonly embed_param: Message<'EmbedParameter'>;
    readonly tile_param: Message<'TileParameter'>;
    readonly batch_norm_param: Message<'BatchNormParameter'>;
    readonly elu_param: Message<'ELUParameter'>;
    readonly bias_param: Message<'BiasParameter'>;
    readonly scale_param: Message<'ScaleParameter'>;
    readonly input_param: Message<'InputParameter'>;
    readonly crop_param: Message<'CropParameter'>;
    readonly parameter_param: Message<'ParameterParameter'>;
    readonly recurrent_param: Message<'RecurrentParameter'>;
    readonly swish_param: Message<'SwishParameter'>;
    readonly interp_param: Message<'InterpParameter'>;
    readonly clip_param: Message<'ClipParameter'>;
    readonly bn_param: Message<'BNParameter'>;
  };
  TransformationParameter: {
    readonly scale: number;
    readonly mirror: boolean;
    readonly crop_size: number;
    readonly mean_file: string;
    readonly mean_value: readonly number[];
    readonly force_color: boolean;
    readonly force_gray: boolean;
  };
  LossParameter: {
    readonly ignore_label: number;
    readonly normalize: boolean;
    readonly normalization: Enums['LossParameter.NormalizationMode'];
  };
  AccuracyParameter: {
    readonly top_k: number;
    readonly axis: number;
    readonly ignore_label: number;
  };
  ArgMaxParameter: {
    readonly out_max_val: boolean;
    readonly top_k: number;
    readonly axis: number;
  };
  ClipParameter: { readonly min: number; readonly max: number };
  ConcatParameter: { readonly concat_dim: number; readonly axis: number };
  BatchNormParameter: {
    readonly use_global_stats: boolean;
    readonly moving_average_fraction: number;
    readonly eps: number;
  };
  BiasParameter: {
    readonly axis: number;
    readonly num_axes: number;
    readonly filler: Message<'FillerParameter'>;
  };
  ContrastiveLossParameter: {
    readonly margin: number;
    readonly legacy_version: boolean;
  };
  ConvolutionParameter: {
    readonly num_output: number;
    readonly bias_term: boolean;
    readonly pad: readonly number[];
    readonly kernel_size: readonly number[];
    readonly group: number;
    readonly stride: readonly number[];
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly pad_h: number;
    readonly pad_w: number;
    readonly kernel_h: number;
    readonly kernel_w: number;
    readonly stride_h: number;
    readonly stride_w: number;
    readonly engine: Enums['ConvolutionParameter.Engine'];
    readonly axis: number;
    readonly force_nd_im2col: boolean;
    readonly dilation: readonly number[];
  };
  CropParameter: { readonly axis: number; readonly offset: readonly number[] };
  DataParameter: {
    readonly source: string;
    readonly scale: number;
    readonly mean_file: string;
    readonly batch_size: number;
    readonly crop_size: number;
    readonly mirror: boolean;
    readonly rand_skip: number;
    readonly backend: Enums['DataParameter.DB'];
    readonly force_encoded_color: boolean;
    readonly prefetch: number;
  };
  DropoutParameter: { readonly dropout_ratio: number };
  DummyDataParameter: {
    readonly data_filler: readonly Message<'FillerParameter'>[];
    readonly num: readonly number[];
    readonly channels: readonly number[];
    readonly height: readonly number[];
    readonly width: readonly number[];
    readonly shape: readonly Message<'BlobShape'>[];
  };
  EltwiseParameter: {
    readonly operation: Enums['EltwiseParameter.EltwiseOp'];
    readonly coeff: readonly number[];
    readonly stable_prod_grad: boolean;
  };
  ELUParameter: { readonly alpha: number };
  EmbedParameter: {
    readonly num_output: number;
    readonly input_dim: number;
    readonly bias_term: boolean;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
  };
  ExpParameter: {
    readonly base: number;
    readonly scale: number;
    readonly shift: number;
  };
  FlattenParameter: { readonly axis: number; readonly end_axis: number };
  HDF5DataParameter: {
    readonly source: string;
    readonly batch_size: number;
    readonly shuffle: boolean;
  };
  HDF5OutputParameter: { readonly file_name: string };
  HingeLossParameter: { readonly norm: Enums['HingeLossParameter.Norm'] };
  ImageDataParameter: {
    readonly source: string;
    readonly scale: number;
    readonly mean_file: string;
    readonly batch_size: number;
    readonly crop_size: number;
    readonly mirror: boolean;
    readonly rand_skip: number;
    readonly shuffle: boolean;
    readonly new_height: number;
    readonly new_width: number;
    readonly is_color: boolean;
    readonly root_folder: string;
  };
  InfogainLossParameter: { readonly source: string; readonly axis: number };
  InnerProductParameter: {
    readonly num_output: number;
    readonly bias_term: boolean;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly transpose: boolean;
  };
  InputParameter: { readonly shape: readonly Message<'BlobShape'>[] };
  LogParameter: {
    readonly base: number;
    readonly scale: number;
    readonly shift: number;
  };
  LRNParameter: {
    readonly local_size: number;
    readonly alpha: number;
    readonly beta: number;
    readonly norm_region: Enums['LRNParameter.NormRegion'];
    readonly k: number;
    readonly engine: Enums['LRNParameter.Engine'];
  };
  MemoryDataParameter: {
    readonly batch_size: number;
    readonly channels: number;
    readonly height: number;
    readonly width: number;
  };
  MVNParameter: {
    readonly normalize_variance: boolean;
    readonly across_channels: boolean;
    readonly eps: number;
  };
  ParameterParameter: { readonly shape: Message<'BlobShape'> };
  PoolingParameter: {
    readonly pool: Enums['PoolingParameter.PoolMethod'];
    readonly kernel_size: number;
    readonly stride: number;
    readonly pad: number;
    readonly kernel_h: number;
    readonly kernel_w: number;
    readonly stride_h: number;
    readonly stride_w: number;
    readonly pad_h: number;
    readonly pad_w: number;
    readonly engine: Enums['PoolingParameter.Engine'];
    readonly global_pooling: boolean;
    readonly round_mode: Enums['PoolingParameter.RoundMode'];
  };
  PowerParameter: {
    readonly power: number;
    readonly scale: number;
    readonly shift: number;
  };
  PythonParameter: {
    readonly module: string;
    readonly layer: string;
    readonly param_str: string;
    readonly share_in_parallel: boolean;
  };
  RecurrentParameter: {
    readonly num_output: number;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly debug_info: boolean;
    readonly expose_hidden: boolean;
  };
  ReductionParameter: {
    readonly operation: Enums['ReductionParameter.ReductionOp'];
    readonly axis: number;
    readonly coeff: number;
  };
  ReLUParameter: {
    readonly negative_slope: number;
    readonly engine: Enums['ReLUParameter.Engine'];
  };
  ReshapeParameter: {
    readonly shape: Message<'BlobShape'>;
    readonly axis: number;
    readonly num_axes: number;
  };
  ScaleParameter: {
    readonly axis: number;
    readonly num_axes: number;
    readonly filler: Message<'FillerParameter'>;
    readonly bias_term: boolean;
    readonly bias_filler: Message<'FillerParameter'>;
  };
  SigmoidParameter: { readonly engine: Enums['SigmoidParameter.Engine'] };
  SliceParameter: {
    readonly slice_dim: number;
    readonly slice_point: readonly number[];
    readonly axis: number;
  };
  SoftmaxParameter: {
    readonly engine: Enums['SoftmaxParameter.Engine'];
    readonly axis: number;
  };
  SwishParameter: { readonly beta: number };
  TanHParameter: { readonly engine: Enums['TanHParameter.Engine'] };
  TileParameter: { readonly axis: number; readonly tiles: number };
  ThresholdParameter: { readonly threshold: number };
  WindowDataParameter: {
    readonly source: string;
    readonly scale: number;
    readonly mean_file: string;
    readonly batch_size: number;
    readonly crop_size: number;
    readonly mirror: boolean;
    readonly fg_threshold: number;
    readonly bg_threshold: number;
    readonly fg_fraction: number;
    readonly context_pad: number;
    readonly crop_mode: string;
    readonly cache_images: boolean;
    readonly root_folder: string;
  };
  SPPParameter: {
    readonly pyramid_height: number;
    readonly pool: Enums['SPPParameter.PoolMethod'];
    readonly engine: Enums['SPPParameter.Engine'];
  };
  V1LayerParameter: {
    readonly layer: Message<'V0LayerParameter'>;
    readonly bottom: readonly string[];
    readonly top: readonly string[];
    readonly name: string;
    readonly type: Enums['V1LayerParameter.LayerType'];
    readonly blobs: readonly Message<'BlobProto'>[];
    readonly blobs_lr: readonly number[];
    readonly weight_decay: readonly number[];
    readonly concat_param: Message<'ConcatParameter'>;
    readonly convolution_param: Message<'ConvolutionParameter'>;
    readonly data_param: Message<'DataParameter'>;
    readonly dropout_param: Message<'DropoutParameter'>;
    readonly hdf5_data_param: Message<'HDF5DataParameter'>;
    readonly hdf5_output_param: Message<'HDF5OutputParameter'>;
    readonly image_data_param: Message<'ImageDataParameter'>;
    readonly infogain_loss_param: Message<'InfogainLossParameter'>;
    readonly inner_product_param: Message<'InnerProductParameter'>;
    readonly lrn_param: Message<'LRNParameter'>;
    readonly pooling_param: Message<'PoolingParameter'>;
    readonly window_data_param: Message<'WindowDataParameter'>;
    readonly power_param: Message<'PowerParameter'>;
    readonly memory_data_param: Message<'MemoryDataParameter'>;
    readonly argmax_param: Message<'ArgMaxParameter'>;
    readonly eltwise_param: Message<'EltwiseParameter'>;
    readonly threshold_param: Message<'ThresholdParameter'>;
    readonly dummy_data_param: Message<'DummyDataParameter'>;
    readonly accuracy_param: Message<'AccuracyParameter'>;
    readonly hinge_loss_param: Message<'HingeLossParameter'>;
    readonly relu_param: Message<'ReLUParameter'>;
    readonly slice_param: Message<'SliceParameter'>;
    readonly include: readonly Message<'NetStateRule'>[];
    readonly exclude: readonly Message<'NetStateRule'>[];
    readonly mvn_param: Message<'MVNParameter'>;
    readonly loss_weight: readonly number[];
    readonly transform_param: Message<'TransformationParameter'>;
    readonly tanh_param: Message<'TanHParameter'>;
    readonly sigmoid_param: Message<'SigmoidParameter'>;
    readonly softmax_param: Message<'SoftmaxParameter'>;
    readonly contrastive_loss_param: Message<'ContrastiveLossParameter'>;
    readonly exp_param: Message<'ExpParameter'>;
    readonly loss_param: Message<'LossParameter'>;
    readonly param: readonly string[];
    readonly blob_share_mode: readonly Enums['V1LayerParameter.DimCheckMode'][];
  };
  V0LayerParameter: {
    readonly name: string;
    readonly type: string;
    readonly num_output: number;
    readonly biasterm: boolean;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly pad: number;
    readonly kernelsize: number;
    readonly group: number;
    readonly stride: number;
    readonly pool: Enums['V0LayerParameter.PoolMethod'];
    readonly dropout_ratio: number;
    readonly local_size: number;
    readonly alpha: number;
    readonly beta: number;
    readonly source: string;
    readonly scale: number;
    readonly meanfile: string;
    readonly batchsize: number;
    readonly cropsize: number;
    readonly mirror: boolean;
    readonly k: number;
    readonly blobs: readonly Message<'BlobProto'>[];
    readonly blobs_lr: readonly number[];
    readonly weight_decay: readonly number[];
    readonly rand_skip: number;
    readonly det_fg_threshold: number;
    readonly det_bg_threshold: number;
    readonly det_fg_fraction: number;
    readonly det_context_pad: number;
    readonly det_crop_mode: string;
    readonly new_num: number;
    readonly new_channels: number;
    readonly new_height: number;
    readonly new_width: number;
    readonly shuffle_images: boolean;
    readonly concat_dim: number;
    readonly hdf5_output_param: Message<'HDF5OutputParameter'>;
  };
  PReLUParameter: {
    readonly filler: Message<'FillerParameter'>;
    readonly channel_shared: boolean;
  };
  BNParameter: {
    readonly slope_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly momentum: number;
    readonly eps: number;
    readonly frozen: boolean;
    readonly engine: Enums['BNParameter.Engine'];
  };
  InterpParameter: {
    readonly height: number;
    readonly width: number;
    readonly zoom_factor: number;
    readonly shrink_factor: number;
    readonly pad_beg: number;
    readonly pad_end: number;
  };
}
