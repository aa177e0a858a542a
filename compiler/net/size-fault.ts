import { dynamic, elementCount, shapeText } from '../ir/types.js';
import type { SetUp } from '../layers/define-layer.js';

/** Caffe counts the values of a blob in an int. */
const mostElements = 2 ** 31 - 1;

/**
 * What Blob::Reshape refuses of a layer's blobs; a size of 0 has no use either. Only layers
 * that read data can have tops whose size the data tell: elsewhere -1 is a mistake.
 */
export function sizeFault(
  { tops, parameters = [] }: SetUp,
  readsData: boolean,
): string | undefined {
  const blobs = [
    ...tops.map((shape, at) => ({
      what: `top ${at}`,
      shape,
      mayBeDynamic: readsData,
    })),
    ...parameters.map(({ shape }, at) => ({
      what: `parameter ${at}`,
      shape,
      mayBeDynamic: false,
    })),
  ];
  for (const { what, shape, mayBeDynamic } of blobs) {
    const subject = `${what} (${mayBeDynamic ? shapeText(shape) : shape.join('x')})`;
    if (shape.some((size) => size < 1 && !(mayBeDynamic && size === dynamic))) {
      return `${subject} has nothing in it`;
    }
    if (elementCount(shape) > mostElements) {
      return `${subject} has more than ${mostElements} values`;
    }
  }
  return undefined;
}
