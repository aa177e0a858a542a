import type { Builder } from '../ir/builder.js';
import type { OpDefinition, Value } from '../ir/graph.js';
import { type Shape, sizeAt } from '../ir/types.js';
import { concat, pad } from './axis-ops.js';
import { batchMatMul } from './batch-mat-mul.js';
import { reshape, transpose } from './shape-ops.js';
import { reverse, spreadOut, stridedSlice } from './stride-ops.js';
import { type Conv2dAttributes, extent, type Margin } from './window.js';

/*
 * TensorFlow has no gradients of grouped convolutions on CPUs. Both are made of what it has,
 * at about the cost of the multiply-accumulates that they need.
 */

interface ImageGradient {
  readonly builder: Builder;
  /** The image's: N, C, H, W. */
  readonly shape: Shape;
  /** O, C/groups, H, W */
  readonly filter: Value;
  readonly gradient: Value;
  readonly attributes: Conv2dAttributes;
  readonly conv2d: OpDefinition<Conv2dAttributes>;
}

interface FilterGradient {
  readonly builder: Builder;
  /** N, C, H, W */
  readonly x: Value;
  /** The filter's: O, C/groups, H, W. */
  readonly shape: Shape;
  readonly gradient: Value;
  readonly attributes: Conv2dAttributes;
}

/**
 * The image's: a grouped convolution again, of the gradient with zeros between its entries,
 * by the filter with inputs and outputs exchanged in each group and both image axes reversed.
 */
export function groupedImageGradient({
  builder,
  shape,
  filter,
  gradient,
  attributes,
  conv2d,
}: ImageGradient): Value {
  const { groups, kernel, strides, dilations, margins } = attributes;
  const [outputs = 0, perGroup = 0, height = 0, width = 0] = filter.type.shape;
  const share = outputs / groups;
  const grouped = builder.apply(reshape, [filter], {
    shape: [groups, share, perGroup, height, width],
  });
  const exchanged = builder.apply(
    reshape,
    [builder.apply(transpose, [grouped], { permutation: [0, 2, 1, 3, 4] })],
    { shape: [groups * perGroup, share, height, width] },
  );
  const flipped = builder.apply(reverse, [exchanged], { axes: [2, 3] });
  const spread = spreadOut(builder, gradient, [1, 1, ...strides]);
  const around = ([0, 1] as const).map((axis): Margin => {
    const reach = extent(kernel[axis], dilations[axis]) - 1;
    const before = reach - margins[axis][0];
    const size = sizeAt(shape, axis + 2);
    const covered = sizeAt(spread.type.shape, axis + 2) + before - reach;
    return [before, size - covered];
  });
  const [high, wide] = around;
  const cropped = around.flat().some((margin) => margin < 0);
  return cropped || high === undefined || wide === undefined
    ? convolveCropped(builder, spread, flipped, around, attributes, conv2d)
    : builder.apply(conv2d, [spread, flipped], {
        groups,
        kernel,
        dilations,
        format: 'NCHW',
        strides: [1, 1],
        margins: [high, wide],
      });
}

/** Margins that cut off what no window of the forward pass had read. */
function convolveCropped(
  builder: Builder,
  spread: Value,
  filter: Value,
  around: readonly Margin[],
  { groups, kernel, dilations }: Conv2dAttributes,
  conv2d: OpDefinition<Conv2dAttributes>,
): Value {
  const { shape } = spread.type;
  const inner = around.map(([before, after], axis) => ({
    begin: Math.max(-before, 0),
    size: sizeAt(shape, axis + 2) - Math.max(-before, 0) - Math.max(-after, 0),
  }));
  const part = builder.apply(stridedSlice, [spread], {
    begin: [0, 0, ...inner.map(({ begin }) => begin)],
    size: [...shape.slice(0, 2), ...inner.map(({ size }) => size)],
    strides: [1, 1, 1, 1],
  });
  const margin = (axis: 0 | 1): Margin => [
    Math.max(around[axis]?.[0] ?? 0, 0),
    Math.max(around[axis]?.[1] ?? 0, 0),
  ];
  return builder.apply(conv2d, [part, filter], {
    groups,
    kernel,
    dilations,
    format: 'NCHW',
    strides: [1, 1],
    margins: [margin(0), margin(1)],
  });
}

/**
 * The filter's: for each place of the kernel one batched matrix product over the groups, of
 * the gradient and of what that place has read.
 */
export function groupedFilterGradient({
  builder,
  x,
  shape,
  gradient,
  attributes,
}: FilterGradient): Value {
  const { groups, strides, dilations, margins } = attributes;
  const [outputs = 0, perGroup = 0, height = 0, width = 0] = shape;
  const byGroup = (value: Value): Value => {
    const [batch = 0, channels = 0, high = 0, wide = 0] = value.type.shape;
    const split = builder.apply(reshape, [value], {
      shape: [batch, groups, channels / groups, high, wide],
    });
    return builder.apply(transpose, [split], {
      permutation: [1, 0, 3, 4, 2],
    });
  };
  const rowsOf = (value: Value): Value => {
    const { shape } = value.type;
    const rows = sizeAt(shape, 1) * sizeAt(shape, 2) * sizeAt(shape, 3);
    return builder.apply(reshape, [value], {
      shape: [groups, rows, sizeAt(shape, 4)],
    });
  };
  const padded = byGroup(
    builder.apply(pad, [x], {
      paddings: [[0, 0], [0, 0], ...margins],
      value: 0,
    }),
  );
  const gradients = byGroup(gradient);
  const size: Shape = gradients.type.shape.with(4, perGroup);
  const flat = rowsOf(gradients);
  const taps = Array.from({ length: height * width }, (_, tap) => {
    const row = Math.floor(tap / width) * dilations[0];
    const column = (tap % width) * dilations[1];
    const read = builder.apply(stridedSlice, [padded], {
      begin: [0, 0, row, column, 0],
      size,
      strides: [1, 1, ...strides, 1],
    });
    const product = builder.apply(batchMatMul, [flat, rowsOf(read)], {
      transposeA: true,
      transposeB: false,
    });
    return builder.apply(reshape, [product], {
      shape: [outputs, perGroup, 1],
    });
  });
  const joined = builder.apply(concat, taps, { axis: 2 });
  return builder.apply(reshape, [joined], { shape });
}
