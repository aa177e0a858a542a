import { isOp, type Op } from '../ir/graph.js';
import { rewriteFunction } from '../ir/rewrite.js';
import { pad } from '../ops/axis-ops.js';
import { conv2d } from '../ops/convolution.js';
import { operand } from '../ops/operand.js';
import { maxPool } from '../ops/pooling.js';
import { imageSize, paddingName, type Window } from '../ops/window.js';
import { onPredict } from './pass.js';

const name = 'legalize-padding';

const lowestFloat = -3.4028234663852886e38;

/** The window and what surrounds the image, where the op has margins that no word of TensorFlow says. */
function unspeakable(
  op: Op,
): { readonly window: Window; readonly around: number } | undefined {
  const around = isOp(op, conv2d) ? 0 : lowestFloat;
  if (!isOp(op, conv2d) && !isOp(op, maxPool)) return undefined;
  const window = op.attributes as Window;
  const { height, width } = imageSize(operand(op, 0).type.shape, 'NHWC');
  return paddingName(height, width, window) === undefined
    ? { window, around }
    : undefined;
}

/**
 * SAME and VALID run on TensorFlow's fast kernels, explicit paddings do not always. Where
 * neither says what Caffe does, the image is padded before:
 *
 *     x ─ conv2d(margins 3, 2) ─ y
 *     x ─ pad(3, 2) ─ conv2d(VALID) ─ y
 *
 * The lowest float surrounds MAX, so that a margin never wins.
 */
export const legalizePadding = onPredict<'physical'>(
  name,
  ['choose-layout'],
  (predict) =>
    rewriteFunction(name, predict, (op, builder, lookup) => {
      const found = unspeakable(op);
      if (found === undefined) return undefined;
      const [x, ...others] = op.inputs.map(lookup);
      if (x === undefined) return undefined;
      const padded = builder.apply(pad, [x], {
        paddings: [[0, 0], ...found.window.margins, [0, 0]],
        value: found.around,
      });
      const none = [0, 0] as const;
      return builder.applyAll(op.definition, [padded, ...others], {
        ...op.attributes,
        margins: [none, none],
      });
    }),
);
