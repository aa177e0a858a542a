// Made by `npm run generate` from caffe.proto and dialects/: do not edit.

import type { Message } from '../message.js';

export type DialectName =
  | 'bvlc'
  | 'ran'
  | 'happynear'
  | 'ssd'
  | 'nvidia'
  | 'intel'
  | 'yolo'
  | 'faster-rcnn'
  | 'rfcn'
  | 'microsoft'
  | 'pvanet'
  | 'pspnet'
  | 'yjxiong'
  | 'segnet'
  | 'enet'
  | 'deeplab'
  | 'deeplab-v2'
  | 'parsenet'
  | 'flownet2'
  | 'ocr'
  | 'crnn'
  | 'ctpn'
  | 'crfrnn'
  | 'segstereo'
  | 'ducha-aiki'
  | 'mini-caffe'
  | 'caffe-face'
  | 'wenwei202'
  | 'opencl'
  | 'densenet'
  | 'lltcggie'
  | 'rancc';

/** The names of the values of each enum, of all dialects. */
export interface Enums {
  Phase: 'TRAIN' | 'TEST';
  'FillerParameter.VarianceNorm': 'FAN_IN' | 'FAN_OUT' | 'AVERAGE';
  'SolverParameter.SnapshotFormat': 'HDF5' | 'BINARYPROTO';
  'SolverParameter.SolverMode': 'CPU' | 'GPU';
  'SolverParameter.SolverType':
    'SGD' | 'NESTEROV' | 'ADAGRAD' | 'RMSPROP' | 'ADADELTA' | 'ADAM' | 'SAG';
  'ParamSpec.DimCheckMode': 'STRICT' | 'PERMISSIVE';
  'LossParameter.NormalizationMode':
    'FULL' | 'VALID' | 'BATCH_SIZE' | 'NONE' | 'PRE_FIXED';
  'ConvolutionParameter.Engine':
    | 'DEFAULT'
    | 'CAFFE'
    | 'CUDNN'
    | 'MKL2017'
    | 'MKLDNN'
    | 'LIBDNN'
    | 'INTEL_SPATIAL'
    | 'FFT';
  'DataParameter.DB': 'LEVELDB' | 'LMDB' | 'DATUMFILE';
  'EltwiseParameter.EltwiseOp':
    'PROD' | 'SUM' | 'MAX' | 'SORT' | 'STOCHASTIC_SUM';
  'HingeLossParameter.Norm': 'L1' | 'L2';
  'LRNParameter.NormRegion': 'ACROSS_CHANNELS' | 'WITHIN_CHANNEL';
  'LRNParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN' | 'MKL2017' | 'MKLDNN';
  'PoolingParameter.PoolMethod':
    | 'MAX'
    | 'AVE'
    | 'STOCHASTIC'
    | 'DEF'
    | 'DEF_ALL'
    | 'DEF_ALL2'
    | 'DEF_ALL3'
    | 'DEF_ALL4'
    | 'LOWRES';
  'PoolingParameter.Engine':
    'DEFAULT' | 'CAFFE' | 'CUDNN' | 'MKL2017' | 'MKLDNN' | 'LIBDNN';
  'PoolingParameter.RoundMode': 'CEIL' | 'FLOOR';
  'ReductionParameter.ReductionOp': 'SUM' | 'ASUM' | 'SUMSQ' | 'MEAN' | 'TOPK';
  'ReLUParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN' | 'MKL2017' | 'MKLDNN';
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
    | 'THRESHOLD'
    | 'LOCAL'
    | 'BN'
    | 'NORMALIZE'
    | 'INSANITY'
    | 'TRIPLET_LOSS'
    | 'ROIPOOLING'
    | 'BATCH_NORM'
    | 'ELTWISE_AFFINE'
    | 'RELU6'
    | 'ADAPTIVE_BIAS_CHANNEL'
    | 'BIAS_CHANNEL'
    | 'CENSOR_LABEL'
    | 'CHANNEL_AGGREGATOR'
    | 'DENSE_CRF'
    | 'DOMINANT_CHANNEL'
    | 'GAIN_CHANNEL'
    | 'HISTOGRAM'
    | 'IGNORE_OVERLAY'
    | 'IMAGE_SEG_DATA'
    | 'INTERP'
    | 'MAT_READ'
    | 'MAT_WRITE'
    | 'ONEHOT'
    | 'PADDING'
    | 'RELATIVE_ERROR'
    | 'SEG_ACCURACY'
    | 'UNIQUE_LABEL'
    | 'CROP'
    | 'PARSE_OUTPUT'
    | 'PARSE_EVALUATE';
  'V1LayerParameter.DimCheckMode': 'STRICT' | 'PERMISSIVE';
  'V0LayerParameter.PoolMethod': 'MAX' | 'AVE' | 'STOCHASTIC';
  'BNParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'BatchNormParameter.Engine':
    'DEFAULT' | 'CAFFE' | 'CUDNN' | 'MKL2017' | 'MKLDNN';
  'ConvolutionParameter.CuDNNConvolutionAlgorithmSeeker': 'GET' | 'FINDEX';
  'MILParameter.MILType': 'MAX' | 'NOR';
  'PairwiseParameter.PairwiseOp': 'SUM' | 'PROD' | 'MAX';
  'LargeMarginInnerProductParameter.LargeMarginType':
    'SINGLE' | 'DOUBLE' | 'TRIPLE' | 'QUADRUPLE';
  'MarginInnerProductParameter.MarginType':
    'SINGLE' | 'DOUBLE' | 'TRIPLE' | 'QUADRUPLE';
  'FocalLossParameter.Type': 'ORIGIN' | 'LINEAR' | 'ONEADDP';
  'LabelSpecificMarginParameter.MarginType': 'HARD' | 'SOFT';
  'EmitConstraint.EmitType': 'CENTER' | 'MIN_OVERLAP';
  'AnnotatedDatum.AnnotationType': 'BBOX' | 'BBOXandSeg' | 'LANE';
  'ResizeParameter.Resize_mode':
    'WARP' | 'FIT_SMALL_SIZE' | 'FIT_LARGE_SIZE_AND_PAD';
  'ResizeParameter.Pad_mode': 'CONSTANT' | 'MIRRORED' | 'REPEAT_NEAREST';
  'ResizeParameter.Interp_mode':
    'LINEAR' | 'AREA' | 'NEAREST' | 'CUBIC' | 'LANCZOS4';
  'MultiBoxLossParameter.LocLossType': 'L2' | 'SMOOTH_L1';
  'MultiBoxLossParameter.ConfLossType': 'SOFTMAX' | 'LOGISTIC';
  'MultiBoxLossParameter.MatchType': 'BIPARTITE' | 'PER_PREDICTION';
  'MultiBoxLossParameter.MiningType': 'NONE' | 'MAX_NEGATIVE' | 'HARD_EXAMPLE';
  'PriorBoxParameter.CodeType': 'CORNER' | 'CENTER_SIZE' | 'CORNER_SIZE';
  'VideoDataParameter.VideoType': 'WEBCAM' | 'VIDEO';
  'TransformationParameter.InterpolationAlgo':
    'INTER_NEAREST' | 'INTER_LINEAR' | 'INTER_CUBIC' | 'INTER_AREA';
  'DetectNetGroundTruthParameter.GridboxType': 'GRIDBOX_MAX' | 'GRIDBOX_MIN';
  'DetectNetGroundTruthParameter.CoverageType': 'RECTANGULAR';
  'DropoutParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN';
  'TRTParameter.TRTMode': 'FP32' | 'FP16' | 'INT8';
  Type: 'DOUBLE' | 'FLOAT' | 'FLOAT16' | 'INT' | 'UINT' | 'BOOL';
  Packing: 'NCHW' | 'NHWC';
  'EvalDetectionParameter.ScoreType': 'OBJ' | 'PROB' | 'MULTIPLY';
  'QuantizationParameter.Precision': 'DYNAMIC_FIXED_POINT';
  'QuantizationParameter.Rounding': 'NEAREST';
  'ConcatParameter.Engine': 'DEFAULT' | 'CAFFE' | 'MKL2017' | 'MKLDNN';
  'SplitParameter.Engine': 'DEFAULT' | 'CAFFE' | 'MKL2017' | 'MKLDNN';
  'ConvolutionParameter.FusionType': 'NONE_FUSION' | 'SUM_FUSION';
  'EltwiseParameter.Engine': 'DEFAULT' | 'CAFFE' | 'MKL2017' | 'MKLDNN';
  'InnerProductParameter.Engine': 'DEFAULT' | 'CAFFE' | 'CUDNN' | 'MKLDNN';
  'Yolov3Parameter.IOU_LOSS': 'IOU' | 'GIOU' | 'MSE' | 'DIOU' | 'CIOU';
  'BiasChannelParameter.LabelType': 'IMAGE' | 'PIXEL';
  'ImageDataParameter.LabelType': 'NONE' | 'IMAGE' | 'PIXEL';
  'SegAccuracyParameter.AccuracyMetric':
    'PixelAccuracy' | 'ClassAccuracy' | 'PixelIOU';
  'VideoDataParameter.Modality': 'RGB' | 'FLOW';
  'BNParameter.BNMode': 'LEARN' | 'INFERENCE';
  'EuclideanLossParameter.Type': 'L2' | 'L2sqrt';
  'SaltPepperParameter.SaltType': 'relative' | 'absolute';
  'UnPoolingParameter.UnPoolMethod': 'FIXED' | 'DIV' | 'REP';
  'FlowWarpParameter.FillParameter': 'ZERO' | 'NOT_A_NUMBER';
  'CorrelationParameter.CorrelationType': 'MULTIPLY' | 'SUBTRACT';
  'ResampleParameter.ResampleType': 'NEAREST' | 'LINEAR' | 'CUBIC' | 'AREA';
  'MeanParameter.MeanOperation': 'ADD' | 'SUBTRACT';
  'DataParameter.CHANNELENCODING': 'UINT8' | 'UINT16FLOW' | 'BOOL1';
  'DataParameter.RANDPERMORDER':
    'FIRST_PERMUTE_THEN_RANGE' | 'FIRST_RANGE_THEN_PERMUTE';
  'CTCParameter.Decoder': 'best_path' | 'best_path_thres' | 'prefix_search';
  'MultiStageMeanfieldParameter.Mode': 'POTTS';
  'BNParameter.SyncScope': 'NONE' | 'HOST' | 'ALL';
  'ConvolutionParameter.FuseType':
    | 'UNFUSED'
    | 'FUSED_CONV_MAX_POOLING_RELU'
    | 'FUSED_CONV_RELU'
    | 'FUSED_CONV_ELTWISE_RELU';
  'LRNParameter.FuseType': 'UNFUSED' | 'FUSED_POOL_MAX';
  'MOEParameter.BottomMapping': 'GATING' | 'EXPERT' | 'GATING_AND_EXPERT';
  'MergeCropParameter.MergeOp': 'STACK' | 'ADD';
  DataType:
    | 'CAFFE_FLOAT'
    | 'CAFFE_HALF'
    | 'CAFFE_DOUBLE'
    | 'CAFFE_INT8_QUANTIZED'
    | 'CAFFE_INT16_QUANTIZED'
    | 'CAFFE_INT32_QUANTIZED'
    | 'CAFFE_INT64_QUANTIZED'
    | 'CAFFE_PACKED_BINARY';
  Autotune:
    | 'CAFFE_AUTOTUNE_DISABLED'
    | 'CAFFE_AUTOTUNE_FUNCTION'
    | 'CAFFE_AUTOTUNE_FUNCTION_PARAMETER';
  QuantizerMode:
    'CAFFE_QUANT_PASSIVE' | 'CAFFE_QUANT_OBSERVE' | 'CAFFE_QUANT_PSEUDO';
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
    readonly raw_data_type: Enums['Type'];
    readonly shape_stride: Message<'BlobShape'>;
    readonly raw_diff_type: Enums['Type'];
    readonly packed_data: Uint8Array;
    readonly raw_data: Uint8Array;
    readonly packed_diff: Uint8Array;
    readonly raw_diff: Uint8Array;
    readonly data_type: Enums['DataType'];
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
    readonly record_id: number;
    readonly seg_label: Uint8Array;
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
    readonly alpha: number;
    readonly scale: number;
    readonly diag_val: readonly number[];
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
    readonly engine: string;
    readonly compile_net_state: Message<'CompileNetState'>;
    readonly default_forward_type: Enums['Type'];
    readonly bn_stats_batch_size: number;
    readonly default_backward_type: Enums['Type'];
    readonly default_forward_math: Enums['Type'];
    readonly default_backward_math: Enums['Type'];
    readonly global_grad_scale: number;
    readonly global_grad_scale_adaptive: boolean;
    readonly default_conv_algos_override: string;
    readonly reduce_buckets: number;
    readonly default_cudnn_math_override: number;
    readonly eltwise_mem_sharing: boolean;
    readonly data_type: Enums['DataType'];
    readonly quantizer: readonly Message<'QuantizerParameter'>[];
    readonly reduced_memory_inference: boolean;
    readonly autotune: Enums['Autotune'];
    readonly layer: readonly Message<'LayerParameter'>[];
    readonly multinode: Message<'MultinodeParameter'>;
    readonly mem_param: Message<'MemoryOptimizationParameter'>;
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
    readonly device_id: number | readonly number[];
    readonly device: number;
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
    readonly richness: number;
    readonly eval_type: string;
    readonly rms_decay: number;
    readonly group_id: readonly number[];
    readonly test_before_snapshot: boolean;
    readonly momentum2: number;
    readonly log_avg_gradient_norm: boolean;
    readonly type: string;
    readonly layer_wise_reduce: boolean;
    readonly rampup_interval: number;
    readonly plateau_winsize: readonly number[];
    readonly force_type: string;
    readonly weights: readonly string[];
    readonly clamp_weights_lower: number;
    readonly ap_version: string;
    readonly rampup_lr: number;
    readonly force_decay: number;
    readonly clamp_weights_upper: number;
    readonly min_lr: number;
    readonly show_per_class_result: boolean;
    readonly force_iter: number;
    readonly data_type: Enums['DataType'];
    readonly clip_weights: number;
    readonly solver_data_type: Enums['Type'];
    readonly force_decay_type: string;
    readonly store_blobs_in_old_format: boolean;
    readonly force_direction: string;
    readonly momentum_policy: string;
    readonly disabled_update: boolean;
    readonly max_momentum: number;
    readonly engine: string;
    readonly momentum_power: number;
    readonly warmup_iter: number;
    readonly larc: boolean;
    readonly warmup_start_lr: number;
    readonly larc_policy: string;
    readonly local_lr_auto: boolean;
    readonly stagelr: readonly number[];
    readonly larc_eta: number;
    readonly local_gw_ratio: number;
    readonly stageiter: readonly number[];
    readonly weight_decay_policy: string;
    readonly test_offset: number;
    readonly weight_decay_power: number;
    readonly test_and_snapshot_last_epochs: number;
    readonly larc_turbo: boolean;
    readonly max_weight_decay: number;
  };
  SolverState: {
    readonly iter: number;
    readonly learned_net: string;
    readonly history: readonly Message<'BlobProto'>[];
    readonly current_step: number;
    readonly minimum_loss: number;
    readonly iter_last_event: number;
  };
  NetState: {
    readonly phase: Enums['Phase'];
    readonly level: number;
    readonly stage: readonly string[];
    readonly quantizer_mode: Enums['QuantizerMode'];
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
    readonly force_regularize: Message<'ForceRegular'>;
    readonly force_mult: number;
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
    readonly display: boolean;
    readonly bottom_data_type: Enums['DataType'];
    readonly compute_data_type: Enums['DataType'];
    readonly top_data_type: Enums['DataType'];
    readonly bottom_quantizer: readonly Message<'QuantizerParameter'>[];
    readonly top_quantizer: readonly Message<'QuantizerParameter'>[];
    readonly net_quantizer: Message<'QuantizerParameter'>;
    readonly blobs_quantizer: readonly Message<'QuantizerParameter'>[];
    readonly autotune: Enums['Autotune'];
    readonly bn_param: Message<'BNParameter'>;
    readonly dense_image_data_param: Message<'DenseImageDataParameter'>;
    readonly device: number;
    readonly bottom_shared_index: readonly number[];
    readonly top_shared_index: readonly number[];
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
    readonly parse_evaluate_param: Message<'ParseEvaluateParameter'>;
    readonly reshape_param: Message<'ReshapeParameter'>;
    readonly unpooling_param: Message<'UnPoolingParameter'>;
    readonly log_param: Message<'LogParameter'>;
    readonly norm_param: Message<'NormalizeParameter'>;
    readonly flatten_param: Message<'FlattenParameter'>;
    readonly reduction_param: Message<'ReductionParameter'>;
    readonly embed_param: Message<'EmbedParameter'>;
    readonly upsample_param: Message<'UpsampleParameter'>;
    readonly tile_param: Message<'TileParameter'>;
    readonly batch_norm_param: Message<'BatchNormParameter'>;
    readonly elu_param: Message<'ELUParameter'>;
    readonly video_data_param: Message<'VideoDataParameter'>;
    readonly lstm_param: Message<'LSTMParameter'>;
    readonly bias_param: Message<'BiasParameter'>;
    readonly seg_data_param: Message<'SegDataParameter'>;
    readonly ctc_param: Message<'CTCParameter'>;
    readonly scale_param: Message<'ScaleParameter'>;
    readonly transpose_param: Message<'TransposeParameter'>;
    readonly input_param: Message<'InputParameter'>;
    readonly interp_param: Message<'InterpParameter'>;
    readonly reverse_param: Message<'ReverseParameter'>;
    readonly crop_param: Message<'CropParameter'>;
    readonly seg_accuracy_param: Message<'SegAccuracyParameter'>;
    readonly parameter_param: Message<'ParameterParameter'>;
    readonly forward_type: Enums['Type'];
    readonly mat_write_param: Message<'MatWriteParameter'>;
    readonly recurrent_param: Message<'RecurrentParameter'>;
    readonly backward_type: Enums['Type'];
    readonly dense_crf_param: Message<'DenseCRFParameter'>;
    readonly swish_param: Message<'SwishParameter'>;
    readonly forward_math: Enums['Type'];
    readonly roi_pooling_param: Message<'ROIPoolingParameter'>;
    readonly domain_transform_param: Message<'DomainTransformParameter'>;
    readonly denseblock_param: Message<'DenseBlockParameter'>;
    readonly center_loss_param: Message<'CenterLossParameter'>;
    readonly sparsify_param: Message<'SparsifyParameter'>;
    readonly clip_param: Message<'ClipParameter'>;
    readonly backward_math: Enums['Type'];
    readonly smooth_l1_loss_param: Message<'SmoothL1LossParameter'>;
    readonly adaptive_bias_channel_param: Message<'AdaptiveBiasChannelParameter'>;
    readonly coeff_schedule_param: Message<'CoeffScheduleParameter'>;
    readonly symmetric_rectify_param: Message<'SymmetricRectifyParameter'>;
    readonly mergecrop_param: Message<'MergeCropParameter'>;
    readonly debug: boolean;
    readonly engine: string;
    readonly reorg_param: Message<'ReorgParameter'>;
    readonly psroi_pooling_param: Message<'PSROIPoolingParameter'>;
    readonly bias_channel_param: Message<'BiasChannelParameter'>;
    readonly augmentation_param: Message<'AugmentationParameter'>;
    readonly affinity_param: Message<'AffinityParameter'>;
    readonly crop_center_param: Message<'CropCenterParameter'>;
    readonly cudnn_math_override: number;
    readonly multinode: Message<'MultinodeLayerParameter'>;
    readonly box_annotator_ohem_param: Message<'BoxAnnotatorOHEMParameter'>;
    readonly unique_label_param: Message<'UniqueLabelParameter'>;
    readonly correlation_param: Message<'CorrelationParameter'>;
    readonly moe_param: Message<'MOEParameter'>;
    readonly mn_activation_param: Message<'MnActivationParameter'>;
    readonly mat_read_param: Message<'MatReadParameter'>;
    readonly l1_loss_param: Message<'L1LossParameter'>;
    readonly noise_param: Message<'NoiseParameter'>;
    readonly trt_param: Message<'TRTParameter'>;
    readonly writer_param: Message<'WriterParameter'>;
    readonly reader_param: Message<'ReaderParameter'>;
    readonly mean_param: Message<'MeanParameter'>;
    readonly spatial_dropout_param: Message<'SpatialDropoutParameter'>;
    readonly resample_param: Message<'ResampleParameter'>;
    readonly mn_grad_compress_param: Message<'MnParamGradCompressParameter'>;
    readonly downsample_param: Message<'DownsampleParameter'>;
    readonly reshape_every_iter: boolean;
    readonly quantization_param: Message<'QuantizationParameter'>;
    readonly lpq_loss_param: Message<'LpqLossParameter'>;
    readonly ctc_decoder_param: Message<'CTCDecoderParameter'>;
    readonly flow_warp_param: Message<'FlowWarpParameter'>;
    readonly ctc_loss_param:
      Message<'CTCLossParameter'> | Message<'CtcLossParameter'>;
    readonly accum_param: Message<'AccumParameter'>;
    readonly black_augmentation_param: Message<'BlackAugmentationParameter'>;
    readonly reverse_time_param: Message<'ReverseTimeParameter'>;
    readonly batch_reduction_param: Message<'BatchReductionParameter'>;
    readonly annotated_data_param: Message<'AnnotatedDataParameter'>;
    readonly local_param: Message<'LocalParameter'>;
    readonly multibox_loss_param: Message<'MultiBoxLossParameter'>;
    readonly continuation_indicator_param: Message<'ContinuationIndicatorParameter'>;
    readonly insanity_param: Message<'InsanityParameter'>;
    readonly permute_param: Message<'PermuteParameter'>;
    readonly triplet_loss_param: Message<'TripletLossParameter'>;
    readonly prior_box_param: Message<'PriorBoxParameter'>;
    readonly labelsequence_accuracy_param: Message<'LabelsequenceAccuracyParameter'>;
    readonly rrelu_param: Message<'RReLUParameter'>;
    readonly detection_output_param: Message<'DetectionOutputParameter'>;
    readonly eltwise_affine_param: Message<'EltwiseAffineParameter'>;
    readonly detection_evaluate_param: Message<'DetectionEvaluateParameter'>;
    readonly sub_region_param: Message<'SubRegionParameter'>;
    readonly hotspot_param: Message<'HotspotParameter'>;
    readonly split_param: Message<'SplitParameter'>;
    readonly predict_box_param: Message<'PredictBoxParameter'>;
    readonly region_loss_param: Message<'RegionLossParameter'>;
    readonly fcn_data_param: Message<'FCNDataParameter'>;
    readonly relu6_param: Message<'ReLUParameter'>;
    readonly flip_param: Message<'FlipParameter'>;
    readonly inner_distance_param: Message<'InnerDistanceParameter'>;
    readonly normalize_param: Message<'NormalizeParameter'>;
    readonly general_contrastive_loss_param: Message<'GeneralContrastiveParameter'>;
    readonly soft_contrastive_loss_param: Message<'SoftContrastiveParameter'>;
    readonly general_triplet_loss_param: Message<'GeneralTripletParameter'>;
    readonly soft_truncation_param: Message<'SoftTruncationParameter'>;
    readonly proposal_param: Message<'ProposalParameter'>;
    readonly pairwise_param: Message<'PairwiseParameter'>;
    readonly smoothl1_param: Message<'SmoothL1Parameter'>;
    readonly batch_contrastive_loss_param: Message<'BatchContrastiveParameter'>;
    readonly truncation_param: Message<'TruncationParameter'>;
    readonly nca_param: Message<'NCAParameter'>;
    readonly largemargin_inner_product_param: Message<'LargeMarginInnerProductParameter'>;
    readonly label_specific_rescale_param: Message<'LabelSpecificRescaleParameter'>;
    readonly infimum_loss_param: Message<'InfimumLossParamter'>;
    readonly ordinal_regression_loss_param: Message<'OrdinalRegressionParameter'>;
    readonly resize_param: Message<'ResizeParameter'>;
    readonly margin_inner_product_param: Message<'MarginInnerProductParameter'>;
    readonly feature_decay_loss_param: Message<'FeatureDecayLossParameter'>;
    readonly confidence_penalty_loss_param: Message<'ConfidencePenaltyLossParameter'>;
    readonly focal_loss_param: Message<'FocalLossParameter'>;
    readonly label_specific_margin_param: Message<'LabelSpecificMarginParameter'>;
    readonly channel_scale_param: Message<'ChannelScaleParameter'>;
    readonly label_specific_affine_param: Message<'LabelSpecificAffineParameter'>;
    readonly label_specific_hard_margin_param: Message<'LabelSpecificHardMarginParameter'>;
    readonly label_specific_add_param: Message<'LabelSpecificAddParameter'>;
    readonly shuffle_channel_param: Message<'ShuffleChannelParameter'>;
    readonly eval_detection_param: Message<'EvalDetectionParameter'>;
    readonly image_loc_data_param: Message<'ImageDataLocParameter'>;
    readonly yolo_detection_output_param: Message<'YoloDetectionOutputParameter'>;
    readonly yolov3_detection_output_param: Message<'Yolov3DetectionOutputParameter'>;
    readonly yolov3_param: Message<'Yolov3Parameter'>;
    readonly yolo_seg_param: Message<'YoloSegParameter'>;
    readonly segmentation_evaluate_param: Message<'SegmentationEvaluateParameter'>;
    readonly multi_stage_meanfield_param: Message<'MultiStageMeanfieldParameter'>;
    readonly detectnet_groundtruth_param: Message<'DetectNetGroundTruthParameter'>;
    readonly detectnet_augmentation_param: Message<'DetectNetAugmentationParameter'>;
    readonly mil_data_param: Message<'MILDataParameter'>;
    readonly mil_param: Message<'MILParameter'>;
  };
  TransformationParameter: {
    readonly scale: number;
    readonly mirror: boolean;
    readonly crop_size: number;
    readonly mean_file: string;
    readonly mean_value: readonly number[];
    readonly force_color: boolean;
    readonly resize_param:
      readonly Message<'ResizeParameter'>[] | Message<'ResizeParameter'>;
    readonly force_gray: boolean;
    readonly noise_param:
      readonly Message<'NoiseParameter'>[] | Message<'NoiseParameter'>;
    readonly crop_h: number;
    readonly use_gpu_transform: boolean;
    readonly scale_factors: readonly number[];
    readonly vertical_mirror: boolean;
    readonly add_noise: boolean;
    readonly crop_w: number;
    readonly random_seed: number;
    readonly crop_width: number;
    readonly random_90_deg_rot: boolean;
    readonly noise_ratio: number;
    readonly center_crop: boolean;
    readonly emit_constraint: Message<'EmitConstraint'>;
    readonly img_rand_resize_lower: number;
    readonly crop_height: number;
    readonly fix_crop: boolean;
    readonly random_crop_on_test: boolean;
    readonly erase_ratio: number;
    readonly img_rand_resize_upper: number;
    readonly multi_scale: boolean;
    readonly scale_min: number;
    readonly rand_resize_ratio_lower: number;
    readonly scale_ratios: readonly number[];
    readonly scale_max: number;
    readonly distort_param: Message<'DistortionParameter'>;
    readonly rand_resize_ratio_upper: number;
    readonly max_distort: number;
    readonly aspect_min: number;
    readonly expand_param: Message<'ExpansionParameter'>;
    readonly vertical_stretch_lower: number;
    readonly is_flow: boolean;
    readonly aspect_max: number;
    readonly vertical_stretch_upper: number;
    readonly random_resize_param: Message<'RandomResizeParameter'>;
    readonly enable_classf_aug: boolean;
    readonly more_fix_crop: boolean;
    readonly horizontal_stretch_lower: number;
    readonly random_aspect_ratio_param: Message<'RandomAspectRatioParameter'>;
    readonly min_scaling_factor: number;
    readonly stride: number;
    readonly horizontal_stretch_upper: number;
    readonly flow: boolean;
    readonly max_scaling_factor: number;
    readonly upper_size: number;
    readonly interpolation_algo_down: Enums['TransformationParameter.InterpolationAlgo'];
    readonly bgr2rgb: boolean;
    readonly max_rotation_angle: number;
    readonly upper_height: number;
    readonly interpolation_algo_up: Enums['TransformationParameter.InterpolationAlgo'];
    readonly pad: number;
    readonly contrast_brightness_adjustment: boolean;
    readonly upper_width: number;
    readonly allow_upscale: boolean;
    readonly smooth_filtering: boolean;
    readonly original_image: boolean;
    readonly forward_packing: Enums['Packing'];
    readonly min_contrast: number;
    readonly display: boolean;
    readonly max_contrast: number;
    readonly num_labels: number;
    readonly max_brightness_shift: number;
    readonly max_smooth: number;
    readonly max_color_shift: number;
    readonly min_side_min: number;
    readonly min_side_max: number;
    readonly min_side: number;
    readonly apply_probability: number;
    readonly debug_params: boolean;
    readonly cvt_bgr2rgb: boolean;
    readonly rancc_augment: Message<'RanccAugmentParameter'>;
    readonly rancc_label_noise: Message<'RanccLabelNoiseParameter'>;
  };
  LossParameter: {
    readonly ignore_label: number;
    readonly normalize: boolean;
    readonly normalization: Enums['LossParameter.NormalizationMode'];
    readonly weight_by_label_freqs: boolean;
    readonly label_smoothing: number;
    readonly pre_fixed_normalizer: number;
    readonly class_weighting: readonly number[];
  };
  AccuracyParameter: {
    readonly top_k: number;
    readonly axis: number;
    readonly ignore_label: number;
    readonly min_is_better: boolean;
  };
  ArgMaxParameter: {
    readonly out_max_val: boolean;
    readonly top_k: number;
    readonly axis: number;
  };
  ClipParameter: { readonly min: number; readonly max: number };
  ConcatParameter: {
    readonly concat_dim: number;
    readonly axis: number;
    readonly engine: Enums['ConcatParameter.Engine'];
    readonly per_fla_fuse: boolean;
  };
  BatchNormParameter: {
    readonly use_global_stats: boolean;
    readonly moving_average_fraction: number;
    readonly eps: number;
    readonly disable_mean: boolean;
    readonly engine: Enums['BatchNormParameter.Engine'];
    readonly update_global_stats: boolean;
    readonly fused_relu: boolean;
    readonly disable_variance: boolean;
    readonly scale_filler: Message<'FillerParameter'>;
    readonly use_weight_bias: boolean;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly bias_term: boolean;
    readonly scale_bias: boolean;
    readonly filler: Message<'FillerParameter'>;
    readonly stats_batch_size: number;
    readonly relu: boolean;
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
    readonly filter_stride: number;
    readonly force_nd_im2col: boolean;
    readonly dilation_h: number;
    readonly hole: number;
    readonly filter_stride_h: number;
    readonly dilation: readonly number[];
    readonly dilation_w: number;
    readonly hole_h: number;
    readonly filter_stride_w: number;
    readonly cudnn_convolution_algo_seeker: Enums['ConvolutionParameter.CuDNNConvolutionAlgorithmSeeker'];
    readonly relu: boolean;
    readonly hole_w: number;
    readonly fuse_type: Enums['ConvolutionParameter.FuseType'];
    readonly shape_offset: readonly number[];
    readonly conv_algos_override: string;
    readonly negative_slope: number;
    readonly num_deformable_group: number;
    readonly eltwise_param: Message<'EltwiseParameter'>;
    readonly conv_algorithm: string;
    readonly group_compute_in_parallel: boolean;
    readonly coeff: readonly number[];
    readonly fusion_type: Enums['ConvolutionParameter.FusionType'];
    readonly relu_param: Message<'ReLUParameter'>;
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
    readonly shuffle: boolean;
    readonly shuffle_buffer_size: number;
    readonly threads: number;
    readonly task_class_num: number;
    readonly parser_threads: number;
    readonly side: readonly number[];
    readonly cache: boolean;
    readonly precache: boolean;
    readonly preselection_file: string;
    readonly preselection_label: number;
    readonly range_start: number;
    readonly range_end: number;
    readonly rand_permute: boolean;
    readonly rand_permute_order: Enums['DataParameter.RANDPERMORDER'];
    readonly rand_permute_seed: number;
    readonly slice_point: readonly number[];
    readonly encoding: readonly Enums['DataParameter.CHANNELENCODING'][];
    readonly verbose: boolean;
    readonly subtract: readonly number[];
    readonly permute_every_iter: number;
    readonly block_size: number;
    readonly disk_reader_threads: number;
    readonly huge_video_dataset: boolean;
    readonly limit_samples: number;
  };
  DropoutParameter: {
    readonly dropout_ratio: number;
    readonly sqrt_scale: boolean;
    readonly engine: Enums['DropoutParameter.Engine'];
    readonly scale_train: boolean;
    readonly sample_weights_test: boolean;
    readonly random_seed: number;
  };
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
    readonly engine: Enums['EltwiseParameter.Engine'];
  };
  ELUParameter: {
    readonly alpha: number;
    readonly lambda: number;
    readonly symmetric_mode: boolean;
  };
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
    readonly face_transform: boolean;
    readonly short_side: number;
    readonly min_height: number;
    readonly label_divide_factor: number;
    readonly has_label: boolean;
    readonly task_class_num: number;
    readonly max_shear_ratio: number;
    readonly threads: number;
    readonly min_width: number;
    readonly max_labels: number;
    readonly regression: boolean;
    readonly max_aspect_ratio: number;
    readonly cache: boolean;
    readonly ignore_label: number;
    readonly max_rotate_angle: number;
    readonly precache: boolean;
    readonly label_type: Enums['ImageDataParameter.LabelType'];
    readonly min_random_scale: number;
    readonly dataset_share_per_node: number;
    readonly max_random_scale: number;
    readonly max_random_shift: number;
    readonly face_mirror: boolean;
    readonly face_point_num: number;
    readonly balance_class: boolean;
    readonly balance_by: number;
    readonly label_cut_start: number;
    readonly label_cut_end: number;
  };
  InfogainLossParameter: { readonly source: string; readonly axis: number };
  InnerProductParameter: {
    readonly num_output: number;
    readonly bias_term: boolean;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly transpose: boolean;
    readonly normalize: boolean;
    readonly engine: Enums['InnerProductParameter.Engine'];
    readonly relu: boolean;
    readonly negative_slope: number;
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
    readonly fuse_type: Enums['LRNParameter.FuseType'];
    readonly pooling_param: Message<'PoolingParameter'>;
    readonly unit_test_mode: boolean;
    readonly unit_test_fuse_kernel: boolean;
  };
  MemoryDataParameter: {
    readonly batch_size: number;
    readonly channels: number;
    readonly height: number;
    readonly width: number;
    readonly transpose: boolean;
    readonly label_size: number;
    readonly dim: readonly number[];
  };
  MVNParameter: {
    readonly normalize_variance: boolean;
    readonly across_channels: boolean;
    readonly eps: number;
  };
  ParameterParameter: {
    readonly shape: Message<'BlobShape'>;
    readonly blob_filler: Message<'FillerParameter'>;
  };
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
    readonly blobs_lr: number;
    readonly avg_include_pad: boolean;
    readonly bin_size: number;
    readonly dilation: readonly number[];
    readonly ceil_mode: boolean;
    readonly blobs_a_min: number;
    readonly axis: number;
    readonly bin_h: number;
    readonly pad_3d: readonly number[];
    readonly bin_w: number;
    readonly kernel_size_3d: readonly number[];
    readonly stride_3d: readonly number[];
    readonly torch_pooling: boolean;
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
    readonly k: number;
  };
  ReLUParameter: {
    readonly negative_slope: number;
    readonly engine: Enums['ReLUParameter.Engine'];
    readonly fuse: boolean;
  };
  ReshapeParameter: {
    readonly shape: Message<'BlobShape'>;
    readonly axis: number;
    readonly num_axes: number;
    readonly pixelshuffler: number;
  };
  ScaleParameter: {
    readonly axis: number;
    readonly num_axes: number;
    readonly filler: Message<'FillerParameter'>;
    readonly bias_term: boolean;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly min_value: number;
    readonly max_value: number;
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
    readonly hard_ratio: number;
    readonly class_weight: readonly number[];
    readonly hard_mining_label: number;
    readonly cutting_point: number;
    readonly normalize_type: string;
    readonly label_smooth_factor: number;
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
    readonly seg_accuracy_param: Message<'SegAccuracyParameter'>;
    readonly bn_param: Message<'BNParameter'>;
    readonly interp_param: Message<'InterpParameter'>;
    readonly affinity_param: Message<'AffinityParameter'>;
    readonly local_param: Message<'LocalParameter'>;
    readonly softmaxloss_param: Message<'SoftmaxLossParameter'>;
    readonly prelu_param: Message<'PReLUParameter'>;
    readonly padding_param: Message<'PaddingParameter'>;
    readonly insanity_param: Message<'InsanityParameter'>;
    readonly mat_write_param: Message<'MatWriteParameter'>;
    readonly triplet_loss_param: Message<'TripletLossParameter'>;
    readonly mat_read_param: Message<'MatReadParameter'>;
    readonly roi_pooling_param: Message<'ROIPoolingParameter'>;
    readonly dense_crf_param: Message<'DenseCRFParameter'>;
    readonly eltwise_affine_param: Message<'EltwiseAffineParameter'>;
    readonly dominant_channel_param: Message<'DominantChannelParameter'>;
    readonly sub_region_param: Message<'SubRegionParameter'>;
    readonly bias_channel_param: Message<'BiasChannelParameter'>;
    readonly noise_param: Message<'NoiseParameter'>;
    readonly unique_label_param: Message<'UniqueLabelParameter'>;
    readonly censor_label_param: Message<'CensorLabelParameter'>;
    readonly adaptive_bias_channel_param: Message<'AdaptiveBiasChannelParameter'>;
    readonly channel_aggregator_param: Message<'ChannelAggregatorParameter'>;
    readonly ignore_overlay_param: Message<'IgnoreOverlayParameter'>;
    readonly histogram_param: Message<'HistogramParameter'>;
    readonly euclidean_loss_param: Message<'EuclideanLossParameter'>;
    readonly gain_channel_param: Message<'GainChannelParameter'>;
    readonly onehot_param: Message<'OneHotParameter'>;
    readonly relu6_param: Message<'ReLUParameter'>;
    readonly param: readonly string[];
    readonly blob_share_mode: readonly Enums['V1LayerParameter.DimCheckMode'][];
    readonly strict_dim: boolean;
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
    readonly scale_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly shift_filler: Message<'FillerParameter'>;
    readonly momentum: number;
    readonly bn_mode: Enums['BNParameter.BNMode'];
    readonly var_eps: number;
    readonly eps: number;
    readonly moving_average: boolean;
    readonly use_history_in_test: boolean;
    readonly frozen: boolean;
    readonly decay: number;
    readonly engine: Enums['BNParameter.Engine'];
    readonly across_spatial: boolean;
    readonly axis: number;
    readonly multigpu_sync: Enums['BNParameter.SyncScope'];
  };
  InterpParameter: {
    readonly height: number;
    readonly width: number;
    readonly zoom_factor: number;
    readonly shrink_factor: number;
    readonly pad_beg: number;
    readonly pad_end: number;
    readonly interp_type: string;
  };
  InnerDistanceParameter: {
    readonly num_output: number;
    readonly bias_term: boolean;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly transpose: boolean;
    readonly distance_type: string;
    readonly normalize: boolean;
    readonly update_center_only: boolean;
  };
  MILParameter: { readonly type: Enums['MILParameter.MILType'] };
  MILDataParameter: {
    readonly source: string;
    readonly num_scales: number;
    readonly images_per_batch: number;
    readonly channels: number;
    readonly n_classes: number;
    readonly scale_factor: number;
    readonly label_file: string;
    readonly root_dir: string;
    readonly ext: string;
    readonly randomize: boolean;
  };
  TripletLossParameter: { readonly margin: number };
  ROIPoolingParameter: {
    readonly pooled_h: number;
    readonly pooled_w: number;
    readonly spatial_scale: number;
    readonly pooled_size: readonly number[];
  };
  InsanityParameter: { readonly lb: number; readonly ub: number };
  LocalParameter: {
    readonly num_output: number;
    readonly bias_term: boolean;
    readonly pad: number;
    readonly kernel_size: number;
    readonly stride: number;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
  };
  EltwiseAffineParameter: {
    readonly slope_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly channel_shared: boolean;
  };
  SubRegionParameter: {
    readonly region_height: number;
    readonly region_width: number;
    readonly data_height: number;
    readonly data_width: number;
    readonly as_dim: number;
  };
  NoiseParameter: {
    readonly gaussian_std: number;
    readonly prob: number;
    readonly mu: number;
    readonly uniform_range: number;
    readonly hist_eq: boolean;
    readonly sigma: number;
    readonly bias: number;
    readonly inverse: boolean;
    readonly decolorize: boolean;
    readonly gauss_blur: boolean;
    readonly jpeg: number;
    readonly posterize: boolean;
    readonly erode: boolean;
    readonly saltpepper: boolean;
    readonly saltpepper_param: Message<'SaltPepperParameter'>;
    readonly clahe: boolean;
    readonly convert_to_hsv: boolean;
    readonly convert_to_lab: boolean;
  };
  HotspotParameter: {
    readonly gaussian_std: number;
    readonly output_height: number;
    readonly output_width: number;
    readonly data_height: number;
    readonly data_width: number;
    readonly mean_removed: boolean;
  };
  PredictBoxParameter: {
    readonly stride: number;
    readonly receptive_field: number;
    readonly nms: boolean;
    readonly output_vector: boolean;
    readonly positive_thresh: number;
    readonly bbreg_exp: boolean;
  };
  FCNDataParameter: {
    readonly template_h: number;
    readonly template_w: number;
    readonly expand_left: number;
    readonly expand_right: number;
    readonly expand_top: number;
    readonly expand_bottom: number;
    readonly roi_multiply_h: number;
    readonly roi_multiply_w: number;
    readonly scale_step: number;
    readonly scale_step_num: number;
    readonly gaussian_size_h: number;
    readonly gaussian_size_w: number;
    readonly gaussian_std_h: number;
    readonly gaussian_std_w: number;
    readonly use_hog: boolean;
    readonly hog_cell_size: number;
    readonly min_iou: number;
  };
  CenterLossParameter: {
    readonly num_output: number;
    readonly center_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly distance_type: string;
  };
  FlipParameter: {
    readonly flip_width: boolean;
    readonly flip_height: boolean;
  };
  NormalizeParameter: {
    readonly normalize_type: string;
    readonly across_spatial: boolean;
    readonly fix_gradient: boolean;
    readonly scale_filler: Message<'FillerParameter'>;
    readonly bp_norm: boolean;
    readonly channel_shared: boolean;
    readonly eps: number;
    readonly fix_scale: boolean;
  };
  GeneralContrastiveParameter: {
    readonly positive_margin: number;
    readonly negative_margin: number;
    readonly positive_weight: number;
    readonly negative_weight: number;
    readonly normalize_negative: number;
    readonly positive_outlier_thresh: number;
    readonly square: boolean;
    readonly max_negative_only: boolean;
    readonly max_positive_only: boolean;
    readonly positive_first: boolean;
    readonly positive_upper_bound: number;
    readonly exp_negative_weight: boolean;
    readonly add_intra_mae: boolean;
    readonly max_negative_margin: number;
  };
  BatchContrastiveParameter: {
    readonly positive_margin: number;
    readonly negative_margin: number;
    readonly positive_weight: number;
    readonly negative_weight: number;
    readonly max_only: boolean;
  };
  SoftContrastiveParameter: {
    readonly positive_margin: number;
    readonly negative_margin: number;
    readonly positive_weight: number;
    readonly negative_weight: number;
    readonly exponent_scale: number;
    readonly square: boolean;
  };
  GeneralTripletParameter: {
    readonly margin: number;
    readonly add_center_loss: boolean;
    readonly hardest_only: boolean;
    readonly positive_first: boolean;
    readonly positive_upper_bound: number;
    readonly positive_weight: number;
    readonly negative_weight: number;
  };
  SoftTruncationParameter: { readonly c: number };
  TruncationParameter: {
    readonly lower_bound: number;
    readonly upper_bound: number;
  };
  ProposalParameter: {
    readonly feat_stride: number;
    readonly base_size: number;
    readonly min_size: number;
    readonly ratio: readonly number[];
    readonly scale: readonly number[];
    readonly pre_nms_topn: number;
    readonly post_nms_topn: number;
    readonly nms_thresh: number;
  };
  PSROIPoolingParameter: {
    readonly spatial_scale: number;
    readonly output_dim: number;
    readonly group_size: number;
  };
  PairwiseParameter: {
    readonly operation: Enums['PairwiseParameter.PairwiseOp'];
    readonly coeff: readonly number[];
  };
  SmoothL1Parameter: { readonly turn_point: number };
  PermuteParameter: { readonly order: readonly number[] };
  NCAParameter: { readonly min_negative_only: boolean };
  LargeMarginInnerProductParameter: {
    readonly num_output: number;
    readonly type: Enums['LargeMarginInnerProductParameter.LargeMarginType'];
    readonly weight_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly base: number;
    readonly gamma: number;
    readonly power: number;
    readonly iteration: number;
    readonly lambda_min: number;
  };
  LabelSpecificRescaleParameter: {
    readonly positive_weight: number;
    readonly negative_weight: number;
    readonly positive_lower_bound: number;
    readonly negative_upper_bound: number;
    readonly rescale_test: boolean;
    readonly for_ip: boolean;
    readonly positive_weight_base: number;
    readonly gamma: number;
    readonly power: number;
    readonly positive_weight_min: number;
    readonly positive_weight_max: number;
    readonly iteration: number;
    readonly bias_fix: boolean;
    readonly power_on_positive: boolean;
  };
  InfimumLossParamter: { readonly infimum: number };
  OrdinalRegressionParameter: {
    readonly k: number;
    readonly weight_file: string;
  };
  ResizeParameter: {
    readonly height: number;
    readonly prob: number;
    readonly width: number;
    readonly resize_mode: Enums['ResizeParameter.Resize_mode'];
    readonly is_pyramid_test: boolean;
    readonly out_height_scale: number;
    readonly out_width_scale: number;
    readonly pad_mode: Enums['ResizeParameter.Pad_mode'];
    readonly pad_value: readonly number[];
    readonly interp_mode:
      | readonly Enums['ResizeParameter.Interp_mode'][]
      | Enums['ResizeParameter.Interp_mode'];
    readonly height_scale: number;
    readonly center_object: boolean;
    readonly width_scale: number;
    readonly max_angle: number;
  };
  MarginInnerProductParameter: {
    readonly num_output: number;
    readonly type: Enums['MarginInnerProductParameter.MarginType'];
    readonly weight_filler: Message<'FillerParameter'>;
    readonly axis: number;
    readonly base: number;
    readonly gamma: number;
    readonly power: number;
    readonly iteration: number;
    readonly lambda_min: number;
  };
  FeatureDecayLossParameter: {
    readonly decay_threshold: number;
    readonly force_decay: boolean;
  };
  ConfidencePenaltyLossParameter: { readonly beta: number };
  FocalLossParameter: {
    readonly type: Enums['FocalLossParameter.Type'];
    readonly gamma: number;
    readonly alpha: number;
    readonly beta: number;
  };
  LabelSpecificMarginParameter: {
    readonly margin_base: number;
    readonly margin_max: number;
    readonly power: number;
    readonly gamma: number;
    readonly iteration: number;
    readonly reset_margin: boolean;
    readonly margin_on_test: boolean;
    readonly auto_tune: boolean;
    readonly type: Enums['LabelSpecificMarginParameter.MarginType'];
  };
  ChannelScaleParameter: {
    readonly do_forward: boolean;
    readonly do_backward_feature: boolean;
    readonly do_backward_scale: boolean;
    readonly global_scale: boolean;
    readonly max_global_scale: number;
    readonly min_global_scale: number;
    readonly init_global_scale: number;
  };
  LabelSpecificAffineParameter: {
    readonly scale_base: number;
    readonly scale_gamma: number;
    readonly scale_power: number;
    readonly scale_max: number;
    readonly transform_test: boolean;
    readonly iteration: number;
    readonly bias_base: number;
    readonly bias_gamma: number;
    readonly bias_power: number;
    readonly bias_max: number;
    readonly power_base: number;
    readonly power_gamma: number;
    readonly power_power: number;
    readonly power_min: number;
    readonly auto_tune: boolean;
    readonly reset: boolean;
  };
  LabelSpecificHardMarginParameter: { readonly positive_weight: number };
  LabelSpecificStatisticsParameter: {
    readonly scale_for_angle: boolean;
    readonly scale_factor: number;
  };
  LabelSpecificAddParameter: {
    readonly bias: number;
    readonly transform_test: boolean;
    readonly bias_base: number;
    readonly bias_gamma: number;
    readonly bias_power: number;
    readonly bias_min: number;
    readonly bias_max: number;
    readonly iteration: number;
  };
  Sampler: {
    readonly min_scale: number;
    readonly max_scale: number;
    readonly min_aspect_ratio: number;
    readonly max_aspect_ratio: number;
  };
  SampleConstraint: {
    readonly min_jaccard_overlap: number;
    readonly max_jaccard_overlap: number;
    readonly min_sample_coverage: number;
    readonly max_sample_coverage: number;
    readonly min_object_coverage: number;
    readonly max_object_coverage: number;
  };
  BatchSampler: {
    readonly use_original_image: boolean;
    readonly sampler: Message<'Sampler'>;
    readonly sample_constraint: Message<'SampleConstraint'>;
    readonly max_sample: number;
    readonly max_trials: number;
  };
  EmitConstraint: {
    readonly emit_type: Enums['EmitConstraint.EmitType'];
    readonly emit_overlap: number;
  };
  AnnotatedDatum: {};
  SaltPepperParameter: {
    readonly fraction: number;
    readonly value: readonly number[];
    readonly type: Enums['SaltPepperParameter.SaltType'];
  };
  DistortionParameter: {
    readonly brightness_prob: number;
    readonly brightness_delta: number;
    readonly contrast_prob: number;
    readonly contrast_lower: number;
    readonly contrast_upper: number;
    readonly hue_prob: number;
    readonly hue_delta: number;
    readonly saturation_prob: number;
    readonly saturation_lower: number;
    readonly saturation_upper: number;
    readonly random_order_prob: number;
  };
  ExpansionParameter: {
    readonly prob: number;
    readonly max_expand_ratio: number;
  };
  AnnotatedDataParameter: {
    readonly batch_sampler: readonly Message<'BatchSampler'>[];
    readonly label_map_file: string;
    readonly anno_type: Enums['AnnotatedDatum.AnnotationType'];
    readonly yolo_data_type: number;
    readonly yolo_data_jitter: number;
    readonly train_diffcult: boolean;
    readonly single_class: boolean;
    readonly seg_scales: number;
    readonly seg_resize_width: number;
    readonly seg_resize_height: number;
    readonly difficult_label_warmup: boolean;
  };
  DetectionEvaluateParameter: {
    readonly num_classes: number;
    readonly background_label_id: number;
    readonly overlap_threshold: number;
    readonly evaluate_difficult_gt: boolean;
    readonly name_size_file: string;
    readonly resize_param: Message<'ResizeParameter'>;
  };
  NonMaximumSuppressionParameter: {
    readonly nms_threshold: number;
    readonly top_k: number;
    readonly eta: number;
  };
  SaveOutputParameter: {
    readonly output_directory: string;
    readonly output_name_prefix: string;
    readonly output_format: string;
    readonly label_map_file: string;
    readonly name_size_file: string;
    readonly num_test_image: number;
    readonly resize_param: Message<'ResizeParameter'>;
  };
  DetectionOutputParameter: {
    readonly num_classes: number;
    readonly share_location: boolean;
    readonly background_label_id: number;
    readonly nms_param: Message<'NonMaximumSuppressionParameter'>;
    readonly save_output_param: Message<'SaveOutputParameter'>;
    readonly code_type: Enums['PriorBoxParameter.CodeType'];
    readonly keep_top_k: number;
    readonly variance_encoded_in_target: boolean;
    readonly confidence_threshold: number;
    readonly visualize: boolean;
    readonly visualize_threshold: number;
    readonly save_file: string;
  };
  MultiBoxLossParameter: {
    readonly loc_loss_type: Enums['MultiBoxLossParameter.LocLossType'];
    readonly conf_loss_type: Enums['MultiBoxLossParameter.ConfLossType'];
    readonly loc_weight: number;
    readonly num_classes: number;
    readonly share_location: boolean;
    readonly match_type: Enums['MultiBoxLossParameter.MatchType'];
    readonly overlap_threshold: number;
    readonly use_prior_for_matching: boolean;
    readonly background_label_id: number;
    readonly use_difficult_gt: boolean;
    readonly do_neg_mining: boolean;
    readonly neg_pos_ratio: number;
    readonly neg_overlap: number;
    readonly code_type: Enums['PriorBoxParameter.CodeType'];
    readonly encode_variance_in_target: boolean;
    readonly map_object_to_agnostic: boolean;
    readonly ignore_cross_boundary_bbox: boolean;
    readonly bp_inside: boolean;
    readonly mining_type: Enums['MultiBoxLossParameter.MiningType'];
    readonly nms_param: Message<'NonMaximumSuppressionParameter'>;
    readonly sample_size: number;
    readonly use_prior_for_nms: boolean;
    readonly ignore_difficult_gt: boolean;
  };
  PriorBoxParameter: {
    readonly min_size: readonly number[];
    readonly max_size: readonly number[];
    readonly aspect_ratio: readonly number[];
    readonly flip: boolean;
    readonly clip: boolean;
    readonly variance: readonly number[];
    readonly img_size: number;
    readonly img_h: number;
    readonly img_w: number;
    readonly step: number;
    readonly step_h: number;
    readonly step_w: number;
    readonly offset: number;
  };
  VideoDataParameter: {
    readonly video_type: Enums['VideoDataParameter.VideoType'];
    readonly source: string;
    readonly device_id: number;
    readonly scale: number;
    readonly video_file: string;
    readonly mean_file: string;
    readonly skip_frames: number;
    readonly batch_size: number;
    readonly crop_size: number;
    readonly mirror: boolean;
    readonly rand_skip: number;
    readonly shuffle: boolean;
    readonly new_height: number;
    readonly new_width: number;
    readonly new_length: number;
    readonly num_segments: number;
    readonly modality: Enums['VideoDataParameter.Modality'];
    readonly name_pattern: string;
    readonly encoded: boolean;
    readonly grayscale: boolean;
  };
  DetectNetGroundTruthParameter: {
    readonly stride: number;
    readonly scale_cvg: number;
    readonly gridbox_type: Enums['DetectNetGroundTruthParameter.GridboxType'];
    readonly max_cvg_len: number;
    readonly min_cvg_len: number;
    readonly coverage_type: Enums['DetectNetGroundTruthParameter.CoverageType'];
    readonly image_size_x: number;
    readonly image_size_y: number;
    readonly obj_norm: boolean;
    readonly crop_bboxes: boolean;
    readonly object_class: readonly Message<'DetectNetGroundTruthParameter.ClassMapping'>[];
  };
  'DetectNetGroundTruthParameter.ClassMapping': {
    readonly src: number;
    readonly dst: number;
  };
  DetectNetAugmentationParameter: {
    readonly crop_prob: number;
    readonly shift_x: number;
    readonly shift_y: number;
    readonly scale_prob: number;
    readonly scale_min: number;
    readonly scale_max: number;
    readonly flip_prob: number;
    readonly rotation_prob: number;
    readonly max_rotate_degree: number;
    readonly hue_rotation_prob: number;
    readonly hue_rotation: number;
    readonly desaturation_prob: number;
    readonly desaturation_max: number;
    readonly resize_param: Message<'ResizeParameter'>;
    readonly noise_param: Message<'NoiseParameter'>;
    readonly emit_constraint: Message<'EmitConstraint'>;
    readonly distort_param: Message<'DistortionParameter'>;
    readonly expand_param: Message<'ExpansionParameter'>;
  };
  TRTParameter: {
    readonly trt_mode: Enums['TRTParameter.TRTMode'];
    readonly top_k: number;
    readonly deploy: string;
    readonly model: string;
    readonly deploy_outputs: readonly string[];
    readonly calibrator: string;
  };
  CompileNetState: {
    readonly is_init: boolean;
    readonly bn_scale_remove: boolean;
    readonly bn_scale_merge: boolean;
    readonly kept_bn_layers: readonly string[];
    readonly negative_conv_names: readonly string[];
    readonly negative_conv_indexes: readonly number[];
  };
  MultinodeParameter: {
    readonly model_parallel: readonly Message<'MnModelParallelParameter'>[];
    readonly compress_layer_type_list: Message<'MnParamGradCompressLayerTypeList'>;
  };
  MnModelParallelParameter: {
    readonly layer_from: string;
    readonly layer_to: string;
    readonly num_nodes: number;
    readonly model_parts: number;
  };
  MnParamGradCompressLayerTypeList: { readonly layer_type: readonly string[] };
  RegionLossParameter: {
    readonly side: number;
    readonly num_class: number;
    readonly bias_match: number;
    readonly coords: number;
    readonly num: number;
    readonly softmax: number;
    readonly jitter: number;
    readonly rescore: number;
    readonly object_scale: number;
    readonly class_scale: number;
    readonly noobject_scale: number;
    readonly coord_scale: number;
    readonly absolute: number;
    readonly thresh: number;
    readonly random: number;
    readonly biases: readonly number[];
    readonly softmax_tree: string;
    readonly class_map: string;
  };
  EvalDetectionParameter: {
    readonly side: number;
    readonly num_class: number;
    readonly num_object: number;
    readonly threshold: number;
    readonly sqrt: boolean;
    readonly constriant: boolean;
    readonly score_type: Enums['EvalDetectionParameter.ScoreType'];
    readonly nms: number;
    readonly biases: readonly number[];
  };
  MultinodeLayerParameter: {
    readonly num_nodes: number;
    readonly model_parts: number;
  };
  MnActivationParameter: {
    readonly num_nodes_in: number;
    readonly num_nodes_out: number;
    readonly model_parts_in: number;
    readonly model_parts_out: number;
    readonly need_reduce: boolean;
  };
  QuantizationParameter: {
    readonly precision: Enums['QuantizationParameter.Precision'];
    readonly rounding_scheme: Enums['QuantizationParameter.Rounding'];
    readonly bw_layer_in: number;
    readonly bw_layer_out: number;
    readonly bw_params: number;
    readonly fl_layer_in: readonly number[];
    readonly fl_layer_out: readonly number[];
    readonly fl_params: readonly number[];
    readonly scale_in: readonly number[];
    readonly scale_out: readonly number[];
    readonly scale_params: readonly number[];
    readonly is_negative_input: boolean;
    readonly force_u8_input: boolean;
  };
  MnParamGradCompressParameter: {
    readonly param_grad_compress_enable: readonly boolean[];
  };
  RandomResizeParameter: {
    readonly min_size: number;
    readonly max_size: number;
    readonly resize_param: Message<'ResizeParameter'>;
  };
  RandomAspectRatioParameter: {
    readonly min_area_ratio: number;
    readonly max_area_ratio: number;
    readonly aspect_ratio_change: number;
    readonly max_attempt: number;
    readonly resize_param: Message<'ResizeParameter'>;
  };
  SplitParameter: { readonly engine: Enums['SplitParameter.Engine'] };
  BoxAnnotatorOHEMParameter: {
    readonly roi_per_img: number;
    readonly ignore_label: number;
  };
  ReorgParameter: { readonly stride: number; readonly reverse: boolean };
  SpatialDropoutParameter: { readonly dropout_ratio: number };
  SmoothL1LossParameter: { readonly sigma: number };
  YoloSegParameter: {
    readonly num_class: number;
    readonly object_scale: number;
    readonly class_scale: number;
    readonly use_logic_gradient: boolean;
    readonly use_hardsigmoid: boolean;
  };
  Yolov3Parameter: {
    readonly side: number;
    readonly num_class: number;
    readonly num: number;
    readonly object_scale: number;
    readonly class_scale: number;
    readonly noobject_scale: number;
    readonly coord_scale: number;
    readonly thresh: number;
    readonly anchors_scale: number;
    readonly biases: readonly number[];
    readonly mask: readonly number[];
    readonly use_logic_gradient: boolean;
    readonly use_focal_loss: boolean;
    readonly iou_loss: Enums['Yolov3Parameter.IOU_LOSS'];
    readonly iou_normalizer: number;
    readonly iou_thresh: number;
    readonly max_delta: number;
    readonly accumulate: boolean;
    readonly label_smooth_eps: number;
  };
  SegmentationEvaluateParameter: {
    readonly num_classes: number;
    readonly threshold: number;
  };
  YoloDetectionOutputParameter: {
    readonly side: number;
    readonly num_classes: number;
    readonly num_box: number;
    readonly coords: number;
    readonly confidence_threshold: number;
    readonly nms_threshold: number;
    readonly biases: readonly number[];
    readonly label_map_file: string;
  };
  Yolov3DetectionOutputParameter: {
    readonly num_classes: number;
    readonly num_box: number;
    readonly confidence_threshold: number;
    readonly nms_threshold: number;
    readonly biases: readonly number[];
    readonly anchors_scale: readonly number[];
    readonly mask_group_num: number;
    readonly mask: readonly number[];
    readonly gaussian_box: boolean;
  };
  UpsampleParameter: {
    readonly scale: number;
    readonly scale_h: number;
    readonly scale_w: number;
    readonly pad_out_h: boolean;
    readonly pad_out_w: boolean;
    readonly upsample_h: number;
    readonly upsample_w: number;
  };
  AdaptiveBiasChannelParameter: {
    readonly num_iter: number;
    readonly bg_portion: number;
    readonly fg_portion: number;
    readonly suppress_others: boolean;
    readonly margin_others: number;
  };
  BiasChannelParameter: {
    readonly bg_bias: number;
    readonly fg_bias: number;
    readonly ignore_label: readonly number[];
    readonly label_type: Enums['BiasChannelParameter.LabelType'];
    readonly background_label: number;
  };
  DenseCRFParameter: {
    readonly max_iter: number;
    readonly pos_xy_std: readonly number[];
    readonly pos_w: readonly number[];
    readonly bi_xy_std: readonly number[];
    readonly bi_rgb_std: readonly number[];
    readonly bi_w: readonly number[];
    readonly output_probability: boolean;
  };
  DomainTransformParameter: {
    readonly num_iter: number;
    readonly spatial_sigma: number;
    readonly range_sigma: number;
    readonly min_weight: number;
  };
  MatReadParameter: {
    readonly prefix: string;
    readonly source: string;
    readonly strip: number;
    readonly batch_size: number;
  };
  MatWriteParameter: {
    readonly prefix: string;
    readonly source: string;
    readonly strip: number;
    readonly period: number;
  };
  SegAccuracyParameter: {
    readonly metric: Enums['SegAccuracyParameter.AccuracyMetric'];
    readonly ignore_label: readonly number[];
    readonly reset: boolean;
  };
  UniqueLabelParameter: {
    readonly max_labels: number;
    readonly ignore_label: readonly number[];
    readonly force_label: readonly number[];
  };
  SegDataParameter: {
    readonly source: string;
    readonly root_dir: string;
    readonly shuffle: boolean;
    readonly balance: boolean;
  };
  BatchReductionParameter: {
    readonly level: readonly number[];
    readonly reduction_param: Message<'ReductionParameter'>;
    readonly pos: boolean;
  };
  MemoryOptimizationParameter: {
    readonly optimize_train: boolean;
    readonly optimize_test: boolean;
    readonly exclude_blob: readonly string[];
  };
  DenseImageDataParameter: {
    readonly source: string;
    readonly batch_size: number;
    readonly rand_skip: number;
    readonly shuffle: boolean;
    readonly new_height: number;
    readonly new_width: number;
    readonly is_color: boolean;
    readonly mean_file: string;
    readonly root_folder: string;
    readonly mirror: boolean;
    readonly crop_width: number;
    readonly crop_height: number;
    readonly label_divide_factor: number;
  };
  SoftmaxLossParameter: {
    readonly ignore_label: readonly number[];
    readonly weight_source: string;
  };
  CensorLabelParameter: { readonly ignore_label: number };
  ChannelAggregatorParameter: { readonly label_map_file: string };
  DominantChannelParameter: { readonly top_k: number };
  EuclideanLossParameter: {
    readonly type: Enums['EuclideanLossParameter.Type'];
  };
  GainChannelParameter: {
    readonly num_output_nz: number;
    readonly drift: number;
    readonly stdev: number;
    readonly gain_filler: Message<'FillerParameter'>;
    readonly norm_mean: boolean;
    readonly thresh: number;
  };
  HistogramParameter: {
    readonly num_labels: number;
    readonly ignore_label: readonly number[];
  };
  IgnoreOverlayParameter: { readonly ignore_label: number };
  OneHotParameter: { readonly num_labels: number };
  PaddingParameter: { readonly pad_beg: number; readonly pad_end: number };
  ParseEvaluateParameter: {
    readonly num_labels: number;
    readonly ignore_label: readonly number[];
  };
  UnPoolingParameter: {
    readonly unpool: Enums['UnPoolingParameter.UnPoolMethod'];
    readonly out_kernel_size: number;
    readonly out_stride: number;
    readonly out_pad: number;
    readonly out_kernel_h: number;
    readonly out_kernel_w: number;
    readonly out_stride_h: number;
    readonly out_stride_w: number;
    readonly out_pad_h: number;
    readonly out_pad_w: number;
  };
  AccumParameter: {
    readonly top_height: number;
    readonly top_width: number;
    readonly size_divisible_by: number;
    readonly have_reference: boolean;
  };
  AugmentationParameter: {
    readonly write_augmented: string;
    readonly max_multiplier: number;
    readonly augment_during_test: boolean;
    readonly recompute_mean: number;
    readonly write_mean: string;
    readonly mean_per_pixel: boolean;
    readonly mode: string;
    readonly mirror: Message<'RandomGeneratorParameter'>;
    readonly translate: Message<'RandomGeneratorParameter'>;
    readonly rotate: Message<'RandomGeneratorParameter'>;
    readonly zoom: Message<'RandomGeneratorParameter'>;
    readonly squeeze: Message<'RandomGeneratorParameter'>;
    readonly translate_x: Message<'RandomGeneratorParameter'>;
    readonly translate_y: Message<'RandomGeneratorParameter'>;
    readonly mean: readonly number[];
    readonly lmult_pow: Message<'RandomGeneratorParameter'>;
    readonly lmult_mult: Message<'RandomGeneratorParameter'>;
    readonly lmult_add: Message<'RandomGeneratorParameter'>;
    readonly sat_pow: Message<'RandomGeneratorParameter'>;
    readonly sat_mult: Message<'RandomGeneratorParameter'>;
    readonly sat_add: Message<'RandomGeneratorParameter'>;
    readonly col_pow: Message<'RandomGeneratorParameter'>;
    readonly col_mult: Message<'RandomGeneratorParameter'>;
    readonly col_add: Message<'RandomGeneratorParameter'>;
    readonly ladd_pow: Message<'RandomGeneratorParameter'>;
    readonly ladd_mult: Message<'RandomGeneratorParameter'>;
    readonly ladd_add: Message<'RandomGeneratorParameter'>;
    readonly col_rotate: Message<'RandomGeneratorParameter'>;
    readonly crop_width: number;
    readonly crop_height: number;
    readonly gamma: Message<'RandomGeneratorParameter'>;
    readonly brightness: Message<'RandomGeneratorParameter'>;
    readonly contrast: Message<'RandomGeneratorParameter'>;
    readonly color: Message<'RandomGeneratorParameter'>;
    readonly bottomwidth: number;
    readonly bottomheight: number;
    readonly num: number;
    readonly chromatic_eigvec: readonly number[];
    readonly fog_amount: Message<'RandomGeneratorParameter'>;
    readonly fog_size: Message<'RandomGeneratorParameter'>;
    readonly motion_blur_angle: Message<'RandomGeneratorParameter'>;
    readonly motion_blur_size: Message<'RandomGeneratorParameter'>;
    readonly shadow_angle: Message<'RandomGeneratorParameter'>;
    readonly shadow_distance: Message<'RandomGeneratorParameter'>;
    readonly shadow_strength: Message<'RandomGeneratorParameter'>;
    readonly noise: Message<'RandomGeneratorParameter'>;
  };
  BlackAugmentationParameter: {
    readonly black: Message<'RandomGeneratorParameter'>;
    readonly border: Message<'RandomGeneratorParameter'>;
  };
  FlowWarpParameter: {
    readonly fill_value: Enums['FlowWarpParameter.FillParameter'];
  };
  LpqLossParameter: {
    readonly pq_episode_starts_at_iter: readonly number[];
    readonly p: readonly number[];
    readonly q: readonly number[];
    readonly p_epsilon: number;
    readonly q_epsilon: number;
    readonly l2_prescale_by_channels: boolean;
    readonly normalize_by_num_entries: boolean;
  };
  RandomGeneratorParameter: {
    readonly rand_type: string;
    readonly exp: boolean;
    readonly mean: number;
    readonly spread: number;
    readonly prob: number;
    readonly apply_schedule: boolean;
    readonly discretize: boolean;
    readonly multiplier: number;
  };
  L1LossParameter: {
    readonly l2_per_location: boolean;
    readonly l2_prescale_by_channels: boolean;
    readonly normalize_by_num_entries: boolean;
    readonly epsilon: number;
    readonly plateau: number;
  };
  CorrelationParameter: {
    readonly pad: number;
    readonly kernel_size: number;
    readonly max_displacement: number;
    readonly stride_1: number;
    readonly stride_2: number;
    readonly do_abs: boolean;
    readonly single_direction: number;
    readonly correlation_type: Enums['CorrelationParameter.CorrelationType'];
  };
  DownsampleParameter: {
    readonly top_height: number;
    readonly top_width: number;
  };
  ReaderParameter: { readonly file: string; readonly num: number };
  WriterParameter: {
    readonly file: string;
    readonly folder: string;
    readonly prefix: string;
    readonly suffix: string;
    readonly normalize: boolean;
    readonly scale: number;
  };
  ResampleParameter: {
    readonly width: number;
    readonly height: number;
    readonly type: Enums['ResampleParameter.ResampleType'];
    readonly antialias: boolean;
    readonly factor: number;
  };
  MeanParameter: {
    readonly operation: Enums['MeanParameter.MeanOperation'];
    readonly file: string;
    readonly value: readonly number[];
    readonly mean_scale: number;
    readonly input_scale: number;
    readonly output_scale: number;
  };
  CoeffScheduleParameter: {
    readonly half_life: number;
    readonly initial_coeff: number;
    readonly final_coeff: number;
  };
  DenseBlockParameter: {
    readonly numTransition: number;
    readonly initChannel: number;
    readonly growthRate: number;
    readonly pad_h: number;
    readonly pad_w: number;
    readonly conv_verticalStride: number;
    readonly conv_horizentalStride: number;
    readonly filter_H: number;
    readonly filter_W: number;
    readonly Filter_Filler: Message<'FillerParameter'>;
    readonly BN_Scaler_Filler: Message<'FillerParameter'>;
    readonly BN_Bias_Filler: Message<'FillerParameter'>;
    readonly gpuIdx: number;
    readonly use_dropout: boolean;
    readonly dropout_amount: number;
    readonly use_BC: boolean;
    readonly BC_ultra_space_efficient: boolean;
    readonly workspace_MB: number;
    readonly moving_average_fraction: number;
  };
  CTCDecoderParameter: {
    readonly blank_index: number;
    readonly ctc_merge_repeated: boolean;
  };
  CTCLossParameter: {
    readonly output_delay: number;
    readonly blank_index: number;
    readonly preprocess_collapse_repeated: boolean;
    readonly ctc_merge_repeated: boolean;
    readonly loss_calculation_t: number;
  };
  LSTMParameter: {
    readonly num_output: number;
    readonly clipping_threshold: number;
    readonly weight_filler: Message<'FillerParameter'>;
    readonly bias_filler: Message<'FillerParameter'>;
    readonly batch_size: number;
  };
  ReverseParameter: { readonly axis: number };
  ReverseTimeParameter: { readonly copy_remaining: boolean };
  TransposeParameter: { readonly dim: readonly number[] };
  CtcLossParameter: {
    readonly alphabet_size: number;
    readonly time_step: number;
    readonly blank_label: number;
  };
  ContinuationIndicatorParameter: {
    readonly time_step: number;
    readonly batch_size: number;
  };
  LabelsequenceAccuracyParameter: { readonly blank_label: number };
  CTCParameter: {
    readonly threshold: number;
    readonly decode_type: Enums['CTCParameter.Decoder'];
  };
  MultiStageMeanfieldParameter: {
    readonly compatibility_mode: Enums['MultiStageMeanfieldParameter.Mode'];
    readonly threshold: number;
    readonly theta_alpha: number;
    readonly theta_beta: number;
    readonly theta_gamma: number;
    readonly num_iterations: number;
    readonly spatial_filter_weights_str: string;
    readonly bilateral_filter_weights_str: string;
    readonly force_cpu: boolean;
  };
  ImageDataLocParameter: {
    readonly normalize_by_image_size: boolean;
    readonly output_center_and_radius: boolean;
  };
  RReLUParameter: { readonly lb: number; readonly ub: number };
  ShuffleChannelParameter: { readonly group: number };
  ForceRegular: {
    readonly xdim: number;
    readonly ydim: number;
    readonly multi: number;
  };
  SparsifyParameter: { readonly thre: number; readonly coef: number };
  SymmetricRectifyParameter: {
    readonly filler: Message<'FillerParameter'>;
    readonly channel_shared: boolean;
    readonly thre_decay: number;
  };
  QuantizerParameter: {
    readonly name: string;
    readonly zone: number;
    readonly input_data_type: Enums['DataType'];
    readonly output_data_type: Enums['DataType'];
    readonly observed_max: number;
    readonly observed_min: number;
    readonly max_in: number;
    readonly min_in: number;
    readonly max_out: number;
    readonly min_out: number;
    readonly mode: Enums['QuantizerMode'];
    readonly device: number;
    readonly pseudo_target_type: Enums['DataType'];
    readonly pseudo_reset_observed: boolean;
  };
  MOEParameter: {
    readonly gating_net: Message<'NetParameter'>;
    readonly expert_net: readonly Message<'NetParameter'>[];
    readonly expert_instances: readonly number[];
    readonly select_experts: number;
    readonly map_bottom: readonly Enums['MOEParameter.BottomMapping'][];
    readonly full_forward: boolean;
  };
  AffinityParameter: { readonly offset: readonly number[] };
  MergeCropParameter: {
    readonly operation: Enums['MergeCropParameter.MergeOp'];
    readonly forward: readonly boolean[];
    readonly backward: readonly boolean[];
  };
  CropCenterParameter: { readonly crop_size: readonly number[] };
  RanccLabelNoiseParameter: {
    readonly rate: number;
    readonly classes: number;
    readonly seed: number;
  };
  RanccAugmentParameter: {
    readonly short_side: number;
    readonly pad: number;
    readonly min_area: number;
    readonly max_area: number;
    readonly min_aspect: number;
    readonly max_aspect: number;
    readonly brightness: number;
    readonly contrast: number;
    readonly saturation: number;
    readonly lighting: number;
    readonly std: readonly number[];
  };
}
