/**
 * The shape that today's Caffe gives a blob which an old file has as four numbers, where the
 * type of its layer tells; undefined where it may be one or another.
 */
export function todaysShape(
  type: string,
  number: number,
  [a = 1, b = 1, c = 1, d = 1]: readonly number[],
): readonly number[] | undefined {
  switch (type) {
    case 'Convolution':
    case 'Deconvolution':
      return number === 0 ? [a, b, c, d] : vector(number, a * b * c, d);
    case 'InnerProduct':
      if (number !== 0) return vector(number, a * b * c, d);
      return a * b === 1 ? [c, d] : undefined;
    // Its blobs are 1xCx1x1 today, too.
    case 'BN':
      return [a, b, c, d];
    default:
      return undefined;
  }
}

/** A bias. */
const vector = (
  number: number,
  before: number,
  size: number,
): readonly number[] | undefined =>
  number === 1 && before === 1 ? [size] : undefined;
