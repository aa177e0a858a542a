import { type Shape, sizeAt } from '../ir/types.js';
import type { Message } from '../schema/message.js';
import { normalizedByBatch } from './batch-statistics.js';
import type { SetUp } from './define-layer.js';
import { add, bottom, multiply, overChannels, parameter } from './operands.js';

type Param = Message<'BNParameter'>;

/** What SegNet adds to a variance; no option of the layer. */
const epsilon = 1e-9;

/** Fields of BN that SegNet's Caffe has. */
export const segNetOptions = [
  'bn_param.scale_filler',
  'bn_param.shift_filler',
  'bn_param.bn_mode',
] as const;

const decayFields = [
  'var_eps',
  'moving_average',
  'use_history_in_test',
  'decay',
  'frozen',
] as const;

/**
 * Whether a BN is SegNet's, which has two blobs. Forks with four write the same names for two
 * fillers, and others beside them.
 */
export const isSegNets = (param: Param): boolean =>
  param.has('bn_mode') ||
  ((param.has('scale_filler') || param.has('shift_filler')) &&
    !decayFields.some((field) => param.has(field)));

/**
 * SegNet's BN (bn_layer.cpp of its Caffe): `bn_mode: INFERENCE` is y = scale * x + shift. The
 * default, LEARN, is (x - mean) / sqrt(variance + 1e-9) * scale + shift with the statistics of
 * the batch, in TEST too; it keeps no averages of them.
 */
export function segNetBn(param: Param, shape: Shape): SetUp {
  const learns = param.get('bn_mode') !== 'INFERENCE';
  const blob = [1, sizeAt(shape, 1), 1, 1];
  return {
    tops: [shape],
    parameters: [
      { shape: blob, filler: param.get('scale_filler') },
      { shape: blob, filler: param.get('shift_filler') },
    ],
    lower: ({ builder, bottoms, parameters }) => {
      if (learns) {
        const scale = parameter({ parameters }, 0);
        const offset = parameter({ parameters }, 1);
        const x = bottom({ bottoms });
        return [normalizedByBatch(builder, x, { scale, offset, epsilon }).y];
      }
      const of = (index: number) =>
        overChannels(builder, parameter({ parameters }, index), shape.length);
      return [
        add(builder, multiply(builder, bottom({ bottoms }), of(0)), of(1)),
      ];
    },
  };
}
