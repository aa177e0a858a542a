import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import { dynamic, elementCount, shapeText, sizeAt } from '../ir/types.js';
import { concat, slice } from '../ops/axis-ops.js';
import { transpose } from '../ops/shape-ops.js';
import type { Message } from '../schema/message.js';
import { decodedBoxes, isCodeType } from './box-code.js';
import {
  between,
  defineLayer,
  exactly,
  type SetUpContext,
} from './define-layer.js';
import { detections } from './detections.js';
import { bottom, bottomShape, reshaped } from './operands.js';

type Param = Message<'DetectionOutputParameter'>;

const lowestFloat = -3.4028234663852886e38;

/** Tells of options that cannot be honoured; whether there is none. */
function checkOptions(context: SetUpContext, param: Param): boolean {
  const refuse = (reason: string, span = param.span): boolean => {
    context.refuse(reason, span);
    return false;
  };
  const nms = param.get('nms_param');
  const threshold = nms.get('nms_threshold');
  const eta = nms.get('eta');
  const saved = param.get('save_output_param');
  if (!param.has('num_classes')) return refuse('num_classes is missing');
  if (threshold < 0) {
    return refuse(
      `nms_threshold must not be negative, as ${threshold}`,
      nms.spanOf('nms_threshold'),
    );
  }
  if (eta <= 0 || eta > 1) {
    return refuse(
      `eta must be above 0 and at most 1, not ${eta}`,
      nms.spanOf('eta'),
    );
  }
  if (eta < 1 && threshold > 0.5) {
    return refuse(
      'an eta below 1, which lowers a threshold above 0.5, is not supported',
      nms.spanOf('eta'),
    );
  }
  if (saved.get('output_directory') !== '') {
    return refuse(
      'writing detections to files is not supported; take the top instead',
      saved.spanOf('output_directory'),
    );
  }
  if (param.get('visualize')) {
    return refuse(
      'visualize is not supported; take the top instead',
      param.spanOf('visualize'),
    );
  }
  if (!isCodeType(param.get('code_type'))) {
    return refuse(
      `the code_type ${param.get('code_type')} is not supported`,
      param.spanOf('code_type'),
    );
  }
  if (nms.has('top_k') && nms.get('top_k') === 0) {
    return refuse('top_k: 0 keeps nothing', nms.spanOf('top_k'));
  }
  if (param.get('keep_top_k') === 0) {
    return refuse('keep_top_k: 0 keeps nothing', param.spanOf('keep_top_k'));
  }
  return true;
}

/** Whether the bottoms are locations, confidences and priors of one number of boxes. */
function checkShapes(
  context: SetUpContext,
  classes: number,
  own: number,
): boolean {
  const [batch = 1] = bottomShape(context);
  const priors = bottomShape(context, 2);
  const boxes = (priors[2] ?? 0) / 4;
  const wanted = [
    [batch, boxes * own * 4],
    [batch, boxes * classes],
    [1, 2, boxes * 4],
  ] as const;
  const wrong = wanted.findIndex(
    (shape, at) =>
      elementCount(bottomShape(context, at)) !== elementCount(shape) ||
      bottomShape(context, at)[1] !== shape[1],
  );
  if (wrong === -1 && Number.isInteger(boxes)) return true;
  const [subject, shape] =
    wrong === -1 || wrong === 2
      ? (['the priors (bottom 2) must be 1x2x(4 * boxes)', priors] as const)
      : ([
          `bottom ${wrong} must be ${shapeText(wanted[wrong] ?? [])} for ${boxes} boxes, ${classes} classes`,
          bottomShape(context, wrong),
        ] as const);
  context.refuse(
    `${subject}, not ${shapeText(shape)}`,
    context.message.spanOf('bottom', wrong === -1 ? 2 : wrong),
  );
  return false;
}

