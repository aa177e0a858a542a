import { dynamic } from '../ir/types.js';
import {
  atLeast,
  defineLayer,
  exactly,
  type LayerDefinition,
} from './define-layer.js';
import { shapesOnly } from './shapes-only.js';

const detectionsOf = (type: string, param: string): LayerDefinition =>
  defineLayer({
    type,
    bottoms: atLeast(1),
    tops: exactly(1),
    foreignOptions: [param],
    setUp: (context) => shapesOnly(context, [[1, 1, dynamic, 7]]),
  });

/**
 * YoloDetectionOutput (yolo_detection_output_layer.cpp of the Caffes for YOLO): detections of
 * YOLO's second version. Top: 1, 1, detections, 7. Its shapes alone are known.
 */
export const yoloDetectionOutput = detectionsOf(
  'YoloDetectionOutput',
  'yolo_detection_output_param',
);

/**
 * Yolov3DetectionOutput (yolov3_detection_output_layer.cpp of the Caffe for YOLO): detections
 * of YOLO's third version, of one bottom for each scale. Top: 1, 1, detections, 7. Its shapes
 * alone are known.
 */
export const yolov3DetectionOutput = detectionsOf(
  'Yolov3DetectionOutput',
  'yolov3_detection_output_param',
);
