// Made by `npm run generate` from caffe.proto and dialects/: do not edit.

import type { PackedTable } from '../unpack-table.js';
import type { DialectName } from './messages.js';

// prettier-ignore
export const table: PackedTable<DialectName> = {
dialects: ["bvlc","ran","happynear","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","yjxiong","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","densenet","lltcggie","rancc"],
dialectSets: [
["nvidia"],
["opencl"],
["yolo"],
["happynear"],
["intel"],
["flownet2"],
["yjxiong"],
["bvlc","ran","happynear","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","densenet","lltcggie","rancc"],
["parsenet"],
["ssd","intel"],
["pvanet"],
["wenwei202"],
["bvlc","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","yjxiong","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","densenet","lltcggie","rancc"],
["ssd","yolo"],
["ssd","nvidia","intel","yolo","pvanet"],
["segnet","enet"],
["enet"],
["yjxiong","parsenet"],
["segnet"],
["ctpn"],
["pspnet"],
["ran"],
["microsoft"],
["pspnet","deeplab-v2"],
["ocr"],
["caffe-face"],
["intel","microsoft"],
["lltcggie"],
["segstereo"],
["deeplab-v2"],
["ssd","nvidia","intel","yolo"],
["crnn"],
["ssd","nvidia","intel","yolo","crnn"],
["ducha-aiki"],
["mini-caffe"],
["ssd","nvidia","intel"],
["crfrnn"],
["rfcn"],
["happynear","microsoft"],
["faster-rcnn","rfcn","pvanet","ctpn"],
["yolo","ducha-aiki"],
["ssd","intel","yolo"],
["ssd","intel","yolo","ducha-aiki"],
["rancc"],
["intel","rfcn","microsoft"],
["bvlc","ran","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","yjxiong","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","densenet","lltcggie","rancc"],
["pspnet","deeplab-v2","ocr"],
["happynear","intel"],
["happynear","nvidia"],
["deeplab","segstereo"],
["faster-rcnn","rfcn","microsoft","ctpn","opencl"],
["deeplab"],
["pspnet","deeplab","deeplab-v2"],
["bvlc","happynear","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","yjxiong","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","densenet","lltcggie","rancc"],
["bvlc","ssd","nvidia","intel","yolo","faster-rcnn","rfcn","microsoft","pvanet","pspnet","yjxiong","segnet","enet","deeplab","deeplab-v2","parsenet","flownet2","ocr","crnn","ctpn","crfrnn","segstereo","ducha-aiki","mini-caffe","caffe-face","wenwei202","opencl","lltcggie","rancc"],
["densenet"],
["ran","happynear","pspnet","yjxiong","segnet","enet","parsenet","ctpn","segstereo","ducha-aiki","mini-caffe"],
["ran","happynear","pspnet","yjxiong","mini-caffe"],
["segnet","enet","parsenet","ctpn","segstereo","ducha-aiki"],
["parsenet","ctpn","segstereo","ducha-aiki"],
["parsenet","ctpn"],
["parsenet","ducha-aiki"],
["ctpn","segstereo"],
["ran","pspnet","deeplab","deeplab-v2","ocr","segstereo"],
["happynear","ducha-aiki"],
["happynear","intel","faster-rcnn","rfcn","microsoft","pvanet","yjxiong","ctpn","ducha-aiki","mini-caffe"],
["happynear","ssd","nvidia","intel","yolo","parsenet","ducha-aiki","opencl"],
["ssd","nvidia","intel","yolo","parsenet","ducha-aiki"],
["ssd","nvidia","intel","yolo","ducha-aiki"],
["happynear","caffe-face"],
["happynear","ssd","nvidia","intel","yolo","parsenet","mini-caffe"],
["ssd","nvidia","intel","yolo","parsenet","mini-caffe"],
["ssd","nvidia","intel","yolo","mini-caffe"],
["happynear","pvanet","mini-caffe"],
["happynear","intel","rfcn","microsoft","mini-caffe"],
["happynear","ssd","nvidia","intel","yolo","crnn","mini-caffe"],
["happynear","ssd","nvidia","intel","yolo","parsenet","ducha-aiki"],
["ssd","nvidia","intel","yjxiong"],
["intel","yolo"],
["intel","faster-rcnn","rfcn","microsoft","pvanet","ctpn"],
["yolo","segnet","enet"],
["flownet2","segstereo"],
["ocr","ctpn"],
["ran","happynear","pspnet","yjxiong","segstereo","mini-caffe"],
["happynear","nvidia","intel"],
],
messages: {
'BlobShape': `
repeated int64 dim 1 packed`,
'BlobProto': `
optional int32 num 1 = 0
optional int32 channels 2 = 0
optional int32 height 3 = 0
optional int32 width 4 = 0
repeated float data 5 packed
repeated float diff 6 packed
optional message:BlobShape shape 7
repeated double double_data 8 packed
repeated double double_diff 9 packed
optional enum:Type raw_data_type 10 @0
optional message:BlobShape shape_stride 10 @1
optional enum:Type raw_diff_type 11 @0
optional bytes packed_data 11 @1
optional bytes raw_data 12 @0
optional bytes packed_diff 12 @1
optional bytes raw_diff 13 @0
optional enum:DataType data_type 13 @1`,
'BlobProtoVector': `
repeated message:BlobProto blobs 1`,
'Datum': `
optional int32 channels 1
optional int32 height 2
optional int32 width 3
optional bytes data 4
optional int32 label 5
repeated float float_data 6
optional bool encoded 7 = false
optional uint32 record_id 8 @0 = 0
optional bytes seg_label 8 @2`,
'FillerParameter': `
optional string type 1 = "constant"
optional float value 2 = 0
optional float min 3 = 0
optional float max 4 = 1
optional float mean 5 = 0
optional float std 6 = 1
optional int32 sparse 7 = -1
optional enum:FillerParameter.VarianceNorm variance_norm 8 = "FAN_IN"
optional float alpha 9 @3 = 0
optional float scale 9 @4 = 1
repeated float diag_val 9 @5`,
'NetParameter': `
optional string name 1
repeated message:V1LayerParameter layers 2
repeated string input 3
repeated int32 input_dim 4
optional bool force_backward 5 = false
optional message:NetState state 6
optional bool debug_info 7 = false
repeated message:BlobShape input_shape 8
optional string engine 9 @4 = ""
optional message:CompileNetState compile_net_state 10 @4
optional enum:Type default_forward_type 11 @0 = "FLOAT"
optional uint32 bn_stats_batch_size 11 @4 = 0
optional enum:Type default_backward_type 12 @0 = "FLOAT"
optional enum:Type default_forward_math 13 @0 = "FLOAT"
optional enum:Type default_backward_math 14 @0 = "FLOAT"
optional float global_grad_scale 15 @0 = 1
optional bool global_grad_scale_adaptive 16 @0 = false
optional string default_conv_algos_override 17 @0 = "-1,-1,-1"
optional int32 reduce_buckets 18 @0 = 6
optional int32 default_cudnn_math_override 19 @0 = -1
optional bool eltwise_mem_sharing 20 @0 = true
optional enum:DataType data_type 42 @1
repeated message:QuantizerParameter quantizer 80 @1
optional bool reduced_memory_inference 81 @1 = false
optional enum:Autotune autotune 82 @1
repeated message:LayerParameter layer 100
optional message:MultinodeParameter multinode 101 @4
optional message:MemoryOptimizationParameter mem_param 200 @6`,
'SolverParameter': `
optional string train_net 1
repeated string test_net 2
repeated int32 test_iter 3
optional int32 test_interval 4 = 0
optional float base_lr 5
optional int32 display 6
optional int32 max_iter 7
optional string lr_policy 8
optional float gamma 9
optional float power 10
optional float momentum 11
optional float weight_decay 12
optional int32 stepsize 13
optional int32 snapshot 14 = 0
optional string snapshot_prefix 15
optional bool snapshot_diff 16 = false
optional enum:SolverParameter.SolverMode solver_mode 17 = "GPU"
optional int32 device_id 18 @7 = 0
repeated int32 device_id 18 @6
optional int64 device 18 @1 = -1
optional bool test_compute_loss 19 = false
optional int64 random_seed 20 = -1
optional message:NetParameter train_net_param 21
repeated message:NetParameter test_net_param 22
optional bool debug_info 23 = false
optional string net 24
optional message:NetParameter net_param 25
optional message:NetState train_state 26
repeated message:NetState test_state 27
optional bool snapshot_after_train 28 = true
optional string regularization_type 29 = "L2"
optional enum:SolverParameter.SolverType solver_type 30 = "SGD"
optional float delta 31 = 1e-8
optional bool test_initialization 32 = true
optional int32 average_loss 33 = 1
repeated int32 stepvalue 34
optional float clip_gradients 35 = -1
optional int32 iter_size 36 = 1
optional enum:SolverParameter.SnapshotFormat snapshot_format 37 = "BINARYPROTO"
optional int32 richness 37 @6 = 300
optional string eval_type 37 @8 = "classification"
optional float rms_decay 38 = 0.99
repeated int32 group_id 38 @6
optional bool test_before_snapshot 38 @8 = false
optional float momentum2 39 = 0.999
optional bool log_avg_gradient_norm 39 @8 = true
optional string type 40 = "SGD"
optional bool layer_wise_reduce 41 = true
optional string eval_type 41 @9 = "classification"
optional int32 rampup_interval 41 @0 = 0
repeated int32 plateau_winsize 41 @10
optional string force_type 41 @11 = "Degradation"
repeated string weights 42 @12
optional float clamp_weights_lower 42 @3 = -999999.875
optional string ap_version 42 @9 = "Integral"
optional float rampup_lr 42 @0 = 0
optional float force_decay 42 @11 = 0
optional float clamp_weights_upper 43 @3 = 999999.875
repeated int32 plateau_winsize 43 @13
optional float min_lr 43 @0 = 0
optional bool show_per_class_result 43 @4 = false
optional int32 force_iter 43 @11 = -1
optional enum:DataType data_type 43 @1
optional float clip_weights 44 @3 = -1
optional bool show_per_class_result 44 @13 = false
optional enum:Type solver_data_type 44 @0 = "FLOAT"
repeated int32 plateau_winsize 44 @4
optional string force_decay_type 44 @11 = "fixed"
optional bool store_blobs_in_old_format 45 @0 = false
optional string force_direction 45 @11 = "all"
optional string momentum_policy 46 @0 = "fixed"
optional bool disabled_update 46 @4 = false
optional float max_momentum 47 @0 = 0.99
optional string engine 47 @4 = ""
optional float momentum_power 48 @0 = 1
optional int32 warmup_iter 48 @4 = 0
optional bool larc 49 @0 = false
optional float warmup_start_lr 49 @4 = 0
optional string larc_policy 50 @0 = "scale"
optional bool local_lr_auto 50 @4 = false
repeated float stagelr 50 @2
optional float larc_eta 51 @0 = 0.001
optional float local_gw_ratio 51 @4 = 0.001
repeated int32 stageiter 51 @2
optional string weight_decay_policy 52 @0 = "fixed"
optional int32 test_offset 52 @4 = 0
optional string eval_type 52 @2 = "classification"
optional float weight_decay_power 53 @0 = 1
optional string ap_version 53 @2 = "Integral"
optional int32 test_and_snapshot_last_epochs 54 @0 = 0
optional bool larc_turbo 55 @0 = false
optional float max_weight_decay 56 @0 = 0
repeated float stagelr 150 @4
repeated int32 stageiter 151 @4
optional string eval_type 241 @0 = "classification"
optional string ap_version 242 @0 = "Integral"
repeated int32 plateau_winsize 243 @0
optional bool show_per_class_result 244 @0 = false`,
'SolverState': `
optional int32 iter 1
optional string learned_net 2
repeated message:BlobProto history 3
optional int32 current_step 4 = 0
optional float minimum_loss 5 @14 = 1e+38
optional int32 iter_last_event 6 @14 = 0`,
'NetState': `
optional enum:Phase phase 1 = "TEST"
optional int32 level 2 = 0
repeated string stage 3
optional enum:QuantizerMode quantizer_mode 4 @1 = "CAFFE_QUANT_PASSIVE"`,
'NetStateRule': `
optional enum:Phase phase 1
optional int32 min_level 2
optional int32 max_level 3
repeated string stage 4
repeated string not_stage 5`,
'ParamSpec': `
optional string name 1
optional enum:ParamSpec.DimCheckMode share_mode 2
optional float lr_mult 3 = 1
optional float decay_mult 4 = 1
optional message:ForceRegular force_regularize 5 @11
optional float force_mult 6 @11 = 0`,
'LayerParameter': `
optional string name 1
optional string type 2
repeated string bottom 3
repeated string top 4
repeated float loss_weight 5
repeated message:ParamSpec param 6
repeated message:BlobProto blobs 7
repeated message:NetStateRule include 8
repeated message:NetStateRule exclude 9
optional enum:Phase phase 10
repeated bool propagate_down 11
optional bool display 12 @11 = false
optional enum:DataType bottom_data_type 12 @1
optional enum:DataType compute_data_type 13 @1
optional enum:DataType top_data_type 14 @1
repeated message:QuantizerParameter bottom_quantizer 16 @1
repeated message:QuantizerParameter top_quantizer 17 @1
optional message:QuantizerParameter net_quantizer 18 @1
repeated message:QuantizerParameter blobs_quantizer 19 @1
optional enum:Autotune autotune 20 @1
optional message:BNParameter bn_param 45 @15
optional message:DenseImageDataParameter dense_image_data_param 46 @16
optional int64 device 95 @1 = -1
repeated int64 bottom_shared_index 96 @1
repeated int64 top_shared_index 97 @1
optional message:TransformationParameter transform_param 100
optional message:LossParameter loss_param 101
optional message:AccuracyParameter accuracy_param 102
optional message:ArgMaxParameter argmax_param 103
optional message:ConcatParameter concat_param 104
optional message:ContrastiveLossParameter contrastive_loss_param 105
optional message:ConvolutionParameter convolution_param 106
optional message:DataParameter data_param 107
optional message:DropoutParameter dropout_param 108
optional message:DummyDataParameter dummy_data_param 109
optional message:EltwiseParameter eltwise_param 110
optional message:ExpParameter exp_param 111
optional message:HDF5DataParameter hdf5_data_param 112
optional message:HDF5OutputParameter hdf5_output_param 113
optional message:HingeLossParameter hinge_loss_param 114
optional message:ImageDataParameter image_data_param 115
optional message:InfogainLossParameter infogain_loss_param 116
optional message:InnerProductParameter inner_product_param 117
optional message:LRNParameter lrn_param 118
optional message:MemoryDataParameter memory_data_param 119
optional message:MVNParameter mvn_param 120
optional message:PoolingParameter pooling_param 121
optional message:PowerParameter power_param 122
optional message:ReLUParameter relu_param 123
optional message:SigmoidParameter sigmoid_param 124
optional message:SoftmaxParameter softmax_param 125
optional message:SliceParameter slice_param 126
optional message:TanHParameter tanh_param 127
optional message:ThresholdParameter threshold_param 128
optional message:WindowDataParameter window_data_param 129
optional message:PythonParameter python_param 130
optional message:PReLUParameter prelu_param 131
optional message:SPPParameter spp_param 132
optional message:ParseEvaluateParameter parse_evaluate_param 132 @8
optional message:ReshapeParameter reshape_param 133
optional message:UnPoolingParameter unpooling_param 133 @8
optional message:LogParameter log_param 134
optional message:NormalizeParameter norm_param 134 @8
optional message:FlattenParameter flatten_param 135
optional message:ReductionParameter reduction_param 136
optional message:EmbedParameter embed_param 137
optional message:BNParameter bn_param 137 @17
optional message:UpsampleParameter upsample_param 137 @18
optional message:TileParameter tile_param 138
optional message:DenseImageDataParameter dense_image_data_param 138 @18
optional message:BatchNormParameter batch_norm_param 139
optional message:ELUParameter elu_param 140
optional message:VideoDataParameter video_data_param 140 @6
optional message:LSTMParameter lstm_param 140 @19
optional message:BiasParameter bias_param 141
optional message:SegDataParameter seg_data_param 141 @6
optional message:CTCParameter ctc_param 141 @19
optional message:ScaleParameter scale_param 142
optional message:TransposeParameter transpose_param 142 @19
optional message:InputParameter input_param 143
optional message:InterpParameter interp_param 143 @20
optional message:ReverseParameter reverse_param 143 @19
optional message:CropParameter crop_param 144
optional message:SegAccuracyParameter seg_accuracy_param 144 @20
optional message:BNParameter bn_param 144 @19
optional message:ParameterParameter parameter_param 145
optional enum:Type forward_type 145 @0 = "FLOAT"
optional message:MatWriteParameter mat_write_param 145 @20
optional message:RecurrentParameter recurrent_param 146
optional enum:Type backward_type 146 @0 = "FLOAT"
optional message:DenseCRFParameter dense_crf_param 146 @20
optional message:SwishParameter swish_param 147 @12
optional message:InterpParameter interp_param 147 @21
optional enum:Type forward_math 147 @0 = "FLOAT"
optional message:ROIPoolingParameter roi_pooling_param 147 @22
optional message:DomainTransformParameter domain_transform_param 147 @23
optional message:UpsampleParameter upsample_param 147 @16
optional message:DenseBlockParameter denseblock_param 147 @24
optional message:CenterLossParameter center_loss_param 147 @25
optional message:SparsifyParameter sparsify_param 147 @11
optional message:ClipParameter clip_param 148 @12
optional message:BNParameter bn_param 148 @21
optional enum:Type backward_math 148 @0 = "FLOAT"
optional message:SmoothL1LossParameter smooth_l1_loss_param 148 @26
optional message:AdaptiveBiasChannelParameter adaptive_bias_channel_param 148 @23
optional message:CoeffScheduleParameter coeff_schedule_param 148 @5
optional message:SymmetricRectifyParameter symmetric_rectify_param 148 @11
optional message:MergeCropParameter mergecrop_param 148 @1
optional bool debug 149 @0 = false
optional string engine 149 @4 = ""
optional message:ReorgParameter reorg_param 149 @2
optional message:PSROIPoolingParameter psroi_pooling_param 149 @22
optional message:BiasChannelParameter bias_channel_param 149 @23
optional message:AugmentationParameter augmentation_param 149 @5
optional message:AffinityParameter affinity_param 149 @1
optional message:CropCenterParameter crop_center_param 149 @27
optional int32 cudnn_math_override 150 @0 = -1
optional message:MultinodeLayerParameter multinode 150 @4
optional message:UpsampleParameter upsample_param 150 @2
optional message:BoxAnnotatorOHEMParameter box_annotator_ohem_param 150 @22
optional message:UniqueLabelParameter unique_label_param 150 @23
optional message:ROIPoolingParameter roi_pooling_param 150 @6
optional message:CorrelationParameter correlation_param 150 @5
optional message:BNParameter bn_param 150 @28
optional message:MOEParameter moe_param 150 @1
optional message:MnActivationParameter mn_activation_param 151 @4
optional message:MatReadParameter mat_read_param 151 @23
optional message:L1LossParameter l1_loss_param 151 @5
optional message:CorrelationParameter correlation_param 151 @28
optional message:NoiseParameter noise_param 151 @1
optional message:TRTParameter trt_param 152 @0
optional message:BoxAnnotatorOHEMParameter box_annotator_ohem_param 152 @4
optional message:BNParameter bn_param 152 @20
optional message:DenseCRFParameter dense_crf_param 152 @29
optional message:WriterParameter writer_param 152 @5
optional message:InterpParameter interp_param 152 @28
optional message:PSROIPoolingParameter psroi_pooling_param 153 @4
optional message:InterpParameter interp_param 153 @29
optional message:ReaderParameter reader_param 153 @5
optional message:ROIPoolingParameter roi_pooling_param 154 @4
optional message:SegAccuracyParameter seg_accuracy_param 154 @29
optional message:MeanParameter mean_param 154 @5
optional message:SpatialDropoutParameter spatial_dropout_param 155 @4
optional message:MatWriteParameter mat_write_param 155 @29
optional message:ResampleParameter resample_param 155 @5
optional message:MnParamGradCompressParameter mn_grad_compress_param 156 @4
optional message:DownsampleParameter downsample_param 156 @5
optional bool reshape_every_iter 157 @5 = true
optional message:QuantizationParameter quantization_param 158 @4
optional message:LpqLossParameter lpq_loss_param 158 @5
optional message:CTCDecoderParameter ctc_decoder_param 158 @24
optional message:ReorgParameter reorg_param 159 @4
optional message:FlowWarpParameter flow_warp_param 159 @5
optional message:CTCLossParameter ctc_loss_param 159 @24
optional message:AccumParameter accum_param 160 @5
optional message:ReverseParameter reverse_param 160 @24
optional message:BlackAugmentationParameter black_augmentation_param 161 @5
optional message:ReverseTimeParameter reverse_time_param 161 @24
optional message:BatchReductionParameter batch_reduction_param 162 @6
optional message:InterpParameter interp_param 162 @24
optional message:BNParameter bn_param 200 @3
optional message:AnnotatedDataParameter annotated_data_param 200 @30
optional message:CtcLossParameter ctc_loss_param 200 @31
optional message:LocalParameter local_param 201 @3
optional message:MultiBoxLossParameter multibox_loss_param 201 @30
optional message:ContinuationIndicatorParameter continuation_indicator_param 201 @31
optional message:InsanityParameter insanity_param 202 @3
optional message:PermuteParameter permute_param 202 @32
optional message:BNParameter bn_param 202 @33
optional message:TripletLossParameter triplet_loss_param 203 @3
optional message:PriorBoxParameter prior_box_param 203 @30
optional message:LabelsequenceAccuracyParameter labelsequence_accuracy_param 203 @31
optional message:RReLUParameter rrelu_param 203 @33
optional message:ROIPoolingParameter roi_pooling_param 204 @3
optional message:DetectionOutputParameter detection_output_param 204 @30
optional message:LocalParameter local_param 204 @33
optional message:BNParameter bn_param 204 @34
optional message:EltwiseAffineParameter eltwise_affine_param 205 @3
optional message:DetectionEvaluateParameter detection_evaluate_param 205 @30
optional message:TripletLossParameter triplet_loss_param 205 @33
optional message:SubRegionParameter sub_region_param 206 @3
optional message:NormalizeParameter norm_param 206 @30
optional message:ROIPoolingParameter roi_pooling_param 206 @33
optional message:NoiseParameter noise_param 207 @3
optional message:VideoDataParameter video_data_param 207 @35
optional message:HotspotParameter hotspot_param 208 @3
optional message:SplitParameter split_param 208 @4
optional message:PredictBoxParameter predict_box_param 209 @3
optional message:RegionLossParameter region_loss_param 209 @4
optional message:FCNDataParameter fcn_data_param 210 @3
optional message:CenterLossParameter center_loss_param 211 @3
optional message:ReLUParameter relu6_param 211 @2
optional message:FlipParameter flip_param 212 @3
optional message:InnerDistanceParameter inner_distance_param 213 @3
optional message:NormalizeParameter normalize_param 214 @3
optional message:GeneralContrastiveParameter general_contrastive_loss_param 215 @3
optional message:SoftContrastiveParameter soft_contrastive_loss_param 216 @3
optional message:GeneralTripletParameter general_triplet_loss_param 217 @3
optional message:SoftTruncationParameter soft_truncation_param 218 @3
optional message:ProposalParameter proposal_param 219 @3
optional message:PSROIPoolingParameter psroi_pooling_param 220 @3
optional message:EltwiseAffineParameter eltwise_affine_param 220 @33
optional message:PairwiseParameter pairwise_param 221 @3
optional message:SmoothL1Parameter smoothl1_param 222 @3
optional message:BatchContrastiveParameter batch_contrastive_loss_param 223 @3
optional message:PermuteParameter permute_param 224 @3
optional message:ProposalParameter proposal_param 224 @34
optional message:TruncationParameter truncation_param 225 @3
optional message:PSROIPoolingParameter psroi_pooling_param 225 @34
optional message:NCAParameter nca_param 226 @3
optional message:LargeMarginInnerProductParameter largemargin_inner_product_param 227 @3
optional message:LabelSpecificRescaleParameter label_specific_rescale_param 228 @3
optional message:InfimumLossParamter infimum_loss_param 229 @3
optional message:ROIPoolingParameter roi_pooling_param 229 @34
optional message:OrdinalRegressionParameter ordinal_regression_loss_param 230 @3
optional message:ResizeParameter resize_param 231 @3
optional message:MarginInnerProductParameter margin_inner_product_param 232 @3
optional message:FeatureDecayLossParameter feature_decay_loss_param 233 @3
optional message:ConfidencePenaltyLossParameter confidence_penalty_loss_param 234 @3
optional message:FocalLossParameter focal_loss_param 235 @3
optional message:LabelSpecificMarginParameter label_specific_margin_param 236 @3
optional message:ChannelScaleParameter channel_scale_param 237 @3
optional message:LabelSpecificAffineParameter label_specific_affine_param 238 @3
optional message:DetectionOutputParameter detection_output_param 238 @34
optional message:LabelSpecificHardMarginParameter label_specific_hard_margin_param 239 @3
optional message:PermuteParameter permute_param 239 @34
optional message:PriorBoxParameter prior_box_param 240 @34
optional message:LabelSpecificAddParameter label_specific_add_param 241 @3
optional message:ShuffleChannelParameter shuffle_channel_param 241 @34
optional message:NormalizeParameter norm_param 242 @34
optional message:EvalDetectionParameter eval_detection_param 301 @4
optional message:ImageDataLocParameter image_loc_data_param 401 @33
optional message:RegionLossParameter region_loss_param 600 @2
optional message:YoloDetectionOutputParameter yolo_detection_output_param 601 @2
optional message:Yolov3DetectionOutputParameter yolov3_detection_output_param 602 @2
optional message:Yolov3Parameter yolov3_param 603 @2
optional message:YoloSegParameter yolo_seg_param 604 @2
optional message:SegmentationEvaluateParameter segmentation_evaluate_param 605 @2
optional message:MultiStageMeanfieldParameter multi_stage_meanfield_param 1000 @36
optional message:DetectNetGroundTruthParameter detectnet_groundtruth_param 6801 @0
optional message:DetectNetAugmentationParameter detectnet_augmentation_param 6802 @0
optional message:BoxAnnotatorOHEMParameter box_annotator_ohem_param 10000 @37
optional message:PSROIPoolingParameter psroi_pooling_param 10001 @37
optional message:MILDataParameter mil_data_param 5065028 @38
optional message:MILParameter mil_param 5065036 @38
optional message:TransposeParameter transpose_param 8266710 @24
optional message:ROIPoolingParameter roi_pooling_param 8266711 @39
optional message:LSTMParameter lstm_param 8266711 @24
optional message:SmoothL1LossParameter smooth_l1_loss_param 8266712 @39
optional message:ProposalParameter proposal_param 8266713 @10`,
'TransformationParameter': `
optional float scale 1 = 1
optional bool mirror 2 = false
optional uint32 crop_size 3 = 0
optional string mean_file 4
repeated float mean_value 5
optional bool force_color 6 = false
repeated message:ResizeParameter resize_param 6 @8
optional bool force_gray 7 = false
repeated message:NoiseParameter noise_param 7 @8
optional uint32 crop_h 8 @3 = 0
optional message:ResizeParameter resize_param 8 @9
optional bool use_gpu_transform 8 @0 = false
repeated message:ResizeParameter resize_param 8 @40
repeated float scale_factors 8 @23
optional bool vertical_mirror 8 @8 = false
optional bool add_noise 8 @24 = false
optional uint32 crop_w 9 @3 = 0
optional message:NoiseParameter noise_param 9 @41
optional int64 random_seed 9 @0 = -1
optional uint32 crop_width 9 @23 = 0
optional bool random_90_deg_rot 9 @8 = false
optional float noise_ratio 9 @24
repeated message:NoiseParameter noise_param 9 @33
optional bool center_crop 10 @3 = false
optional message:EmitConstraint emit_constraint 10 @41
optional uint32 img_rand_resize_lower 10 @0 = 0
optional uint32 crop_height 10 @23 = 0
optional bool fix_crop 10 @6 = false
repeated float scale_factors 10 @24
optional bool random_crop_on_test 10 @33 = false
optional float erase_ratio 11 @3 = 0
optional uint32 crop_h 11 @42 = 0
optional uint32 img_rand_resize_upper 11 @0 = 0
optional bool multi_scale 11 @6 = false
optional uint32 crop_width 11 @24 = 0
optional float scale_min 12 @3 = 0.02
optional uint32 crop_w 12 @42 = 0
optional float rand_resize_ratio_lower 12 @0 = 0
repeated float scale_ratios 12 @6
optional uint32 crop_height 12 @24 = 0
optional float scale_max 13 @3 = 0.4
optional message:DistortionParameter distort_param 13 @41
optional float rand_resize_ratio_upper 13 @0 = 0
optional int32 max_distort 13 @6 = 1
optional bool vertical_mirror 13 @33 = false
optional float aspect_min 14 @3 = 0.33
optional message:ExpansionParameter expand_param 14 @41
optional float vertical_stretch_lower 14 @0 = 1
optional bool is_flow 14 @6 = false
optional bool random_90_deg_rot 14 @33 = false
optional float aspect_max 15 @3 = 3
optional float vertical_stretch_upper 15 @0 = 1
optional message:RandomResizeParameter random_resize_param 15 @4
optional bool enable_classf_aug 15 @2 = false
optional bool more_fix_crop 15 @6 = false
optional float horizontal_stretch_lower 16 @0 = 1
optional message:RandomAspectRatioParameter random_aspect_ratio_param 16 @4
optional float min_scaling_factor 16 @2 = 0.75
optional int32 stride 16 @6 = 1
optional float horizontal_stretch_upper 17 @0 = 1
optional bool flow 17 @4 = false
optional float max_scaling_factor 17 @2 = 1.5
optional int32 upper_size 17 @6
optional enum:TransformationParameter.InterpolationAlgo interpolation_algo_down 18 @0 = "INTER_NEAREST"
optional bool bgr2rgb 18 @4 = false
optional uint32 max_rotation_angle 18 @2 = 0
optional int32 upper_height 18 @6
optional enum:TransformationParameter.InterpolationAlgo interpolation_algo_up 19 @0 = "INTER_CUBIC"
optional uint32 pad 19 @4 = 0
optional bool contrast_brightness_adjustment 19 @2 = false
optional int32 upper_width 19 @6
optional bool allow_upscale 20 @0 = false
optional bool smooth_filtering 20 @2 = false
optional bool original_image 20 @6 = false
optional enum:Packing forward_packing 21 @0 = "NCHW"
optional float min_contrast 21 @2 = 0.8
optional bool display 22 @0 = false
optional float max_contrast 22 @2 = 1.2
optional int32 num_labels 23 @0 = 0
optional uint32 max_brightness_shift 23 @2 = 5
optional float max_smooth 24 @2 = 6
optional uint32 max_color_shift 25 @2 = 0
optional uint32 min_side_min 26 @2 = 0
optional uint32 min_side_max 27 @2 = 0
optional uint32 min_side 28 @2 = 0
optional float apply_probability 29 @2 = 0.5
optional bool debug_params 30 @2 = false
optional bool cvt_bgr2rgb 31 @2 = false
optional message:ResizeParameter resize_param 208 @0
optional message:NoiseParameter noise_param 209 @0
optional message:EmitConstraint emit_constraint 210 @0
optional uint32 crop_h 211 @0 = 0
optional uint32 crop_w 212 @0 = 0
optional message:DistortionParameter distort_param 213 @0
optional message:ExpansionParameter expand_param 214 @0
optional message:RanccAugmentParameter rancc_augment 2000 @43
optional message:RanccLabelNoiseParameter rancc_label_noise 2001 @43`,
'LossParameter': `
optional int32 ignore_label 1
optional bool normalize 2
optional enum:LossParameter.NormalizationMode normalization 3 = "VALID"
optional bool weight_by_label_freqs 3 @15 = false
optional float label_smoothing 4 @0 = 0
optional float pre_fixed_normalizer 4 @44 = 1
repeated float class_weighting 4 @15
optional float label_smoothing 5 @4 = 0`,
'AccuracyParameter': `
optional uint32 top_k 1 = 1
optional int32 axis 2 = 1
optional int32 ignore_label 3
optional bool min_is_better 4 @3 = false`,
'ArgMaxParameter': `
optional bool out_max_val 1 = false
optional uint32 top_k 2 = 1
optional int32 axis 3`,
'ClipParameter': `@12
required float min 1 @12
required float max 2 @12`,
'ConcatParameter': `
optional uint32 concat_dim 1 = 1
optional int32 axis 2 = 1
optional enum:ConcatParameter.Engine engine 3 @4 = "DEFAULT"
optional bool per_fla_fuse 4 @4 = false`,
'BatchNormParameter': `
optional bool use_global_stats 1
optional float moving_average_fraction 2 @45 = 0.999
optional float moving_average_fraction 2 @3 = 0.99
optional float eps 3 = 0.00001
optional bool disable_mean 4 @3 = false
optional enum:BatchNormParameter.Engine engine 4 @4 = "DEFAULT"
optional bool update_global_stats 4 @46 = false
optional bool fused_relu 4 @1 = false
optional bool disable_variance 5 @3 = false
optional message:FillerParameter scale_filler 5 @0
optional bool use_weight_bias 5 @4 = true
optional message:FillerParameter bias_filler 6 @0
optional bool bias_term 6 @4 = true
optional message:FillerParameter scale_filler 7 @3
optional bool scale_bias 7 @0 = false
optional message:FillerParameter filler 7 @4
optional message:FillerParameter bias_filler 8 @47
optional uint32 stats_batch_size 9 @4 = 0
optional bool relu 10 @4 = false
optional enum:BatchNormParameter.Engine engine 15 @48 = "DEFAULT"`,
'BiasParameter': `
optional int32 axis 1 = 1
optional int32 num_axes 2 = 1
optional message:FillerParameter filler 3`,
'ContrastiveLossParameter': `
optional float margin 1 = 1
optional bool legacy_version 2 = false`,
'ConvolutionParameter': `
optional uint32 num_output 1
optional bool bias_term 2 = true
repeated uint32 pad 3
repeated uint32 kernel_size 4
optional uint32 group 5 = 1
repeated uint32 stride 6
optional message:FillerParameter weight_filler 7
optional message:FillerParameter bias_filler 8
optional uint32 pad_h 9 = 0
optional uint32 pad_w 10 = 0
optional uint32 kernel_h 11
optional uint32 kernel_w 12
optional uint32 stride_h 13
optional uint32 stride_w 14
optional enum:ConvolutionParameter.Engine engine 15 = "DEFAULT"
optional int32 axis 16 = 1
optional uint32 filter_stride 16 @8 = 1
optional bool force_nd_im2col 17 = false
optional uint32 dilation_h 17 @6
optional uint32 hole 17 @49 = 1
optional uint32 filter_stride_h 17 @8
repeated uint32 dilation 18
optional uint32 dilation_w 18 @6
optional uint32 hole_h 18 @49 = 1
optional uint32 filter_stride_w 18 @8
optional enum:ConvolutionParameter.CuDNNConvolutionAlgorithmSeeker cudnn_convolution_algo_seeker 19 @48 = "FINDEX"
optional bool relu 19 @4 = false
optional uint32 hole_w 19 @49 = 1
optional enum:ConvolutionParameter.FuseType fuse_type 19 @1 = "UNFUSED"
repeated uint32 shape_offset 20 @3
optional string conv_algos_override 20 @0 = "-1,-1,-1"
optional float negative_slope 20 @4 = 0
optional uint32 num_deformable_group 20 @28 = 1
optional message:EltwiseParameter eltwise_param 20 @1
optional string conv_algorithm 21 @4 = "direct"
optional bool group_compute_in_parallel 21 @28 = true
repeated float coeff 23 @4
optional enum:ConvolutionParameter.FusionType fusion_type 24 @4 = "NONE_FUSION"
optional message:ReLUParameter relu_param 30 @1`,
'CropParameter': `
optional int32 axis 1 = 2
repeated uint32 offset 2`,
'DataParameter': `
optional string source 1
optional float scale 2 = 1
optional string mean_file 3
optional uint32 batch_size 4
optional uint32 crop_size 5 = 0
optional bool mirror 6 = false
optional uint32 rand_skip 7 = 0
optional enum:DataParameter.DB backend 8 = "LEVELDB"
optional bool force_encoded_color 9 = false
optional uint32 prefetch 10 = 4
optional bool shuffle 10 @6 = false
optional uint32 shuffle_buffer_size 10 @8
optional uint32 threads 11 @0 = 0
optional bool shuffle 11 @4 = false
optional uint32 task_class_num 11 @24 = 1
optional uint32 parser_threads 12 @0 = 0
repeated uint32 side 12 @4
optional bool cache 13 @0 = false
optional bool shuffle 14 @0 = false
optional bool precache 16 @0 = false
optional string preselection_file 3001 @5
optional int32 preselection_label 3002 @5
optional int32 range_start 3003 @5 = 0
optional int32 range_end 3004 @5 = -1
optional bool rand_permute 3005 @5 = false
optional enum:DataParameter.RANDPERMORDER rand_permute_order 3006 @5 = "FIRST_PERMUTE_THEN_RANGE"
optional uint32 rand_permute_seed 3007 @5 = 0
repeated uint32 slice_point 3008 @5
repeated enum:DataParameter.CHANNELENCODING encoding 3009 @5
optional bool verbose 3010 @5 = false
repeated float subtract 3011 @5
optional uint32 permute_every_iter 3012 @5 = 0
optional uint32 block_size 3013 @5 = 0
optional uint32 disk_reader_threads 4001 @5 = 1
optional bool huge_video_dataset 7000 @5 = false
optional int32 limit_samples 7001 @5 = -1`,
'DropoutParameter': `
optional float dropout_ratio 1 = 0.5
optional bool sqrt_scale 2 @3 = false
optional enum:DropoutParameter.Engine engine 2 @0 = "DEFAULT"
optional bool scale_train 2 @50 = true
optional bool sample_weights_test 2 @15 = false
optional int64 random_seed 3 @0 = -1`,
'DummyDataParameter': `
repeated message:FillerParameter data_filler 1
repeated uint32 num 2
repeated uint32 channels 3
repeated uint32 height 4
repeated uint32 width 5
repeated message:BlobShape shape 6`,
'EltwiseParameter': `
optional enum:EltwiseParameter.EltwiseOp operation 1 = "SUM"
repeated float coeff 2
optional bool stable_prod_grad 3 = true
optional enum:EltwiseParameter.Engine engine 4 @4 = "DEFAULT"`,
'ELUParameter': `
optional float alpha 1 = 1
optional float lambda 2 @0 = 1
optional bool symmetric_mode 2 @33 = false`,
'EmbedParameter': `
optional uint32 num_output 1
optional uint32 input_dim 2
optional bool bias_term 3 = true
optional message:FillerParameter weight_filler 4
optional message:FillerParameter bias_filler 5`,
'ExpParameter': `
optional float base 1 = -1
optional float scale 2 = 1
optional float shift 3 = 0`,
'FlattenParameter': `
optional int32 axis 1 = 1
optional int32 end_axis 2 = -1`,
'HDF5DataParameter': `
optional string source 1
optional uint32 batch_size 2
optional bool shuffle 3 = false`,
'HDF5OutputParameter': `
optional string file_name 1`,
'HingeLossParameter': `
optional enum:HingeLossParameter.Norm norm 1 = "L1"`,
'ImageDataParameter': `
optional string source 1
optional float scale 2 = 1
optional string mean_file 3
optional uint32 batch_size 4 = 1
optional uint32 crop_size 5 = 0
optional bool mirror 6 = false
optional uint32 rand_skip 7 = 0
optional bool shuffle 8 = false
optional uint32 new_height 9 = 0
optional uint32 new_width 10 = 0
optional bool is_color 11 = true
optional string root_folder 12 = ""
optional bool face_transform 13 @3 = false
optional uint32 short_side 13 @0 = 0
optional uint32 min_height 13 @4 = 0
optional uint32 label_divide_factor 13 @16 = 1
optional bool has_label 13 @51 = true
optional uint32 task_class_num 13 @24 = 1
optional float max_shear_ratio 14 @3 = 0
optional uint32 threads 14 @0 = 4
optional uint32 min_width 14 @4 = 0
optional int32 max_labels 14 @51 = 1
optional bool regression 14 @24 = false
optional float max_aspect_ratio 15 @3 = 0
optional bool cache 15 @0 = false
optional int32 ignore_label 15 @52 = 255
optional float max_rotate_angle 16 @3 = 0
optional bool precache 16 @0 = false
optional enum:ImageDataParameter.LabelType label_type 16 @52 = "IMAGE"
optional float min_random_scale 17 @3 = 1
optional float dataset_share_per_node 17 @0 = 1
optional float max_random_scale 18 @3 = 1
optional uint32 max_random_shift 19 @3 = 0
optional bool face_mirror 20 @3 = false
optional uint32 face_point_num 21 @3 = 0
optional bool balance_class 22 @3 = false
optional uint32 balance_by 23 @3 = 0
optional uint32 label_cut_start 24 @3 = 0
optional uint32 label_cut_end 25 @3 = 0`,
'InfogainLossParameter': `
optional string source 1
optional int32 axis 2 @53 = 1`,
'InnerProductParameter': `
optional uint32 num_output 1
optional bool bias_term 2 = true
optional message:FillerParameter weight_filler 3
optional message:FillerParameter bias_filler 4
optional int32 axis 5 = 1
optional bool transpose 6 = false
optional bool normalize 7 @3 = false
optional enum:InnerProductParameter.Engine engine 7 @4 = "DEFAULT"
optional bool relu 8 @4 = false
optional float negative_slope 9 @4 = 0`,
'InputParameter': `
repeated message:BlobShape shape 1`,
'LogParameter': `
optional float base 1 = -1
optional float scale 2 = 1
optional float shift 3 = 0`,
'LRNParameter': `
optional uint32 local_size 1 = 5
optional float alpha 2 = 1
optional float beta 3 = 0.75
optional enum:LRNParameter.NormRegion norm_region 4 = "ACROSS_CHANNELS"
optional float k 5 = 1
optional enum:LRNParameter.Engine engine 6 = "DEFAULT"
optional enum:LRNParameter.FuseType fuse_type 7 @1 = "UNFUSED"
optional message:PoolingParameter pooling_param 8 @1
optional bool unit_test_mode 9 @1 = false
optional bool unit_test_fuse_kernel 10 @1 = false`,
'MemoryDataParameter': `
optional uint32 batch_size 1
optional uint32 channels 2
optional uint32 height 3
optional uint32 width 4
optional bool transpose 5 @3 = false
optional uint32 label_size 5 @24
repeated uint64 dim 5 @1`,
'MVNParameter': `
optional bool normalize_variance 1 = true
optional bool across_channels 2 = false
optional float eps 3 = 1e-9`,
'ParameterParameter': `
optional message:BlobShape shape 1
optional message:FillerParameter blob_filler 2 @3`,
'PoolingParameter': `
optional enum:PoolingParameter.PoolMethod pool 1 = "MAX"
optional uint32 kernel_size 2
optional uint32 stride 3 = 1
optional uint32 pad 4 = 0
optional uint32 kernel_h 5
optional uint32 kernel_w 6
optional uint32 stride_h 7
optional uint32 stride_w 8
optional uint32 pad_h 9 = 0
optional uint32 pad_w 10 = 0
optional enum:PoolingParameter.Engine engine 11 = "DEFAULT"
optional bool global_pooling 12 = false
optional enum:PoolingParameter.RoundMode round_mode 13 @54 = "CEIL"
optional float blobs_lr 13 @3
optional bool avg_include_pad 13 @4 = true
optional uint32 bin_size 13 @8
repeated uint64 dilation 13 @1
optional bool ceil_mode 13 @55 = true
optional float blobs_a_min 14 @3 = 0.0001
optional int32 axis 14 @4 = 1
optional uint32 bin_h 14 @8
repeated uint32 pad_3d 15 @4
optional uint32 bin_w 15 @8
repeated uint32 kernel_size_3d 16 @4
optional int64 axis 16 @1 = 1
repeated uint32 stride_3d 17 @4
optional bool torch_pooling 40 @0 = false`,
'PowerParameter': `
optional float power 1 = 1
optional float scale 2 = 1
optional float shift 3 = 0`,
'PythonParameter': `
optional string module 1
optional string layer 2
optional string param_str 3 = ""
optional bool share_in_parallel 4 = false`,
'RecurrentParameter': `
optional uint32 num_output 1 = 0
optional message:FillerParameter weight_filler 2
optional message:FillerParameter bias_filler 3
optional bool debug_info 4 = false
optional bool expose_hidden 5 = false`,
'ReductionParameter': `
optional enum:ReductionParameter.ReductionOp operation 1 = "SUM"
optional int32 axis 2 = 0
optional float coeff 3 = 1
optional int32 k 4 @6 = 1`,
'ReLUParameter': `
optional float negative_slope 1 = 0
optional enum:ReLUParameter.Engine engine 2 = "DEFAULT"
optional bool fuse 3 @4 = false`,
'ReshapeParameter': `
optional message:BlobShape shape 1
optional int32 axis 2 = 0
optional int32 num_axes 3 = -1
optional int32 pixelshuffler 4 @4 = 1`,
'ScaleParameter': `
optional int32 axis 1 = 1
optional int32 num_axes 2 = 1
optional message:FillerParameter filler 3
optional bool bias_term 4 = false
optional message:FillerParameter bias_filler 5
optional float min_value 6 @3
optional float max_value 7 @3`,
'SigmoidParameter': `
optional enum:SigmoidParameter.Engine engine 1 = "DEFAULT"`,
'SliceParameter': `
optional uint32 slice_dim 1 = 1
repeated uint32 slice_point 2
optional int32 axis 3 = 1`,
'SoftmaxParameter': `
optional enum:SoftmaxParameter.Engine engine 1 = "DEFAULT"
optional int32 axis 2 = 1
optional float hard_ratio 3 @3 = 1
repeated float class_weight 4 @3
optional int32 hard_mining_label 5 @3
optional float cutting_point 6 @3
optional string normalize_type 7 @3 = "Softmax"
optional float label_smooth_factor 8 @3 = 0`,
'SwishParameter': `@12
optional float beta 1 @12 = 1`,
'TanHParameter': `
optional enum:TanHParameter.Engine engine 1 = "DEFAULT"`,
'TileParameter': `
optional int32 axis 1 = 1
optional int32 tiles 2`,
'ThresholdParameter': `
optional float threshold 1 = 0`,
'WindowDataParameter': `
optional string source 1
optional float scale 2 = 1
optional string mean_file 3
optional uint32 batch_size 4
optional uint32 crop_size 5 = 0
optional bool mirror 6 = false
optional float fg_threshold 7 = 0.5
optional float bg_threshold 8 = 0.5
optional float fg_fraction 9 = 0.25
optional uint32 context_pad 10 = 0
optional string crop_mode 11 = "warp"
optional bool cache_images 12 = false
optional string root_folder 13 = ""`,
'SPPParameter': `
optional uint32 pyramid_height 1
optional enum:SPPParameter.PoolMethod pool 2 = "MAX"
optional enum:SPPParameter.Engine engine 6 = "DEFAULT"`,
'V1LayerParameter': `
optional message:V0LayerParameter layer 1
repeated string bottom 2
repeated string top 3
optional string name 4
optional enum:V1LayerParameter.LayerType type 5
repeated message:BlobProto blobs 6
repeated float blobs_lr 7
repeated float weight_decay 8
optional message:ConcatParameter concat_param 9
optional message:ConvolutionParameter convolution_param 10
optional message:DataParameter data_param 11
optional message:DropoutParameter dropout_param 12
optional message:HDF5DataParameter hdf5_data_param 13
optional message:HDF5OutputParameter hdf5_output_param 14
optional message:ImageDataParameter image_data_param 15
optional message:InfogainLossParameter infogain_loss_param 16
optional message:InnerProductParameter inner_product_param 17
optional message:LRNParameter lrn_param 18
optional message:PoolingParameter pooling_param 19
optional message:WindowDataParameter window_data_param 20
optional message:PowerParameter power_param 21
optional message:MemoryDataParameter memory_data_param 22
optional message:ArgMaxParameter argmax_param 23
optional message:EltwiseParameter eltwise_param 24
optional message:ThresholdParameter threshold_param 25
optional message:DummyDataParameter dummy_data_param 26
optional message:AccuracyParameter accuracy_param 27
optional message:HingeLossParameter hinge_loss_param 29
optional message:ReLUParameter relu_param 30
optional message:SliceParameter slice_param 31
repeated message:NetStateRule include 32
repeated message:NetStateRule exclude 33
optional message:MVNParameter mvn_param 34
repeated float loss_weight 35
optional message:TransformationParameter transform_param 36
optional message:TanHParameter tanh_param 37
optional message:SigmoidParameter sigmoid_param 38
optional message:SoftmaxParameter softmax_param 39
optional message:ContrastiveLossParameter contrastive_loss_param 40
optional message:ExpParameter exp_param 41
optional message:LossParameter loss_param 42
optional message:SegAccuracyParameter seg_accuracy_param 42 @51
optional message:BNParameter bn_param 43 @3
optional message:InterpParameter interp_param 43 @51
optional message:AffinityParameter affinity_param 43 @1
optional message:LocalParameter local_param 44 @3
optional message:SoftmaxLossParameter softmaxloss_param 44 @51
optional message:PReLUParameter prelu_param 45 @3
optional message:PaddingParameter padding_param 45 @51
optional message:InsanityParameter insanity_param 46 @3
optional message:MatWriteParameter mat_write_param 46 @51
optional message:TripletLossParameter triplet_loss_param 47 @3
optional message:MatReadParameter mat_read_param 47 @51
optional message:ROIPoolingParameter roi_pooling_param 48 @3
optional message:DenseCRFParameter dense_crf_param 48 @51
optional message:EltwiseAffineParameter eltwise_affine_param 49 @3
optional message:DominantChannelParameter dominant_channel_param 49 @51
optional message:SubRegionParameter sub_region_param 50 @3
optional message:BiasChannelParameter bias_channel_param 50 @51
optional message:NoiseParameter noise_param 51 @3
optional message:UniqueLabelParameter unique_label_param 51 @51
optional message:CensorLabelParameter censor_label_param 52 @51
optional message:AdaptiveBiasChannelParameter adaptive_bias_channel_param 53 @51
optional message:ChannelAggregatorParameter channel_aggregator_param 54 @51
optional message:IgnoreOverlayParameter ignore_overlay_param 55 @51
optional message:HistogramParameter histogram_param 56 @51
optional message:EuclideanLossParameter euclidean_loss_param 57 @51
optional message:GainChannelParameter gain_channel_param 58 @51
optional message:OneHotParameter onehot_param 59 @51
optional message:ReLUParameter relu6_param 61 @2
repeated string param 1001
repeated enum:V1LayerParameter.DimCheckMode blob_share_mode 1002
optional bool strict_dim 1003 @51 = true`,
'V0LayerParameter': `
optional string name 1
optional string type 2
optional uint32 num_output 3
optional bool biasterm 4 = true
optional message:FillerParameter weight_filler 5
optional message:FillerParameter bias_filler 6
optional uint32 pad 7 = 0
optional uint32 kernelsize 8
optional uint32 group 9 = 1
optional uint32 stride 10 = 1
optional enum:V0LayerParameter.PoolMethod pool 11 = "MAX"
optional float dropout_ratio 12 = 0.5
optional uint32 local_size 13 = 5
optional float alpha 14 = 1
optional float beta 15 = 0.75
optional string source 16
optional float scale 17 = 1
optional string meanfile 18
optional uint32 batchsize 19
optional uint32 cropsize 20 = 0
optional bool mirror 21 = false
optional float k 22 = 1
repeated message:BlobProto blobs 50
repeated float blobs_lr 51
repeated float weight_decay 52
optional uint32 rand_skip 53 = 0
optional float det_fg_threshold 54 = 0.5
optional float det_bg_threshold 55 = 0.5
optional float det_fg_fraction 56 = 0.25
optional uint32 det_context_pad 58 = 0
optional string det_crop_mode 59 = "warp"
optional int32 new_num 60 = 0
optional int32 new_channels 61 = 0
optional int32 new_height 62 = 0
optional int32 new_width 63 = 0
optional bool shuffle_images 64 = false
optional uint32 concat_dim 65 = 1
optional message:HDF5OutputParameter hdf5_output_param 1001`,
'PReLUParameter': `
optional message:FillerParameter filler 1
optional bool channel_shared 2 = false`,
'BNParameter': `@56
optional message:FillerParameter slope_filler 1 @57
optional message:FillerParameter scale_filler 1 @58
optional message:FillerParameter bias_filler 2 @57
optional message:FillerParameter shift_filler 2 @58
optional float momentum 3 @57 = 0.9
optional enum:BNParameter.BNMode bn_mode 3 @15 = "LEARN"
optional float var_eps 3 @59 = 1e-10
optional float eps 4 @57 = 0.00001
optional bool moving_average 4 @60 = false
optional bool use_history_in_test 4 @28 = true
optional bool moving_average 4 @33 = true
optional bool frozen 5 @57 = false
optional float decay 5 @61 = 0.95
optional float decay 5 @62 = 0.05
optional enum:BNParameter.Engine engine 6 @57 = "DEFAULT"
optional bool across_spatial 6 @8 = true
optional float axis 6 @19 = 1
optional int32 axis 6 @28 = 1
optional bool moving_average 7 @28 = false
optional bool frozen 11 @28 = false
optional enum:BNParameter.Engine engine 12 @28 = "DEFAULT"
optional enum:BNParameter.SyncScope multigpu_sync 13 @28 = "ALL"`,
'InterpParameter': `@63
optional int32 height 1 @63 = 0
optional int32 width 2 @63 = 0
optional int32 zoom_factor 3 @63 = 1
optional int32 shrink_factor 4 @63 = 1
optional int32 pad_beg 5 @63 = 0
optional int32 pad_end 6 @63 = 0
optional string interp_type 7 @28 = "bilinear"`,
'InnerDistanceParameter': `@3
optional uint32 num_output 1 @3
optional bool bias_term 2 @3 = true
optional message:FillerParameter weight_filler 3 @3
optional message:FillerParameter bias_filler 4 @3
optional int32 axis 5 @3 = 1
optional bool transpose 6 @3 = false
optional string distance_type 7 @3 = "L2"
optional bool normalize 8 @3 = false
optional bool update_center_only 9 @3 = false`,
'MILParameter': `@38
optional enum:MILParameter.MILType type 1 @38 = "MAX"`,
'MILDataParameter': `@38
optional string source 1 @38
optional uint32 num_scales 2 @38 = 1
optional uint32 images_per_batch 3 @38
optional uint32 channels 4 @38 = 3
optional uint32 n_classes 5 @38
optional float scale_factor 6 @38 = 1
optional string label_file 7 @38
optional string root_dir 11 @38
optional string ext 12 @38
optional bool randomize 13 @38 = true`,
'TripletLossParameter': `@64
optional float margin 1 @64 = 1`,
'ROIPoolingParameter': `@65
optional uint32 pooled_h 1 @65 = 0
optional uint32 pooled_w 2 @65 = 0
optional float spatial_scale 3 @65 = 1
repeated uint32 pooled_size 4 @4`,
'InsanityParameter': `@3
optional float lb 1 @3 = 5
optional float ub 2 @3 = 10`,
'LocalParameter': `@64
optional uint32 num_output 1 @64
optional bool bias_term 2 @64 = true
optional uint32 pad 3 @64 = 0
optional uint32 kernel_size 4 @64
optional uint32 stride 6 @64 = 1
optional message:FillerParameter weight_filler 7 @64
optional message:FillerParameter bias_filler 8 @64`,
'EltwiseAffineParameter': `@64
optional message:FillerParameter slope_filler 1 @64
optional message:FillerParameter bias_filler 2 @64
optional bool channel_shared 3 @64 = false`,
'SubRegionParameter': `@3
optional uint32 region_height 1 @3
optional uint32 region_width 2 @3
optional uint32 data_height 3 @3
optional uint32 data_width 4 @3
optional uint32 as_dim 5 @3 = 1`,
'NoiseParameter': `@66
optional float gaussian_std 1 @3 = 0
optional float prob 1 @67 = 0
optional float mu 1 @1 = 0
optional float uniform_range 2 @3 = 0
optional bool hist_eq 2 @67 = false
optional float sigma 2 @1 = 1
optional float bias 3 @3 = 0
optional bool inverse 3 @67 = false
optional bool decolorize 4 @67 = false
optional bool gauss_blur 5 @67 = false
optional float jpeg 6 @67 = -1
optional bool posterize 7 @67 = false
optional bool erode 8 @67 = false
optional bool saltpepper 9 @67 = false
optional message:SaltPepperParameter saltpepper_param 10 @67
optional bool clahe 11 @67 = false
optional bool convert_to_hsv 12 @68 = false
optional bool convert_to_lab 13 @68 = false`,
'HotspotParameter': `@3
optional float gaussian_std 1 @3 = 1
optional uint32 output_height 2 @3 = 0
optional uint32 output_width 3 @3 = 0
optional uint32 data_height 4 @3 = 0
optional uint32 data_width 5 @3 = 0
optional bool mean_removed 6 @3 = true`,
'PredictBoxParameter': `@3
optional uint32 stride 1 @3 = 2
optional uint32 receptive_field 2 @3 = 12
optional bool nms 3 @3 = true
optional bool output_vector 4 @3 = true
optional float positive_thresh 5 @3 = 0.5
optional bool bbreg_exp 6 @3 = true`,
'FCNDataParameter': `@3
optional uint32 template_h 1 @3 = 48
optional uint32 template_w 2 @3 = 42
optional float expand_left 3 @3 = 0.25
optional float expand_right 4 @3 = 0.25
optional float expand_top 5 @3 = 0.5
optional float expand_bottom 6 @3 = 0.25
optional float roi_multiply_h 7 @3 = 5
optional float roi_multiply_w 8 @3 = 5
optional float scale_step 9 @3 = 1.1
optional int32 scale_step_num 10 @3 = 5
optional int32 gaussian_size_h 11 @3 = 7
optional int32 gaussian_size_w 12 @3 = 7
optional float gaussian_std_h 13 @3 = 1.5
optional float gaussian_std_w 14 @3 = 1.5
optional bool use_hog 15 @3 = false
optional int32 hog_cell_size 16 @3 = 4
optional float min_iou 17 @3 = 0.8`,
'CenterLossParameter': `@69
optional uint32 num_output 1 @69
optional message:FillerParameter center_filler 2 @69
optional int32 axis 3 @69 = 1
optional string distance_type 29 @3 = "L2"`,
'FlipParameter': `@3
optional bool flip_width 1 @3 = true
optional bool flip_height 2 @3 = false`,
'NormalizeParameter': `@70
optional string normalize_type 1 @3 = "L2"
optional bool across_spatial 1 @71 = true
optional bool fix_gradient 2 @3 = false
optional message:FillerParameter scale_filler 2 @71
optional bool bp_norm 3 @3 = false
optional bool channel_shared 3 @71 = true
optional float eps 4 @72 = 1e-10
optional bool fix_scale 4 @8 = true
optional float eps 5 @8 = 1e-10`,
'GeneralContrastiveParameter': `@3
optional float positive_margin 1 @3 = 0
optional float negative_margin 2 @3 = 1
optional float positive_weight 3 @3 = 1
optional float negative_weight 4 @3 = 1
optional float normalize_negative 5 @3 = 0
optional float positive_outlier_thresh 6 @3 = 4
optional bool square 7 @3 = false
optional bool max_negative_only 8 @3 = false
optional bool max_positive_only 9 @3 = false
optional bool positive_first 10 @3 = false
optional float positive_upper_bound 11 @3 = 1
optional bool exp_negative_weight 12 @3 = false
optional bool add_intra_mae 13 @3 = false
optional float max_negative_margin 14 @3 = 1.2`,
'BatchContrastiveParameter': `@3
optional float positive_margin 1 @3 = 1
optional float negative_margin 2 @3 = 1
optional float positive_weight 3 @3 = 1
optional float negative_weight 4 @3 = 1
optional bool max_only 5 @3 = false`,
'SoftContrastiveParameter': `@3
optional float positive_margin 1 @3 = 1
optional float negative_margin 2 @3 = 1
optional float positive_weight 3 @3 = 1
optional float negative_weight 4 @3 = 1
optional float exponent_scale 5 @3 = 1
optional bool square 6 @3 = false`,
'GeneralTripletParameter': `@3
optional float margin 1 @3 = 0.2
optional bool add_center_loss 2 @3 = true
optional bool hardest_only 3 @3 = false
optional bool positive_first 4 @3 = false
optional float positive_upper_bound 5 @3 = 1
optional float positive_weight 6 @3 = 1
optional float negative_weight 7 @3 = 1`,
'SoftTruncationParameter': `@3
optional float c 1 @3 = 2`,
'TruncationParameter': `@3
optional float lower_bound 1 @3 = 0
optional float upper_bound 2 @3 = 5`,
'ProposalParameter': `@73
optional uint32 feat_stride 1 @73 = 16
optional uint32 base_size 2 @73 = 16
optional uint32 min_size 3 @73 = 16
repeated float ratio 4 @73
repeated float scale 5 @73
optional uint32 pre_nms_topn 6 @73 = 6000
optional uint32 post_nms_topn 7 @73 = 300
optional float nms_thresh 8 @73 = 0.7`,
'PSROIPoolingParameter': `@74
required float spatial_scale 1 @74
required int32 output_dim 2 @74
required int32 group_size 3 @74`,
'PairwiseParameter': `@3
optional enum:PairwiseParameter.PairwiseOp operation 1 @3 = "SUM"
repeated float coeff 2 @3`,
'SmoothL1Parameter': `@3
optional float turn_point 1 @3 = 1`,
'PermuteParameter': `@75
repeated uint32 order 1 @75`,
'NCAParameter': `@3
optional bool min_negative_only 1 @3 = false`,
'LargeMarginInnerProductParameter': `@3
optional uint32 num_output 1 @3
optional enum:LargeMarginInnerProductParameter.LargeMarginType type 2 @3 = "SINGLE"
optional message:FillerParameter weight_filler 3 @3
optional int32 axis 4 @3 = 1
optional float base 5 @3 = 1
optional float gamma 6 @3 = 0
optional float power 7 @3 = 1
optional int32 iteration 8 @3 = 0
optional float lambda_min 9 @3 = 0`,
'LabelSpecificRescaleParameter': `@3
optional float positive_weight 1 @3 = 1
optional float negative_weight 2 @3 = 1
optional float positive_lower_bound 3 @3 = 0
optional float negative_upper_bound 4 @3 = 0
optional bool rescale_test 5 @3 = false
optional bool for_ip 6 @3 = false
optional float positive_weight_base 7 @3 = 0
optional float gamma 8 @3 = 0
optional float power 9 @3 = 1
optional float positive_weight_min 10 @3 = 0
optional float positive_weight_max 11 @3 = 0
optional uint32 iteration 12 @3 = 0
optional bool bias_fix 13 @3 = false
optional bool power_on_positive 14 @3 = false`,
'InfimumLossParamter': `@3
optional float infimum 1 @3 = 0.25`,
'OrdinalRegressionParameter': `@3
optional uint32 k 1 @3
optional string weight_file 2 @3`,
'ResizeParameter': `@76
optional uint32 height 1 @3
optional float prob 1 @30 = 1
optional float prob 1 @61 = 0
optional uint32 width 2 @3
optional enum:ResizeParameter.Resize_mode resize_mode 2 @67 = "WARP"
optional bool is_pyramid_test 3 @3 = false
optional uint32 height 3 @67 = 0
optional float out_height_scale 4 @3
optional uint32 width 4 @67 = 0
optional float out_width_scale 5 @3
optional enum:ResizeParameter.Pad_mode pad_mode 5 @67 = "CONSTANT"
repeated float pad_value 6 @67
repeated enum:ResizeParameter.Interp_mode interp_mode 7 @30
optional enum:ResizeParameter.Interp_mode interp_mode 7 @61 = "LINEAR"
optional uint32 height_scale 8 @30 = 0
optional bool center_object 8 @61 = false
optional uint32 width_scale 9 @30 = 0
optional float max_angle 9 @61 = 0`,
'MarginInnerProductParameter': `@3
optional uint32 num_output 1 @3
optional enum:MarginInnerProductParameter.MarginType type 2 @3 = "SINGLE"
optional message:FillerParameter weight_filler 3 @3
optional int32 axis 4 @3 = 1
optional float base 5 @3 = 1
optional float gamma 6 @3 = 0
optional float power 7 @3 = 1
optional int32 iteration 8 @3 = 0
optional float lambda_min 9 @3 = 0`,
'FeatureDecayLossParameter': `@3
optional float decay_threshold 1 @3 = 20
optional bool force_decay 2 @3 = false`,
'ConfidencePenaltyLossParameter': `@3
optional float beta 1 @3 = 0.1`,
'FocalLossParameter': `@3
optional enum:FocalLossParameter.Type type 1 @3 = "ORIGIN"
optional float gamma 2 @3 = 2
optional float alpha 3 @3 = 1
optional float beta 4 @3 = 1`,
'LabelSpecificMarginParameter': `@3
optional float margin_base 1 @3 = 0
optional float margin_max 2 @3 = 10
optional float power 3 @3 = 1
optional float gamma 4 @3 = 1
optional int32 iteration 5 @3 = 0
optional bool reset_margin 6 @3 = false
optional bool margin_on_test 7 @3 = false
optional bool auto_tune 8 @3 = false
optional enum:LabelSpecificMarginParameter.MarginType type 9 @3 = "HARD"`,
'ChannelScaleParameter': `@3
optional bool do_forward 1 @3 = true
optional bool do_backward_feature 2 @3 = true
optional bool do_backward_scale 3 @3 = true
optional bool global_scale 4 @3 = false
optional float max_global_scale 5 @3 = 1000
optional float min_global_scale 6 @3 = 0
optional float init_global_scale 7 @3 = 1`,
'LabelSpecificAffineParameter': `@3
optional float scale_base 1 @3 = 1
optional float scale_gamma 2 @3 = 0
optional float scale_power 3 @3 = 1
optional float scale_max 4 @3 = 1
optional bool transform_test 5 @3 = false
optional uint32 iteration 6 @3 = 0
optional float bias_base 7 @3 = 0
optional float bias_gamma 8 @3 = 0
optional float bias_power 9 @3 = 1
optional float bias_max 10 @3 = 0
optional float power_base 11 @3 = 1
optional float power_gamma 12 @3 = 0
optional float power_power 13 @3 = -1
optional float power_min 14 @3 = 0.5
optional bool auto_tune 15 @3 = false
optional bool reset 16 @3 = false`,
'LabelSpecificHardMarginParameter': `@3
optional float positive_weight 1 @3 = 0.5`,
'LabelSpecificStatisticsParameter': `@3
optional bool scale_for_angle 1 @3 = true
optional float scale_factor 2 @3 = 30`,
'LabelSpecificAddParameter': `@3
optional float bias 1 @3 = 0
optional bool transform_test 2 @3 = false
optional float bias_base 3 @3 = 0
optional float bias_gamma 4 @3 = 0
optional float bias_power 5 @3 = 1
optional float bias_min 6 @3 = 0
optional float bias_max 7 @3 = 0
optional uint32 iteration 8 @3 = 0`,
'Sampler': `@30
optional float min_scale 1 @30 = 1
optional float max_scale 2 @30 = 1
optional float min_aspect_ratio 3 @30 = 1
optional float max_aspect_ratio 4 @30 = 1`,
'SampleConstraint': `@30
optional float min_jaccard_overlap 1 @30
optional float max_jaccard_overlap 2 @30
optional float min_sample_coverage 3 @30
optional float max_sample_coverage 4 @30
optional float min_object_coverage 5 @30
optional float max_object_coverage 6 @30`,
'BatchSampler': `@30
optional bool use_original_image 1 @30 = true
optional message:Sampler sampler 2 @30
optional message:SampleConstraint sample_constraint 3 @30
optional uint32 max_sample 4 @30
optional uint32 max_trials 5 @30 = 100`,
'EmitConstraint': `@30
optional enum:EmitConstraint.EmitType emit_type 1 @30 = "CENTER"
optional float emit_overlap 2 @30`,
'AnnotatedDatum': `@30`,
'SaltPepperParameter': `@67
optional float fraction 1 @67 = 0
repeated float value 2 @67
required enum:SaltPepperParameter.SaltType type 3 @8 = "relative"`,
'DistortionParameter': `@30
optional float brightness_prob 1 @30 = 0
optional float brightness_delta 2 @30 = 0
optional float contrast_prob 3 @30 = 0
optional float contrast_lower 4 @30 = 0
optional float contrast_upper 5 @30 = 0
optional float hue_prob 6 @30 = 0
optional float hue_delta 7 @30 = 0
optional float saturation_prob 8 @30 = 0
optional float saturation_lower 9 @30 = 0
optional float saturation_upper 10 @30 = 0
optional float random_order_prob 11 @30 = 0`,
'ExpansionParameter': `@30
optional float prob 1 @30 = 1
optional float max_expand_ratio 2 @30 = 1`,
'AnnotatedDataParameter': `@30
repeated message:BatchSampler batch_sampler 1 @30
optional string label_map_file 2 @30
optional enum:AnnotatedDatum.AnnotationType anno_type 3 @30
optional int32 yolo_data_type 4 @2 = 0
optional float yolo_data_jitter 5 @2 = 0.3
optional bool train_diffcult 6 @2 = true
optional bool single_class 7 @2 = true
optional int32 seg_scales 8 @2 = 8
optional int32 seg_resize_width 9 @2 = 0
optional int32 seg_resize_height 10 @2 = 0
optional bool difficult_label_warmup 11 @2 = false`,
'DetectionEvaluateParameter': `@30
optional uint32 num_classes 1 @30
optional uint32 background_label_id 2 @30 = 0
optional float overlap_threshold 3 @30 = 0.5
optional bool evaluate_difficult_gt 4 @30 = true
optional string name_size_file 5 @30
optional message:ResizeParameter resize_param 6 @30`,
'NonMaximumSuppressionParameter': `@72
optional float nms_threshold 1 @72 = 0.3
optional int32 top_k 2 @72
optional float eta 3 @72 = 1`,
'SaveOutputParameter': `@30
optional string output_directory 1 @30
optional string output_name_prefix 2 @30
optional string output_format 3 @30
optional string label_map_file 4 @30
optional string name_size_file 5 @30
optional uint32 num_test_image 6 @30
optional message:ResizeParameter resize_param 7 @30`,
'DetectionOutputParameter': `@72
optional uint32 num_classes 1 @72
optional bool share_location 2 @72 = true
optional int32 background_label_id 3 @72 = 0
optional message:NonMaximumSuppressionParameter nms_param 4 @72
optional message:SaveOutputParameter save_output_param 5 @30
optional enum:PriorBoxParameter.CodeType code_type 6 @72 = "CORNER"
optional int32 keep_top_k 7 @72 = -1
optional bool variance_encoded_in_target 8 @72 = false
optional float confidence_threshold 9 @72
optional bool visualize 10 @72 = false
optional float visualize_threshold 11 @72
optional string save_file 12 @72`,
'MultiBoxLossParameter': `@30
optional enum:MultiBoxLossParameter.LocLossType loc_loss_type 1 @30 = "SMOOTH_L1"
optional enum:MultiBoxLossParameter.ConfLossType conf_loss_type 2 @30 = "SOFTMAX"
optional float loc_weight 3 @30 = 1
optional uint32 num_classes 4 @30
optional bool share_location 5 @30 = true
optional enum:MultiBoxLossParameter.MatchType match_type 6 @30 = "PER_PREDICTION"
optional float overlap_threshold 7 @30 = 0.5
optional bool use_prior_for_matching 8 @30 = true
optional uint32 background_label_id 9 @30 = 0
optional bool use_difficult_gt 10 @30 = true
optional bool do_neg_mining 11 @30
optional float neg_pos_ratio 12 @30 = 3
optional float neg_overlap 13 @30 = 0.5
optional enum:PriorBoxParameter.CodeType code_type 14 @30 = "CORNER"
optional bool encode_variance_in_target 16 @30 = false
optional bool map_object_to_agnostic 17 @30 = false
optional bool ignore_cross_boundary_bbox 18 @30 = false
optional bool bp_inside 19 @30 = false
optional enum:MultiBoxLossParameter.MiningType mining_type 20 @30 = "MAX_NEGATIVE"
optional message:NonMaximumSuppressionParameter nms_param 21 @30
optional int32 sample_size 22 @30 = 64
optional bool use_prior_for_nms 23 @30 = false
optional bool ignore_difficult_gt 24 @0 = false`,
'PriorBoxParameter': `@72
repeated float min_size 1 @72
repeated float max_size 2 @72
repeated float aspect_ratio 3 @72
optional bool flip 4 @72 = true
optional bool clip 5 @72 = false
repeated float variance 6 @72
optional uint32 img_size 7 @72
optional uint32 img_h 8 @72
optional uint32 img_w 9 @72
optional float step 10 @72
optional float step_h 11 @72
optional float step_w 12 @72
optional float offset 13 @72 = 0.5`,
'VideoDataParameter': `@77
optional enum:VideoDataParameter.VideoType video_type 1 @35 = "WEBCAM"
optional string source 1 @6
optional int32 device_id 2 @35 = 0
optional float scale 2 @6 = 1
optional string video_file 3 @35
optional string mean_file 3 @6
optional uint32 skip_frames 4 @35 = 0
optional uint32 batch_size 4 @6
optional uint32 crop_size 5 @6 = 0
optional bool mirror 6 @6 = false
optional uint32 rand_skip 7 @6 = 0
optional bool shuffle 8 @6 = false
optional uint32 new_height 9 @6 = 0
optional uint32 new_width 10 @6 = 0
optional uint32 new_length 11 @6 = 1
optional uint32 num_segments 12 @6 = 1
optional enum:VideoDataParameter.Modality modality 13 @6 = "FLOW"
optional string name_pattern 14 @6
optional bool encoded 15 @6 = false
optional bool grayscale 16 @6 = false`,
'DetectNetGroundTruthParameter': `@0
optional uint32 stride 1 @0 = 4
optional float scale_cvg 2 @0 = 0.5
optional enum:DetectNetGroundTruthParameter.GridboxType gridbox_type 3 @0 = "GRIDBOX_MAX"
optional uint32 max_cvg_len 4 @0 = 50
optional uint32 min_cvg_len 5 @0 = 50
optional enum:DetectNetGroundTruthParameter.CoverageType coverage_type 7 @0 = "RECTANGULAR"
optional uint32 image_size_x 8 @0 = 1248
optional uint32 image_size_y 9 @0 = 384
optional bool obj_norm 11 @0 = false
optional bool crop_bboxes 12 @0 = true
repeated message:DetectNetGroundTruthParameter.ClassMapping object_class 13 @0`,
'DetectNetGroundTruthParameter.ClassMapping': `@0
required uint32 src 1 @0
required uint32 dst 2 @0`,
'DetectNetAugmentationParameter': `@0
optional float crop_prob 1 @0 = 1
optional uint32 shift_x 2 @0 = 0
optional uint32 shift_y 3 @0 = 0
optional float scale_prob 4 @0 = 0.33
optional float scale_min 5 @0 = 0.7
optional float scale_max 6 @0 = 1
optional float flip_prob 7 @0 = 0.33
optional float rotation_prob 8 @0 = 0.33
optional float max_rotate_degree 9 @0 = 1
optional float hue_rotation_prob 10 @0 = 0.33
optional float hue_rotation 11 @0 = 15
optional float desaturation_prob 12 @0 = 0.33
optional float desaturation_max 13 @0 = 0.5
optional message:ResizeParameter resize_param 208 @0
optional message:NoiseParameter noise_param 209 @0
optional message:EmitConstraint emit_constraint 210 @0
optional message:DistortionParameter distort_param 213 @0
optional message:ExpansionParameter expand_param 214 @0`,
'TRTParameter': `@0
optional enum:TRTParameter.TRTMode trt_mode 1 @0 = "INT8"
optional uint32 top_k 2 @0 = 1
required string deploy 3 @0
required string model 4 @0
repeated string deploy_outputs 5 @0
optional string calibrator 6 @0`,
'CompileNetState': `@4
optional bool is_init 1 @4 = true
optional bool bn_scale_remove 2 @4 = false
optional bool bn_scale_merge 3 @4 = false
repeated string kept_bn_layers 4 @4
repeated string negative_conv_names 5 @4
repeated uint32 negative_conv_indexes 6 @4`,
'MultinodeParameter': `@4
repeated message:MnModelParallelParameter model_parallel 1 @4
optional message:MnParamGradCompressLayerTypeList compress_layer_type_list 2 @4`,
'MnModelParallelParameter': `@4
required string layer_from 1 @4
optional string layer_to 2 @4
optional uint32 num_nodes 3 @4
optional uint32 model_parts 4 @4`,
'MnParamGradCompressLayerTypeList': `@4
repeated string layer_type 1 @4`,
'RegionLossParameter': `@78
optional uint32 side 1 @78 = 13
optional uint32 num_class 2 @78 = 20
optional uint32 bias_match 3 @78 = 1
optional uint32 coords 4 @78 = 4
optional uint32 num 5 @78 = 5
optional uint32 softmax 6 @78 = 1
optional float jitter 7 @78 = 0.2
optional uint32 rescore 8 @78 = 1
optional float object_scale 9 @78 = 1
optional float class_scale 10 @78 = 1
optional float noobject_scale 11 @78 = 0.5
optional float coord_scale 12 @78 = 5
optional uint32 absolute 13 @78 = 1
optional float thresh 14 @78 = 0.2
optional uint32 random 15 @78 = 1
repeated float biases 16 @78
optional string softmax_tree 17 @78
optional string class_map 18 @78`,
'EvalDetectionParameter': `@4
optional uint32 side 1 @4 = 7
optional uint32 num_class 2 @4 = 20
optional uint32 num_object 3 @4 = 2
optional float threshold 4 @4 = 0.5
optional bool sqrt 5 @4 = true
optional bool constriant 6 @4 = true
optional enum:EvalDetectionParameter.ScoreType score_type 7 @4 = "MULTIPLY"
optional float nms 8 @4 = -1
repeated float biases 9 @4`,
'MultinodeLayerParameter': `@4
optional uint32 num_nodes 1 @4
optional uint32 model_parts 2 @4 = 1`,
'MnActivationParameter': `@4
optional uint32 num_nodes_in 1 @4
optional uint32 num_nodes_out 2 @4
optional uint32 model_parts_in 3 @4 = 1
optional uint32 model_parts_out 4 @4 = 1
optional bool need_reduce 5 @4 = true`,
'QuantizationParameter': `@4
optional enum:QuantizationParameter.Precision precision 1 @4 = "DYNAMIC_FIXED_POINT"
optional enum:QuantizationParameter.Rounding rounding_scheme 2 @4 = "NEAREST"
optional uint32 bw_layer_in 3 @4 = 32
optional uint32 bw_layer_out 4 @4 = 32
optional uint32 bw_params 5 @4 = 32
repeated int32 fl_layer_in 6 @4
repeated int32 fl_layer_out 7 @4
repeated int32 fl_params 8 @4
repeated float scale_in 20 @4
repeated float scale_out 21 @4
repeated float scale_params 22 @4
optional bool is_negative_input 23 @4 = false
optional bool force_u8_input 24 @4 = false`,
'MnParamGradCompressParameter': `@4
repeated bool param_grad_compress_enable 1 @4`,
'RandomResizeParameter': `@4
optional uint32 min_size 1 @4 = 0
optional uint32 max_size 2 @4 = 0
optional message:ResizeParameter resize_param 3 @4`,
'RandomAspectRatioParameter': `@4
optional float min_area_ratio 1 @4 = 0.5
optional float max_area_ratio 2 @4 = 1
optional float aspect_ratio_change 3 @4 = 1
optional uint32 max_attempt 4 @4 = 10
optional message:ResizeParameter resize_param 5 @4`,
'SplitParameter': `@4
optional enum:SplitParameter.Engine engine 1 @4 = "DEFAULT"`,
'BoxAnnotatorOHEMParameter': `@44
required uint32 roi_per_img 1 @44
optional int32 ignore_label 2 @44 = -1`,
'ReorgParameter': `@78
optional uint32 stride 1 @78
optional bool reverse 2 @78 = false`,
'SpatialDropoutParameter': `@4
optional float dropout_ratio 1 @4 = 0.5`,
'SmoothL1LossParameter': `@79
optional float sigma 1 @79 = 1`,
'YoloSegParameter': `@2
optional uint32 num_class 1 @2 = 0
optional float object_scale 2 @2 = 5
optional float class_scale 3 @2 = 1
optional bool use_logic_gradient 4 @2 = false
optional bool use_hardsigmoid 5 @2 = false`,
'Yolov3Parameter': `@2
optional uint32 side 1 @2 = 13
optional uint32 num_class 2 @2 = 20
optional uint32 num 3 @2 = 5
optional float object_scale 4 @2 = 1
optional float class_scale 5 @2 = 1
optional float noobject_scale 6 @2 = 0.5
optional float coord_scale 7 @2 = 5
optional float thresh 8 @2 = 0.2
optional uint32 anchors_scale 10 @2 = 32
repeated float biases 11 @2
repeated uint32 mask 12 @2
optional bool use_logic_gradient 13 @2 = false
optional bool use_focal_loss 14 @2 = false
optional enum:Yolov3Parameter.IOU_LOSS iou_loss 15 @2 = "MSE"
optional float iou_normalizer 16 @2 = 0.25
optional float iou_thresh 17 @2 = 0.5
optional float max_delta 18 @2 = 10
optional bool accumulate 19 @2 = true
optional float label_smooth_eps 20 @2 = 0.1`,
'SegmentationEvaluateParameter': `@2
optional uint32 num_classes 1 @2 = 1
optional float threshold 2 @2 = 0.5`,
'YoloDetectionOutputParameter': `@2
optional uint32 side 1 @2 = 13
optional uint32 num_classes 2 @2 = 20
optional uint32 num_box 3 @2 = 5
optional uint32 coords 4 @2 = 4
optional float confidence_threshold 5 @2 = 0.01
optional float nms_threshold 6 @2 = 0.45
repeated float biases 7 @2
optional string label_map_file 8 @2`,
'Yolov3DetectionOutputParameter': `@2
optional uint32 num_classes 1 @2 = 20
optional uint32 num_box 2 @2 = 3
optional float confidence_threshold 3 @2 = 0.01
optional float nms_threshold 4 @2 = 0.45
repeated float biases 5 @2
repeated uint32 anchors_scale 6 @2
optional uint32 mask_group_num 7 @2 = 2
repeated uint32 mask 8 @2
optional bool gaussian_box 9 @2 = false`,
'UpsampleParameter': `@80
optional int32 scale 1 @2 = 1
optional uint32 scale 1 @15 = 2
optional uint32 scale_h 2 @15
optional uint32 scale_w 3 @15
optional bool pad_out_h 4 @15 = false
optional bool pad_out_w 5 @15 = false
optional uint32 upsample_h 6 @15
optional uint32 upsample_w 7 @15`,
'AdaptiveBiasChannelParameter': `@52
optional int32 num_iter 1 @52 = 1
optional float bg_portion 2 @52 = 0.2
optional float fg_portion 3 @52 = 0.2
optional bool suppress_others 4 @52 = true
optional float margin_others 5 @52 = 0.00001`,
'BiasChannelParameter': `@52
optional float bg_bias 1 @52 = 1
optional float fg_bias 2 @52 = 2
repeated int32 ignore_label 3 @52
optional enum:BiasChannelParameter.LabelType label_type 4 @23 = "IMAGE"
optional int32 background_label 6 @23 = 0`,
'DenseCRFParameter': `@52
optional int32 max_iter 1 @52 = 10
repeated float pos_xy_std 2 @52
repeated float pos_w 3 @52
repeated float bi_xy_std 4 @52
repeated float bi_rgb_std 5 @52
repeated float bi_w 6 @52
optional bool output_probability 7 @23 = true`,
'DomainTransformParameter': `@23
optional int32 num_iter 1 @23 = 3
optional float spatial_sigma 2 @23 = 50
optional float range_sigma 3 @23 = 5
optional float min_weight 4 @23 = 0`,
'MatReadParameter': `@52
required string prefix 1 @52
optional string source 2 @52 = ""
optional int32 strip 3 @52 = 0
optional int32 batch_size 4 @52 = 1`,
'MatWriteParameter': `@52
required string prefix 1 @52
optional string source 2 @52 = ""
optional int32 strip 3 @52 = 0
optional int32 period 4 @52 = 1`,
'SegAccuracyParameter': `@52
optional enum:SegAccuracyParameter.AccuracyMetric metric 1 @52 = "PixelAccuracy"
repeated int32 ignore_label 2 @52
optional bool reset 3 @23 = true`,
'UniqueLabelParameter': `@52
required int32 max_labels 1 @52
repeated int32 ignore_label 2 @23
repeated float ignore_label 2 @51
repeated float force_label 3 @52`,
'SegDataParameter': `@6
optional string source 1 @6
optional string root_dir 2 @6
optional bool shuffle 3 @6 = false
optional bool balance 4 @6 = false`,
'BatchReductionParameter': `@6
repeated int32 level 1 @6
optional message:ReductionParameter reduction_param 2 @6
optional bool pos 3 @6 = false`,
'MemoryOptimizationParameter': `@6
optional bool optimize_train 1 @6 = true
optional bool optimize_test 2 @6 = false
repeated string exclude_blob 3 @6`,
'DenseImageDataParameter': `@15
optional string source 1 @15
optional uint32 batch_size 2 @15
optional uint32 rand_skip 3 @15 = 0
optional bool shuffle 4 @15 = false
optional uint32 new_height 5 @15 = 0
optional uint32 new_width 6 @15 = 0
optional bool is_color 7 @15 = true
optional string mean_file 8 @15
optional string root_folder 9 @15 = ""
optional bool mirror 10 @15 = false
optional uint32 crop_width 11 @15 = 0
optional uint32 crop_height 12 @15 = 0
optional uint32 label_divide_factor 13 @16 = 1`,
'SoftmaxLossParameter': `@51
repeated int32 ignore_label 2 @51
optional string weight_source 16 @51`,
'CensorLabelParameter': `@51
required int32 ignore_label 1 @51`,
'ChannelAggregatorParameter': `@51
optional string label_map_file 1 @51`,
'DominantChannelParameter': `@51
optional int32 top_k 1 @51 = 1`,
'EuclideanLossParameter': `@51
optional enum:EuclideanLossParameter.Type type 1 @51 = "L2"`,
'GainChannelParameter': `@51
required int32 num_output_nz 1 @51 = 0
optional float drift 2 @51 = 0
optional float stdev 3 @51 = 0
optional message:FillerParameter gain_filler 4 @51
optional bool norm_mean 5 @51 = true
optional float thresh 6 @51 = 0.001`,
'HistogramParameter': `@51
required int32 num_labels 1 @51
repeated int32 ignore_label 2 @51`,
'IgnoreOverlayParameter': `@51
optional int32 ignore_label 1 @51`,
'OneHotParameter': `@51
required int32 num_labels 1 @51`,
'PaddingParameter': `@51
optional int32 pad_beg 1 @51 = 0
optional int32 pad_end 2 @51 = 0`,
'ParseEvaluateParameter': `@8
optional int32 num_labels 1 @8
repeated int32 ignore_label 2 @8`,
'UnPoolingParameter': `@8
optional enum:UnPoolingParameter.UnPoolMethod unpool 1 @8 = "FIXED"
optional uint32 out_kernel_size 2 @8
optional uint32 out_stride 3 @8 = 1
optional uint32 out_pad 4 @8 = 0
optional uint32 out_kernel_h 5 @8
optional uint32 out_kernel_w 6 @8
optional uint32 out_stride_h 7 @8
optional uint32 out_stride_w 8 @8
optional uint32 out_pad_h 9 @8 = 0
optional uint32 out_pad_w 10 @8 = 0`,
'AccumParameter': `@5
optional uint32 top_height 1 @5 = 0
optional uint32 top_width 2 @5 = 0
optional uint32 size_divisible_by 3 @5 = 0
optional bool have_reference 4 @5 = false`,
'AugmentationParameter': `@5
optional string write_augmented 2 @5 = ""
optional float max_multiplier 3 @5 = 255
optional bool augment_during_test 4 @5 = false
optional uint32 recompute_mean 5 @5 = 0
optional string write_mean 6 @5 = ""
optional bool mean_per_pixel 7 @5 = true
optional string mode 8 @5 = "add"
optional message:RandomGeneratorParameter mirror 10 @5
optional message:RandomGeneratorParameter translate 11 @5
optional message:RandomGeneratorParameter rotate 12 @5
optional message:RandomGeneratorParameter zoom 13 @5
optional message:RandomGeneratorParameter squeeze 14 @5
optional message:RandomGeneratorParameter translate_x 15 @5
optional message:RandomGeneratorParameter translate_y 16 @5
repeated float mean 18 @5
optional message:RandomGeneratorParameter lmult_pow 20 @5
optional message:RandomGeneratorParameter lmult_mult 21 @5
optional message:RandomGeneratorParameter lmult_add 22 @5
optional message:RandomGeneratorParameter sat_pow 23 @5
optional message:RandomGeneratorParameter sat_mult 24 @5
optional message:RandomGeneratorParameter sat_add 25 @5
optional message:RandomGeneratorParameter col_pow 26 @5
optional message:RandomGeneratorParameter col_mult 27 @5
optional message:RandomGeneratorParameter col_add 28 @5
optional message:RandomGeneratorParameter ladd_pow 29 @5
optional message:RandomGeneratorParameter ladd_mult 30 @5
optional message:RandomGeneratorParameter ladd_add 31 @5
optional message:RandomGeneratorParameter col_rotate 32 @5
optional uint32 crop_width 33 @5 = 0
optional uint32 crop_height 34 @5 = 0
optional message:RandomGeneratorParameter gamma 35 @5
optional message:RandomGeneratorParameter brightness 36 @5
optional message:RandomGeneratorParameter contrast 37 @5
optional message:RandomGeneratorParameter color 38 @5
optional uint32 bottomwidth 80 @5 = 0
optional uint32 bottomheight 81 @5 = 0
optional uint32 num 82 @5 = 0
repeated float chromatic_eigvec 83 @5
optional message:RandomGeneratorParameter fog_amount 100 @5
optional message:RandomGeneratorParameter fog_size 101 @5
optional message:RandomGeneratorParameter motion_blur_angle 102 @5
optional message:RandomGeneratorParameter motion_blur_size 103 @5
optional message:RandomGeneratorParameter shadow_angle 104 @5
optional message:RandomGeneratorParameter shadow_distance 105 @5
optional message:RandomGeneratorParameter shadow_strength 106 @5
optional message:RandomGeneratorParameter noise 107 @5`,
'BlackAugmentationParameter': `@5
optional message:RandomGeneratorParameter black 10 @5
optional message:RandomGeneratorParameter border 11 @5`,
'FlowWarpParameter': `@5
optional enum:FlowWarpParameter.FillParameter fill_value 1 @5 = "ZERO"`,
'LpqLossParameter': `@5
repeated uint32 pq_episode_starts_at_iter 4010 @5
repeated float p 4011 @5
repeated float q 4012 @5
optional float p_epsilon 4013 @5 = 0
optional float q_epsilon 4014 @5 = 0.01
optional bool l2_prescale_by_channels 4016 @5 = false
optional bool normalize_by_num_entries 4017 @5 = false`,
'RandomGeneratorParameter': `@5
optional string rand_type 1 @5 = "uniform"
optional bool exp 2 @5 = false
optional float mean 4 @5 = 0
optional float spread 5 @5 = 0
optional float prob 6 @5 = 1
optional bool apply_schedule 7 @5 = true
optional bool discretize 8 @5 = false
optional float multiplier 9 @5 = 1`,
'L1LossParameter': `@5
optional bool l2_per_location 1 @5 = false
optional bool l2_prescale_by_channels 2 @5 = false
optional bool normalize_by_num_entries 3 @5 = false
optional float epsilon 4 @5 = 0.01
optional float plateau 3001 @5 = 0`,
'CorrelationParameter': `@81
optional uint32 pad 2 @81 = 0
optional uint32 kernel_size 3 @81
optional uint32 max_displacement 4 @81
optional uint32 stride_1 5 @81 = 1
optional uint32 stride_2 6 @81 = 1
optional bool do_abs 7 @81 = false
optional int32 single_direction 8 @81 = 0
optional enum:CorrelationParameter.CorrelationType correlation_type 15 @81 = "MULTIPLY"`,
'DownsampleParameter': `@5
optional uint32 top_height 1 @5 = 0
optional uint32 top_width 2 @5 = 0`,
'ReaderParameter': `@5
required string file 1 @5
optional uint32 num 2 @5 = 1`,
'WriterParameter': `@5
optional string file 1 @5 = ""
optional string folder 2 @5 = ""
optional string prefix 3 @5 = ""
optional string suffix 4 @5 = ""
optional bool normalize 5 @5 = false
optional float scale 6 @5 = 1`,
'ResampleParameter': `@5
optional uint32 width 1 @5
optional uint32 height 2 @5
optional enum:ResampleParameter.ResampleType type 3 @5 = "LINEAR"
optional bool antialias 4 @5 = true
optional float factor 5 @5 = 1`,
'MeanParameter': `@5
required enum:MeanParameter.MeanOperation operation 1 @5
optional string file 2 @5
repeated float value 3 @5
optional float mean_scale 4 @5 = 1
optional float input_scale 5 @5 = 1
optional float output_scale 6 @5 = 1`,
'CoeffScheduleParameter': `@5
optional float half_life 1 @5 = 1
optional float initial_coeff 2 @5 = 1
optional float final_coeff 3 @5 = 1`,
'DenseBlockParameter': `@24
optional int32 numTransition 1 @24 = 40
optional int32 initChannel 2 @24 = 16
optional int32 growthRate 3 @24 = 12
optional int32 pad_h 4 @24 = 1
optional int32 pad_w 5 @24 = 1
optional int32 conv_verticalStride 6 @24 = 1
optional int32 conv_horizentalStride 7 @24 = 1
optional int32 filter_H 8 @24 = 3
optional int32 filter_W 9 @24 = 3
optional message:FillerParameter Filter_Filler 10 @24
optional message:FillerParameter BN_Scaler_Filler 11 @24
optional message:FillerParameter BN_Bias_Filler 12 @24
optional int32 gpuIdx 15 @24 = 0
optional bool use_dropout 16 @24 = false
optional float dropout_amount 17 @24 = 0
optional bool use_BC 18 @24 = false
optional bool BC_ultra_space_efficient 19 @24 = false
optional int32 workspace_MB 20 @24 = 8
optional float moving_average_fraction 21 @24 = 0.1`,
'CTCDecoderParameter': `@24
optional int32 blank_index 1 @24 = 0
optional bool ctc_merge_repeated 2 @24 = true`,
'CTCLossParameter': `@24
optional int32 output_delay 1 @24 = 0
optional int32 blank_index 2 @24 = 0
optional bool preprocess_collapse_repeated 3 @24 = false
optional bool ctc_merge_repeated 4 @24 = true
optional int32 loss_calculation_t 5 @24 = 0`,
'LSTMParameter': `@82
optional uint32 num_output 1 @82
optional float clipping_threshold 2 @82 = 0
optional message:FillerParameter weight_filler 3 @82
optional message:FillerParameter bias_filler 4 @82
optional uint32 batch_size 5 @82 = 1`,
'ReverseParameter': `@82
optional int32 axis 1 @82 = 0`,
'ReverseTimeParameter': `@24
optional bool copy_remaining 1 @24 = false`,
'TransposeParameter': `@82
repeated int32 dim 1 @82`,
'CtcLossParameter': `@31
optional uint32 alphabet_size 1 @31 = 0
optional uint32 time_step 3 @31 = 0
optional int32 blank_label 4 @31 = 0`,
'ContinuationIndicatorParameter': `@31
optional uint32 time_step 1 @31 = 0
optional uint32 batch_size 2 @31 = 0`,
'LabelsequenceAccuracyParameter': `@31
optional int32 blank_label 1 @31 = 0`,
'CTCParameter': `@19
optional float threshold 1 @19 = 0.7
optional enum:CTCParameter.Decoder decode_type 2 @19 = "best_path"`,
'MultiStageMeanfieldParameter': `@36
optional enum:MultiStageMeanfieldParameter.Mode compatibility_mode 1 @36 = "POTTS"
optional float threshold 2 @36
required float theta_alpha 3 @36 = 10
required float theta_beta 4 @36 = 10
required float theta_gamma 5 @36 = 10
required uint32 num_iterations 6 @36 = 1
optional string spatial_filter_weights_str 19 @36 = ""
optional string bilateral_filter_weights_str 20 @36 = ""
optional bool force_cpu 29 @36 = false`,
'ImageDataLocParameter': `@33
optional bool normalize_by_image_size 1 @33 = true
optional bool output_center_and_radius 2 @33 = true`,
'RReLUParameter': `@33
optional float lb 1 @33 = 5
optional float ub 2 @33 = 10`,
'ShuffleChannelParameter': `@34
optional uint32 group 1 @34 = 1`,
'ForceRegular': `@11
optional int32 xdim 1 @11 = 1
optional int32 ydim 2 @11 = 1
optional float multi 3 @11 = 0`,
'SparsifyParameter': `@11
optional float thre 1 @11 = 0
optional float coef 2 @11 = 0`,
'SymmetricRectifyParameter': `@11
optional message:FillerParameter filler 1 @11
optional bool channel_shared 2 @11 = false
optional float thre_decay 3 @11 = 0`,
'QuantizerParameter': `@1
optional string name 1 @1
optional int64 zone 2 @1
optional enum:DataType input_data_type 3 @1
optional enum:DataType output_data_type 4 @1
optional double observed_max 5 @1
optional double observed_min 6 @1
optional double max_in 7 @1
optional double min_in 8 @1
optional double max_out 9 @1
optional double min_out 10 @1
optional enum:QuantizerMode mode 11 @1 = "CAFFE_QUANT_PASSIVE"
optional int64 device 12 @1 = -1
optional enum:DataType pseudo_target_type 13 @1 = "CAFFE_INT8_QUANTIZED"
optional bool pseudo_reset_observed 14 @1 = false`,
'MOEParameter': `@1
optional message:NetParameter gating_net 1 @1
repeated message:NetParameter expert_net 2 @1
repeated int64 expert_instances 3 @1
optional int64 select_experts 4 @1
repeated enum:MOEParameter.BottomMapping map_bottom 5 @1
optional bool full_forward 6 @1 = false`,
'AffinityParameter': `@1
repeated int64 offset 1 @1`,
'MergeCropParameter': `@1
optional enum:MergeCropParameter.MergeOp operation 1 @1 = "STACK"
repeated bool forward 2 @1
repeated bool backward 3 @1`,
'CropCenterParameter': `@27
repeated uint32 crop_size 1 @27`,
'RanccLabelNoiseParameter': `@43
optional float rate 1 @43 = 0
optional uint32 classes 2 @43 = 0
optional uint32 seed 3 @43 = 0`,
'RanccAugmentParameter': `@43
optional uint32 short_side 1 @43 = 0
optional uint32 pad 2 @43 = 0
optional float min_area 3 @43 = 1
optional float max_area 4 @43 = 1
optional float min_aspect 5 @43 = 1
optional float max_aspect 6 @43 = 1
optional float brightness 7 @43 = 0
optional float contrast 8 @43 = 0
optional float saturation 9 @43 = 0
optional float lighting 10 @43 = 0
repeated float std 11 @43`,
},
enums: {
'Phase': `
TRAIN 0
TEST 1`,
'FillerParameter.VarianceNorm': `
FAN_IN 0
FAN_OUT 1
AVERAGE 2`,
'SolverParameter.SnapshotFormat': `
HDF5 0
BINARYPROTO 1`,
'SolverParameter.SolverMode': `
CPU 0
GPU 1`,
'SolverParameter.SolverType': `
SGD 0
NESTEROV 1
ADAGRAD 2
RMSPROP 3
ADADELTA 4
ADAM 5
SAG 6 @0`,
'ParamSpec.DimCheckMode': `
STRICT 0
PERMISSIVE 1`,
'LossParameter.NormalizationMode': `
FULL 0
VALID 1
BATCH_SIZE 2
NONE 3
PRE_FIXED 3 @44`,
'ConvolutionParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2
MKL2017 3 @4
MKLDNN 4 @4
LIBDNN 3 @1
INTEL_SPATIAL 4 @1
FFT 5 @1`,
'DataParameter.DB': `
LEVELDB 0
LMDB 1
DATUMFILE 2 @8`,
'EltwiseParameter.EltwiseOp': `
PROD 0
SUM 1
MAX 2
SORT 3 @3
STOCHASTIC_SUM 3 @6`,
'HingeLossParameter.Norm': `
L1 1
L2 2`,
'LRNParameter.NormRegion': `
ACROSS_CHANNELS 0
WITHIN_CHANNEL 1`,
'LRNParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2
MKL2017 3 @4
MKLDNN 4 @4`,
'PoolingParameter.PoolMethod': `
MAX 0
AVE 1
STOCHASTIC 2
DEF 3 @3
DEF_ALL 4 @3
DEF_ALL2 5 @3
DEF_ALL3 6 @3
DEF_ALL4 7 @3
LOWRES 8 @3`,
'PoolingParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2
MKL2017 3 @4
MKLDNN 4 @4
LIBDNN 3 @1`,
'PoolingParameter.RoundMode': `@54
CEIL 0 @54
FLOOR 1 @54`,
'ReductionParameter.ReductionOp': `
SUM 1
ASUM 2
SUMSQ 3
MEAN 4
TOPK 5 @6`,
'ReLUParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2
MKL2017 3 @4
MKLDNN 4 @4`,
'SigmoidParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2`,
'SoftmaxParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2`,
'TanHParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2`,
'SPPParameter.PoolMethod': `
MAX 0
AVE 1
STOCHASTIC 2`,
'SPPParameter.Engine': `
DEFAULT 0
CAFFE 1
CUDNN 2`,
'V1LayerParameter.LayerType': `
NONE 0
ABSVAL 35
ACCURACY 1
ARGMAX 30
BNLL 2
CONCAT 3
CONTRASTIVE_LOSS 37
CONVOLUTION 4
DATA 5
DECONVOLUTION 39
DROPOUT 6
DUMMY_DATA 32
EUCLIDEAN_LOSS 7
ELTWISE 25
EXP 38
FLATTEN 8
HDF5_DATA 9
HDF5_OUTPUT 10
HINGE_LOSS 28
IM2COL 11
IMAGE_DATA 12
INFOGAIN_LOSS 13
INNER_PRODUCT 14
LRN 15
MEMORY_DATA 29
MULTINOMIAL_LOGISTIC_LOSS 16
MVN 34
POOLING 17
POWER 26
RELU 18
SIGMOID 19
SIGMOID_CROSS_ENTROPY_LOSS 27
SILENCE 36
SOFTMAX 20
SOFTMAX_LOSS 21
SPLIT 22
SLICE 33
TANH 23
WINDOW_DATA 24
THRESHOLD 31
LOCAL 41 @3
BN 42 @3
NORMALIZE 43 @3
INSANITY 44 @3
TRIPLET_LOSS 45 @3
ROIPOOLING 46 @3
BATCH_NORM 47 @3
ELTWISE_AFFINE 48 @3
RELU6 61 @2
ADAPTIVE_BIAS_CHANNEL 50 @51
BIAS_CHANNEL 47 @51
CENSOR_LABEL 49 @51
CHANNEL_AGGREGATOR 51 @51
DENSE_CRF 45 @51
DOMINANT_CHANNEL 46 @51
GAIN_CHANNEL 55 @51
HISTOGRAM 53 @51
IGNORE_OVERLAY 52 @51
IMAGE_SEG_DATA 39 @51
INTERP 41 @51
MAT_READ 44 @51
MAT_WRITE 43 @51
ONEHOT 56 @51
PADDING 42 @51
RELATIVE_ERROR 54 @51
SEG_ACCURACY 40 @51
UNIQUE_LABEL 48 @51
CROP 40 @8
PARSE_OUTPUT 41 @8
PARSE_EVALUATE 42 @8`,
'V1LayerParameter.DimCheckMode': `
STRICT 0
PERMISSIVE 1`,
'V0LayerParameter.PoolMethod': `
MAX 0
AVE 1
STOCHASTIC 2`,
'BNParameter.Engine': `@83
DEFAULT 0 @83
CAFFE 1 @83
CUDNN 2 @57`,
'BatchNormParameter.Engine': `@84
DEFAULT 0 @84
CAFFE 1 @84
CUDNN 2 @48
MKL2017 3 @4
MKLDNN 4 @4`,
'ConvolutionParameter.CuDNNConvolutionAlgorithmSeeker': `@48
GET 0 @48
FINDEX 1 @48`,
'MILParameter.MILType': `@38
MAX 0 @38
NOR 1 @38`,
'PairwiseParameter.PairwiseOp': `@3
SUM 1 @3
PROD 2 @3
MAX 3 @3`,
'LargeMarginInnerProductParameter.LargeMarginType': `@3
SINGLE 0 @3
DOUBLE 1 @3
TRIPLE 2 @3
QUADRUPLE 3 @3`,
'MarginInnerProductParameter.MarginType': `@3
SINGLE 0 @3
DOUBLE 1 @3
TRIPLE 2 @3
QUADRUPLE 3 @3`,
'FocalLossParameter.Type': `@3
ORIGIN 0 @3
LINEAR 1 @3
ONEADDP 2 @3`,
'LabelSpecificMarginParameter.MarginType': `@3
HARD 0 @3
SOFT 1 @3`,
'EmitConstraint.EmitType': `@30
CENTER 0 @30
MIN_OVERLAP 1 @30`,
'AnnotatedDatum.AnnotationType': `@30
BBOX 0 @30
BBOXandSeg 1 @2
LANE 2 @2`,
'ResizeParameter.Resize_mode': `@67
WARP 1 @67
FIT_SMALL_SIZE 2 @67
FIT_LARGE_SIZE_AND_PAD 3 @67`,
'ResizeParameter.Pad_mode': `@67
CONSTANT 1 @67
MIRRORED 2 @67
REPEAT_NEAREST 3 @67`,
'ResizeParameter.Interp_mode': `@67
LINEAR 1 @67
AREA 2 @67
NEAREST 3 @67
CUBIC 4 @67
LANCZOS4 5 @67`,
'MultiBoxLossParameter.LocLossType': `@30
L2 0 @30
SMOOTH_L1 1 @30`,
'MultiBoxLossParameter.ConfLossType': `@30
SOFTMAX 0 @30
LOGISTIC 1 @30`,
'MultiBoxLossParameter.MatchType': `@30
BIPARTITE 0 @30
PER_PREDICTION 1 @30`,
'MultiBoxLossParameter.MiningType': `@30
NONE 0 @30
MAX_NEGATIVE 1 @30
HARD_EXAMPLE 2 @30`,
'PriorBoxParameter.CodeType': `@72
CORNER 1 @72
CENTER_SIZE 2 @72
CORNER_SIZE 3 @72`,
'VideoDataParameter.VideoType': `@35
WEBCAM 0 @35
VIDEO 1 @35`,
'TransformationParameter.InterpolationAlgo': `@0
INTER_NEAREST 0 @0
INTER_LINEAR 1 @0
INTER_CUBIC 2 @0
INTER_AREA 3 @0`,
'DetectNetGroundTruthParameter.GridboxType': `@0
GRIDBOX_MAX 0 @0
GRIDBOX_MIN 1 @0`,
'DetectNetGroundTruthParameter.CoverageType': `@0
RECTANGULAR 0 @0`,
'DropoutParameter.Engine': `@0
DEFAULT 0 @0
CAFFE 1 @0
CUDNN 2 @0`,
'TRTParameter.TRTMode': `@0
FP32 0 @0
FP16 1 @0
INT8 2 @0`,
'Type': `@0
DOUBLE 0 @0
FLOAT 1 @0
FLOAT16 2 @0
INT 3 @0
UINT 4 @0
BOOL 5 @0`,
'Packing': `@0
NCHW 0 @0
NHWC 1 @0`,
'EvalDetectionParameter.ScoreType': `@4
OBJ 0 @4
PROB 1 @4
MULTIPLY 2 @4`,
'QuantizationParameter.Precision': `@4
DYNAMIC_FIXED_POINT 0 @4`,
'QuantizationParameter.Rounding': `@4
NEAREST 0 @4`,
'ConcatParameter.Engine': `@4
DEFAULT 0 @4
CAFFE 1 @4
MKL2017 3 @4
MKLDNN 4 @4`,
'SplitParameter.Engine': `@4
DEFAULT 0 @4
CAFFE 1 @4
MKL2017 3 @4
MKLDNN 4 @4`,
'ConvolutionParameter.FusionType': `@4
NONE_FUSION 0 @4
SUM_FUSION 1 @4`,
'EltwiseParameter.Engine': `@4
DEFAULT 0 @4
CAFFE 1 @4
MKL2017 3 @4
MKLDNN 4 @4`,
'InnerProductParameter.Engine': `@4
DEFAULT 0 @4
CAFFE 1 @4
CUDNN 2 @4
MKLDNN 3 @4`,
'Yolov3Parameter.IOU_LOSS': `@2
IOU 0 @2
GIOU 1 @2
MSE 2 @2
DIOU 3 @2
CIOU 4 @2`,
'BiasChannelParameter.LabelType': `@23
IMAGE 1 @23
PIXEL 2 @23`,
'ImageDataParameter.LabelType': `@52
NONE 0 @52
IMAGE 1 @52
PIXEL 2 @52`,
'SegAccuracyParameter.AccuracyMetric': `@52
PixelAccuracy 0 @52
ClassAccuracy 1 @52
PixelIOU 2 @52`,
'VideoDataParameter.Modality': `@6
RGB 0 @6
FLOW 1 @6`,
'BNParameter.BNMode': `@15
LEARN 0 @15
INFERENCE 1 @15`,
'EuclideanLossParameter.Type': `@51
L2 0 @51
L2sqrt 1 @51`,
'SaltPepperParameter.SaltType': `@8
relative 1 @8
absolute 2 @8`,
'UnPoolingParameter.UnPoolMethod': `@8
FIXED 0 @8
DIV 1 @8
REP 2 @8`,
'FlowWarpParameter.FillParameter': `@5
ZERO 1 @5
NOT_A_NUMBER 2 @5`,
'CorrelationParameter.CorrelationType': `@81
MULTIPLY 0 @81
SUBTRACT 1 @81`,
'ResampleParameter.ResampleType': `@5
NEAREST 1 @5
LINEAR 2 @5
CUBIC 3 @5
AREA 4 @5`,
'MeanParameter.MeanOperation': `@5
ADD 1 @5
SUBTRACT 4 @5`,
'DataParameter.CHANNELENCODING': `@5
UINT8 1 @5
UINT16FLOW 2 @5
BOOL1 3 @5`,
'DataParameter.RANDPERMORDER': `@5
FIRST_PERMUTE_THEN_RANGE 0 @5
FIRST_RANGE_THEN_PERMUTE 1 @5`,
'CTCParameter.Decoder': `@19
best_path 0 @19
best_path_thres 1 @19
prefix_search 2 @19`,
'MultiStageMeanfieldParameter.Mode': `@36
POTTS 0 @36`,
'BNParameter.SyncScope': `@28
NONE 0 @28
HOST 1 @28
ALL 2 @28`,
'ConvolutionParameter.FuseType': `@1
UNFUSED 0 @1
FUSED_CONV_MAX_POOLING_RELU 1 @1
FUSED_CONV_RELU 2 @1
FUSED_CONV_ELTWISE_RELU 3 @1`,
'LRNParameter.FuseType': `@1
UNFUSED 0 @1
FUSED_POOL_MAX 1 @1`,
'MOEParameter.BottomMapping': `@1
GATING 1 @1
EXPERT 2 @1
GATING_AND_EXPERT 3 @1`,
'MergeCropParameter.MergeOp': `@1
STACK 0 @1
ADD 1 @1`,
'DataType': `@1
CAFFE_FLOAT 0 @1
CAFFE_HALF 1 @1
CAFFE_DOUBLE 2 @1
CAFFE_INT8_QUANTIZED 3 @1
CAFFE_INT16_QUANTIZED 4 @1
CAFFE_INT32_QUANTIZED 5 @1
CAFFE_INT64_QUANTIZED 6 @1
CAFFE_PACKED_BINARY 7 @1`,
'Autotune': `@1
CAFFE_AUTOTUNE_DISABLED 0 @1
CAFFE_AUTOTUNE_FUNCTION 1 @1
CAFFE_AUTOTUNE_FUNCTION_PARAMETER 2 @1`,
'QuantizerMode': `@1
CAFFE_QUANT_PASSIVE 0 @1
CAFFE_QUANT_OBSERVE 1 @1
CAFFE_QUANT_PSEUDO 2 @1`,
},
};