/** `N, boxes, classes, ...` as `N, classes, boxes, ...` without the background. */
function byClass(builder: Builder, x: Value, background: number): Value {
  const order = x.type.shape.map((_, axis) => axis);
  const turned = builder.apply(transpose, [x], {
    permutation: [0, 2, 1, ...order.slice(3)],
  });
  const { shape } = turned.type;
  const classes = sizeAt(shape, 1);
  if (background < 0 || background >= classes) return turned;
  const parts = [
    [0, background],
    [background + 1, classes - background - 1],
  ].flatMap(([from = 0, count = 0]) =>
    count === 0
      ? []
      : [
          builder.apply(slice, [turned], {
            begin: shape.map((_, axis) => (axis === 1 ? from : 0)),
            size: shape.with(1, count),
          }),
        ],
  );
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? only
    : builder.apply(concat, parts, { axis: 1 });
}

/**
 * DetectionOutput (detection_output_layer.cpp of SSD's Caffe): detections from what a single
 * shot detector predicts. No gradient.
 *
 * Bottoms: locations (N, boxes * 4, times the classes without `share_location`), confidences
 * (N, boxes * num_classes), priors (1, 2, 4 * boxes); a fourth plays no part. Top: 1, 1,
 * detections, 7: image, label, confidence, xmin, ymin, xmax, ymax. Only the data tell how many
 * there are; no layer takes such a bottom.
 *
 * - C1: boxes are the priors changed by the locations, in the way that `code_type` says; with
 *   `variance_encoded_in_target` without the priors' variances. They are not clipped.
 * - C2: of each class but `background_label_id` the `top_k` boxes with the best confidence
 *   above `confidence_threshold` count, best first; of equal ones the first. Each is left out
 *   that shares more than `nms_threshold` of its union with one that is kept.
 * - C3: of an image the `keep_top_k` best of all classes stay.
 * - C4: rows are sorted by image, then by label, then by confidence. Without any detection
 *   there is a row of -1 for each image, behind its number.
 */
export const detectionOutput = defineLayer({
  type: 'DetectionOutput',
  bottoms: between(3, 4),
  tops: exactly(1),
  foreignOptions: ['detection_output_param'],
  setUp(context) {
    const param = context.message.get('detection_output_param');
    if (!checkOptions(context, param)) return undefined;
    const type: string = param.get('code_type');
    if (!isCodeType(type)) return undefined;
    const classes = param.get('num_classes');
    const background = param.get('background_label_id');
    const own = param.get('share_location') ? 1 : classes;
    if (!checkShapes(context, classes, own)) return undefined;
    const labels = Array.from({ length: classes }, (_, label) => label).filter(
      (label) => label !== background,
    );
    if (labels.length === 0) {
      return context.refuse(
        'there is no class but the background',
        param.spanOf('num_classes'),
      );
    }
    const [batch = 1] = bottomShape(context);
    const boxes = (bottomShape(context, 2)[2] ?? 0) / 4;
    const nms = param.get('nms_param');
    const best = nms.has('top_k') ? nms.get('top_k') : -1;
    const most = param.get('keep_top_k');
    return {
      tops: [[1, 1, dynamic, 7]],
      lower: ({ builder, bottoms }) => {
        const predicted = byClass(
          builder,
          reshaped(builder, bottom({ bottoms }), [batch, boxes, own, 4]),
          own === 1 ? -1 : background,
        );
        return [
          detections(builder, {
            scores: byClass(
              builder,
              reshaped(builder, bottom({ bottoms }, 1), [
                batch,
                boxes,
                classes,
              ]),
              background,
            ),
            boxes: decodedBoxes(builder, predicted, bottom({ bottoms }, 2), {
              type,
              inTarget: param.get('variance_encoded_in_target'),
            }),
            labels,
            overlap: Math.min(nms.get('nms_threshold'), 1),
            leastScore: param.has('confidence_threshold')
              ? param.get('confidence_threshold')
              : lowestFloat,
            best: best < 0 ? boxes : Math.min(best, boxes),
            most: most < 0 ? undefined : most,
          }),
        ];
      },
    };
  },
});
