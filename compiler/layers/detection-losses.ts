import {
  atLeast,
  type Count,
  defineLayer,
  exactly,
  type LayerDefinition,
} from './define-layer.js';
import { shapesOnly } from './shapes-only.js';

/** A loss of a detector: a blob without axes, no parameters. */
const lossOf = (type: string, bottoms: Count, param: string): LayerDefinition =>
  defineLayer({
    type,
    bottoms,
    tops: exactly(1),
    isLoss: true,
    foreignOptions: [param, 'loss_param.normalization: PRE_FIXED'],
    setUp: (context) => shapesOnly(context, [[]]),
  });

/**
 * MultiBoxLoss (multibox_loss_layer.cpp of SSD's Caffe): the loss of a single shot detector,
 * with a search for the boxes that fit the labels. Top: a blob without axes. Its shapes alone
 * are known.
 */
export const multiBoxLoss = lossOf(
  'MultiBoxLoss',
  exactly(4),
  'multibox_loss_param',
);

/**
 * RegionLoss (region_loss_layer.cpp of the Caffes for YOLO): the loss of YOLO's second version.
 * Top: a blob without axes. Its shapes alone are known.
 */
export const regionLoss = lossOf('RegionLoss', exactly(2), 'region_loss_param');

/**
 * Yolov3 (yolov3_layer.cpp of the Caffe for YOLO): the loss of YOLO's third version at one
 * scale. Top: a blob without axes. Its shapes alone are known.
 */
export const yolov3 = lossOf('Yolov3', atLeast(2), 'yolov3_param');
