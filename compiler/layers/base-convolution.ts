import { invariant } from '../diagnostics.js';
import type { Builder } from '../ir/builder.js';
import type { Value } from '../ir/graph.js';
import type { Shape } from '../ir/types.js';
import { sizeAt } from '../ir/types.js';
import { concat, slice } from '../ops/axis-ops.js';
import { transpose } from '../ops/shape-ops.js';
import type { Message } from '../schema/message.js';
import type { ParameterSpec, SetUpContext } from './define-layer.js';
import { type KernelGeometry, kernelGeometry } from './kernel-geometry.js';
import { add, bottomShape, overChannels, parameter } from './operands.js';

/** What Convolution and Deconvolution have in common (base_conv_layer.cpp). */
export interface BaseConvolution {
  readonly geometry: KernelGeometry;
  readonly outputs: number;
  readonly groups: number;
  readonly biased: boolean;
  /** The axes before the channels. */
  readonly batchShape: Shape;
}

/** Reads and checks it; `groupsOf` says the number of groups of so many channels. */
export function baseConvolution(
  context: SetUpContext,
  param: Message<'ConvolutionParameter'>,
  groupsOf: (channels: number) => number,
): BaseConvolution | undefined {
  const geometry = kernelGeometry(context, param);
  if (geometry === undefined) return undefined;
  const { channels, channelAxis, image } = geometry;
  const outputs = param.get('num_output');
  const groups = groupsOf(channels);
  if (outputs < 1) {
    return context.refuse(
      'num_output must be at least 1',
      param.spanOf('num_output'),
    );
  }
  if (groups < 1 || channels % groups !== 0 || outputs % groups !== 0) {
    return context.refuse(
      `group ${groups} must divide the ${channels} channels of its bottom and num_output ${outputs}`,
      param.spanOf('group'),
    );
  }
  if (image.length > 3) {
    return context.refuse(
      `${image.length} spatial axes; at most 3 are supported`,
      param.spanOf('axis'),
    );
  }
  const batchShape = bottomShape(context).slice(0, channelAxis);
  const biased = param.get('bias_term');
  return { geometry, outputs, groups, biased, batchShape };
}

/** The blobs: weights of that shape, and a bias unless `bias_term: false`. */
export const convolutionBlobs = (
  param: Message<'ConvolutionParameter'>,
  weights: Shape,
  { outputs, biased }: BaseConvolution,
): readonly ParameterSpec[] => [
  { shape: weights, filler: param.get('weight_filler') },
  ...(biased ? [{ shape: [outputs], filler: param.get('bias_filler') }] : []),
];

/** y plus the bias of each channel (axis 1), where there is one. */
export function withBias(
  builder: Builder,
  y: Value,
  parameters: readonly Value[],
  { biased }: BaseConvolution,
): Value {
  if (!biased) return y;
  const bias = parameter({ parameters }, 1);
  return add(builder, y, overChannels(builder, bias, y.type.shape.length));
}

/** Two entries, for [height, width], of a list with at most two. */
export function pair<T>(list: readonly T[], absent: T): readonly [T, T] {
  const [first, second] = [absent, absent, ...list].slice(-2);
  invariant(first !== undefined && second !== undefined, 'no two entries');
  return [first, second];
}

/** Two outer axes and at most two of an image, as four: a missing one has size 1. */
export const planeOf = (shape: Shape): Shape => [
  ...shape.slice(0, 2),
  ...pair(shape.slice(2), 1),
];

/** N, C, D, H, W -> N, D, H, W, C */
export const channelsLast = (builder: Builder, volume: Value): Value =>
  builder.apply(transpose, [volume], { permutation: [0, 2, 3, 4, 1] });

/** N, D, H, W, C -> N, C, D, H, W */
export const channelsSecond = (builder: Builder, volume: Value): Value =>
  builder.apply(transpose, [volume], { permutation: [0, 4, 1, 2, 3] });

/** O, I, D, H, W -> D, H, W, I, O */
export const filterOrder = [2, 3, 4, 1, 0];

/** Does `body` with each group's share of the last axis of both, and joins the results there. */
export function groupByGroup(
  builder: Builder,
  [volume, filter]: readonly [Value, Value],
  [volumeAxis, filterAxis]: readonly [number, number],
  groups: number,
  body: (volume: Value, filter: Value) => Value,
): Value {
  if (groups === 1) return body(volume, filter);
  const part = (value: Value, axis: number, group: number): Value => {
    const { shape } = value.type;
    const share = sizeAt(shape, axis) / groups;
    return builder.apply(slice, [value], {
      begin: shape.map((_, at) => (at === axis ? group * share : 0)),
      size: shape.with(axis, share),
    });
  };
  const parts = Array.from({ length: groups }, (_, group) =>
    body(part(volume, volumeAxis, group), part(filter, filterAxis, group)),
  );
  return builder.apply(concat, parts, { axis: 4 });
}
