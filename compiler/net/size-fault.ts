import { dynamic, elementCount, shapeText } from '../ir/types.js';
import type { SetUp } from '../layers/define-layer.js';

/** Caffe counts the values of a blob in an int. */
const mostElements = 2 ** 31 - 1;

/** What Blob::Reshape refuses of a layer's blobs; a size of 0 has no use either. */
export function sizeFault({
  tops,
  parameters = [],
}: SetUp): string | undefined {
  const blobs = [
    ...tops.map((shape, at) => ({ what: `top ${at}`, shape })),
    ...parameters.map(({ shape }, at) => ({ what: `parameter ${at}`, shape })),
  ];
  for (const { what, shape } of blobs) {
    const subject = `${what} (${shapeText(shape)})`;
    if (shape.some((size) => size < 1 && size !== dynamic)) {
      return `${subject} has nothing in it`;
    }
    if (elementCount(shape) > mostElements) {
      return `${subject} has more than ${mostElements} values`;
    }
  }
  return undefined;
}
