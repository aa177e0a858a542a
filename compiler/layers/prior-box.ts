import { float32 } from '../ir/types.js';
import { constant } from '../ops/constant.js';
import type { Message } from '../schema/message.js';
import { defineLayer, exactly, type SetUpContext } from './define-layer.js';
import { bottomShape } from './operands.js';

type Param = Message<'PriorBoxParameter'>;
type Pair = readonly [height: number, width: number];

/** PriorBox-C2: 1 first; what is there already is not taken again. */
function aspectRatios(param: Param): readonly number[] {
  const ratios = [1];
  for (const ratio of param.get('aspect_ratio')) {
    if (ratios.some((each) => Math.abs(each - ratio) < 1e-6)) continue;
    ratios.push(ratio);
    if (param.get('flip')) ratios.push(Math.fround(1 / ratio));
  }
  return ratios;
}

/** Width and height of the boxes at each place, in their order (PriorBox-C1 and C2). */
function boxSizes(param: Param): readonly Pair[] {
  const others = aspectRatios(param).slice(1);
  const largest = param.get('max_size');
  return param.get('min_size').flatMap((written, at) => {
    const size = Math.trunc(written);
    const most = largest[at];
    const root = Math.fround(Math.sqrt(size * Math.trunc(most ?? 0)));
    return [
      [size, size] as const,
      ...(most === undefined ? [] : [[root, root] as const]),
      ...others.map((ratio): Pair => {
        const side = Math.sqrt(ratio);
        return [Math.fround(size / side), Math.fround(size * side)];
      }),
    ];
  });
}

/** `x`, or `x_h` and `x_w`, never both; undefined: neither. */
function perSide(
  context: SetUpContext,
  param: Param,
  [both, high, wide]: readonly [
    'img_size' | 'step',
    'img_h' | 'step_h',
    'img_w' | 'step_w',
  ],
): Pair | 'neither' | undefined {
  const sides = [high, wide].filter((field) => param.has(field));
  const [side] = sides;
  if (side !== undefined && param.has(both)) {
    return context.refuse(
      `give ${both} or ${high} and ${wide}, not both`,
      param.spanOf(side),
    );
  }
  if (side === undefined && !param.has(both)) return 'neither';
  const fields =
    side === undefined ? ([both, both] as const) : ([high, wide] as const);
  const wrong = fields.find((field) => !(param.get(field) > 0));
  if (wrong !== undefined) {
    return context.refuse(
      `${wrong} must be above 0`,
      param.has(wrong) ? param.spanOf(wrong) : param.span,
    );
  }
  return [param.get(fields[0]), param.get(fields[1])];
}

/** Tells what is wrong with the lists of numbers, if anything is. */
function checkLists(context: SetUpContext, param: Param): boolean {
  const smallest = param.get('min_size');
  const largest = param.get('max_size');
  const variances = param.get('variance');
  const refuse = (reason: string, span = param.span): boolean => {
    context.refuse(reason, span);
    return false;
  };
  if (smallest.length === 0) return refuse('min_size is missing');
  for (const field of ['min_size', 'aspect_ratio', 'variance'] as const) {
    const wrong = param.get(field).findIndex((value) => !(value > 0));
    if (wrong !== -1) {
      return refuse(`${field} must be above 0`, param.spanOf(field, wrong));
    }
  }
  if (largest.length > 0 && largest.length !== smallest.length) {
    return refuse(
      `max_size is given ${largest.length} times, min_size ${smallest.length} times`,
      param.spanOf('max_size'),
    );
  }
  const less = largest.findIndex((size, at) => !(size > (smallest[at] ?? 0)));
  if (less !== -1) {
    return refuse(
      `max_size ${largest[less]} must be above min_size ${smallest[less]}`,
      param.spanOf('max_size', less),
    );
  }
  if (![0, 1, 4].includes(variances.length)) {
    return refuse(
      `variance must be given once or four times, not ${variances.length} times`,
      param.spanOf('variance'),
    );
  }
  return true;
}

