import { RuntimeFailure } from './runtime-failure.js';
import type { Signature, TensorInfo } from './saved-model-signatures.js';
import { elementCount, type Feed, type Tensor } from './tensor.js';

/** TensorFlow's types that a feed of ours can fill, by their number. */
const fillable: Readonly<Record<number, readonly [string, Tensor['dtype']]>> = {
  1: ['DT_FLOAT', 'float32'],
  3: ['DT_INT32', 'int32'],
  7: ['DT_STRING', 'string'],
  9: ['DT_INT64', 'int32'],
  10: ['DT_BOOL', 'int32'],
};

/** The name of the type that the graph takes where a signature tells it. */
export function feedType(
  feed: Feed,
  inputs: ReadonlyMap<string, TensorInfo>,
): string {
  const info = inputs.get(feed.name);
  if (info !== undefined) return fillable[info.dtype]?.[0] ?? 'DT_INVALID';
  switch (feed.tensor.dtype) {
    case 'float32':
      return 'DT_FLOAT';
    case 'int32':
      return 'DT_INT32';
    case 'string':
      return 'DT_STRING';
  }
}

/** The inputs of all signatures by the name of the tensor. */
export function inputsByTensor(
  signatures: readonly Signature[],
): ReadonlyMap<string, TensorInfo> {
  return new Map(
    signatures.flatMap((signature) =>
      Object.values(signature.inputs).map((info) => [info.name, info] as const),
    ),
  );
}

const shapeText = (shape: readonly number[]): string =>
  `[${shape.map((size) => (size === -1 ? '?' : size)).join(', ')}]`;

const arrayOf = {
  float32: (data: Tensor['data']): boolean => data instanceof Float32Array,
  int32: (data: Tensor['data']): boolean => data instanceof Int32Array,
  string: (data: Tensor['data']): boolean => Array.isArray(data),
} as const;

function problemOf(
  feed: Feed,
  info: TensorInfo | undefined,
): string | undefined {
  const { dtype, shape, data } = feed.tensor;
  if (!arrayOf[dtype](data))
    return `is called ${dtype} and holds another array`;
  if (data.length !== elementCount(shape)) {
    return `has ${data.length} elements, which do not fill the shape ${shapeText(shape)}`;
  }
  if (info === undefined) return undefined;
  const wanted = fillable[info.dtype];
  if (wanted === undefined) {
    return `cannot be fed: its type in the graph has the number ${info.dtype}`;
  }
  if (wanted[1] !== dtype)
    return `is ${dtype}, and the graph takes ${wanted[1]}`;
  if (wanted[0] === 'DT_INT64' && (data as Int32Array).some((n) => n < 0)) {
    // tfjs widens with zeros: a negative number would become a large positive one.
    return 'has negative elements, which cannot be fed as int64';
  }
  const fits =
    info.shape === undefined ||
    (info.shape.length === shape.length &&
      info.shape.every((size, axis) => size === -1 || size === shape[axis]));
  return fits
    ? undefined
    : `has the shape ${shapeText(shape)}, and the graph takes ${shapeText(info.shape)}`;
}

/**
 * Compares feeds with what the graph takes. TensorFlow itself does not: a tensor of another
 * rank than the placeholder's can end the whole process.
 */
export function checkFeeds(
  feeds: readonly Feed[],
  inputs: ReadonlyMap<string, TensorInfo>,
): void {
  for (const feed of feeds) {
    const problem = problemOf(feed, inputs.get(feed.name));
    if (problem !== undefined) {
      throw new RuntimeFailure(`the feed '${feed.name}' ${problem}`);
    }
  }
}
