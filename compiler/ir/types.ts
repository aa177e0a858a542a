/**
 * Element types that the IR knows; a blob of Caffe is always float32. bfloat16 has the range of
 * float32 and 8 bits of its fraction: products may be computed in it, nothing is kept in it.
 */
export type DType = 'float32' | 'bfloat16' | 'int32' | 'bool' | 'string';

/**
 * The size of a first axis that only the data tell (the items that a Filter lets through);
 * TensorFlow has the same number for it. Whoever computes with sizes has to ask for it first:
 * a layer takes such bottoms only where its definition says so.
 */
export const dynamic = -1;

/** Sizes of the axes, outermost first: N, C, H, W in the logical graph. */
export type Shape = readonly number[];

/** Whether the size of some axis is not known when compiling. */
export const isDynamic = (shape: Shape): boolean => shape.includes(dynamic);

export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export const float32 = (shape: Shape): TensorType => ({
  dtype: 'float32',
  shape,
});

/**
 * How many elements a tensor of this shape has (a scalar has one); of a dynamic one minus the
 * number in each item, so that equal counts are equal here too.
 */
export const elementCount = (shape: Shape): number =>
  shape.reduce((product, size) => product * size, 1);

/** How many bytes a tensor takes; of a dynamic shape: what one item of it takes. */
export const byteSize = ({ dtype, shape }: TensorType): number =>
  (dtype === 'bfloat16' ? 2 : 4) * Math.abs(elementCount(shape));

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

export const sameType = (a: TensorType, b: TensorType): boolean =>
  a.dtype === b.dtype && sameShape(a.shape, b.shape);

/** `1x3x224x224`, as diagnostics and the printed IR write shapes. */
export const shapeText = (shape: Shape): string =>
  shape.length === 0
    ? 'scalar'
    : shape.map((size) => (size === dynamic ? '?' : size)).join('x');

/** The size of an axis that is known to exist. */
export function sizeAt(shape: Shape, axis: number): number {
  const size = shape[axis];
  if (size === undefined) {
    throw new RangeError(`no axis ${axis} in ${shapeText(shape)}`);
  }
  return size;
}

/** The shape that NumPy's broadcasting gives, or undefined where the two do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    result.push(left === 1 ? right : left);
  }
  return result;
}