interface Priors {
  readonly map: Pair;
  readonly image: Pair;
  readonly steps: Pair;
  readonly sizes: readonly Pair[];
}

/** Corners of all boxes in shares of the image, in float32 as the reference computes them. */
function corners(
  { map, image, steps, sizes }: Priors,
  param: Param,
): readonly number[] {
  const offset = param.get('offset');
  const clip = (value: number): number =>
    param.get('clip') ? Math.min(Math.max(value, 0), 1) : value;
  const middle = (at: number, axis: 0 | 1): number =>
    Math.fround(Math.fround(at + offset) * steps[axis]);
  const boxes: number[] = [];
  for (let row = 0; row < map[0]; row++) {
    for (let column = 0; column < map[1]; column++) {
      const [y, x] = [middle(row, 0), middle(column, 1)];
      for (const [height, width] of sizes) {
        boxes.push(
          clip((x - width / 2) / image[1]),
          clip((y - height / 2) / image[0]),
          clip((x + width / 2) / image[1]),
          clip((y + height / 2) / image[0]),
        );
      }
    }
  }
  return boxes;
}

/**
 * PriorBox (prior_box_layer.cpp of SSD's Caffe): the boxes around every place of a map that a
 * detector starts from, and the variances by which it codes their changes.
 *
 * Bottoms: the map and the image, which count by their shapes alone and get no gradient. Top:
 * 1, 2, 4 * H * W * boxes: the corners xmin, ymin, xmax, ymax of each box in shares of the
 * image, then four variances for each.
 *
 * - C1: for each `min_size` (a fraction is cut off) a square of this side; if there is a
 *   `max_size` a square of side sqrt(min_size * max_size); then a box of the area of the first
 *   for each aspect ratio.
 * - C2: aspect ratios are those given and, with `flip` (the default), their inverses; 1 and
 *   repeated ones do not count.
 * - C3: the middle of a box is (place + `offset`) * step; without `step` (or `step_h` and
 *   `step_w`) a step is the image's size by the map's. The image's size is `img_size`, or
 *   `img_h` and `img_w`, else that of bottom 1.
 * - C4: `clip` keeps corners within the image. `variance` is given once or for each of the
 *   four numbers; it is 0.1 by default.
 */
export const priorBox = defineLayer({
  type: 'PriorBox',
  bottoms: exactly(2),
  tops: exactly(1),
  foreignOptions: ['prior_box_param'],
  setUp(context) {
    const param = context.message.get('prior_box_param');
    const [, , high = 1, wide = 1] = bottomShape(context);
    const [, , imageHigh = 1, imageWide = 1] = bottomShape(context, 1);
    const map = [high, wide] as const;
    if (!checkLists(context, param)) return undefined;
    const size = perSide(context, param, ['img_size', 'img_h', 'img_w']);
    const step = perSide(context, param, ['step', 'step_h', 'step_w']);
    if (size === undefined || step === undefined) return undefined;
    const image = size === 'neither' ? ([imageHigh, imageWide] as const) : size;
    const steps: Pair =
      step === 'neither'
        ? [Math.fround(image[0] / high), Math.fround(image[1] / wide)]
        : step;
    const sizes = boxSizes(param);
    const count = high * wide * sizes.length;
    const top = [1, 2, 4 * count];
    return {
      tops: [top],
      lower: ({ builder }) => {
        const written = param.get('variance');
        const variances = written.length === 0 ? [0.1] : written;
        const data = Float32Array.from([
          ...corners({ map, image, steps, sizes }, param),
          ...Array.from(
            { length: 4 * count },
            (_, at) => variances[at % variances.length] ?? 0,
          ),
        ]);
        return [
          builder.apply(constant, [], { tensor: { type: float32(top), data } }),
        ];
      },
    };
  },
});
