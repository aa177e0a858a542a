import type { Builder } from '../ir/builder.js';
import { isOp, type Op, type Value } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import type { Shape } from '../ir/types.js';
import { pad, slice } from '../ops/axis-ops.js';
import {
  conv2d,
  conv2dFilterGradient,
  conv2dImageGradient,
} from '../ops/convolution.js';
import { operand, result } from '../ops/operand.js';
import { maxPool, maxPoolGradient } from '../ops/pooling.js';
import { imageSize, paddingName, type Window } from '../ops/window.js';
import type { Pass } from './pass.js';

const name = 'legalize-padding';

const lowestFloat = -3.4028234663852886e38;

const noMargins = [
  [0, 0],
  [0, 0],
] as const;

/** N, H, W, C with the margins of a window around it. */
const grown = (
  [batch = 0, height = 0, width = 0, channels = 0]: Shape,
  { margins }: Window,
): Shape => [
  batch,
  height + margins[0][0] + margins[0][1],
  width + margins[1][0] + margins[1][1],
  channels,
];

/** The window, where the op has margins that no word of TensorFlow says for such an image. */
function unspeakable(op: Op, image: Value): Window | undefined {
  const window = op.attributes as Window;
  const { height, width } = imageSize(image.type.shape, 'NHWC');
  return paddingName(height, width, window) === undefined ? window : undefined;
}

const padded = (
  builder: Builder,
  image: Value,
  { margins }: Window,
  value: number,
): Value =>
  builder.apply(pad, [image], {
    paddings: [[0, 0], ...margins, [0, 0]],
    value,
  });

/** The part of a padded image's gradient that is the image's. */
const inner = (
  builder: Builder,
  gradient: Value,
  { margins }: Window,
  shape: Shape,
): Value =>
  builder.apply(slice, [gradient], {
    begin: [0, margins[0][0], margins[1][0], 0],
    size: shape,
  });

function legalized(
  op: Op,
  builder: Builder,
  lookup: (value: Value) => Value,
): readonly Value[] | undefined {
  const inputs = op.inputs.map(lookup);
  const [first, ...others] = inputs;
  if (first === undefined) return undefined;
  if (isOp(op, conv2d) || isOp(op, maxPool)) {
    const window = unspeakable(op, operand(op, 0));
    if (window === undefined) return undefined;
    const around = isOp(op, conv2d) ? 0 : lowestFloat;
    const image = padded(builder, first, window, around);
    return builder.applyAll(op.definition, [image, ...others], {
      ...op.attributes,
      margins: noMargins,
    });
  }
  if (isOp(op, conv2dFilterGradient)) {
    const window = unspeakable(op, operand(op, 0));
    if (window === undefined) return undefined;
    const image = padded(builder, first, window, 0);
    return builder.applyAll(conv2dFilterGradient, [image, ...others], {
      ...op.attributes,
      margins: noMargins,
    });
  }
  if (isOp(op, conv2dImageGradient)) {
    const window = unspeakable(op, result(op));
    if (window === undefined) return undefined;
    const { shape } = result(op).type;
    const [batch = 0, height = 0, width = 0, channels = 0] = grown(
      shape,
      window,
    );
    const whole = builder.apply(conv2dImageGradient, inputs, {
      ...op.attributes,
      margins: noMargins,
      shape: [batch, channels, height, width],
    });
    return [inner(builder, whole, window, shape)];
  }
  if (isOp(op, maxPoolGradient)) {
    const window = unspeakable(op, operand(op, 0));
    if (window === undefined) return undefined;
    const image = padded(builder, first, window, lowestFloat);
    const whole = builder.apply(maxPoolGradient, [image, ...others], {
      ...op.attributes,
      margins: noMargins,
    });
    return [inner(builder, whole, window, result(op).type.shape)];
  }
  return undefined;
}

/**
 * SAME and VALID run on TensorFlow's fast kernels, explicit paddings do not always. Where
 * neither says what Caffe does, the image is padded before, and the gradient of what was put
 * around it is cut off:
 *
 *     x ─ conv2d(margins 3, 2) ─ y
 *     x ─ pad(3, 2) ─ conv2d(VALID) ─ y
 *
 * The lowest float surrounds MAX, so that a margin never wins.
 */
export const legalizePadding: Pass<'physical', 'physical'> = {
  name,
  after: ['choose-layout'],
  run: (graph) => ({
    ...graph,
    functions: graph.functions.map((subject) =>
      rewriteFunction(name, subject, legalized),
    ),
  }),
};
