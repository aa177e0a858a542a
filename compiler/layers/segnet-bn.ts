import { type Shape, sizeAt } from '../ir/types.js';
import type { Message } from '../schema/message.js';
import type { SetUp, SetUpContext } from './define-layer.js';
import { add, bottom, multiply, overChannels, parameter } from './operands.js';

type Param = Message<'BNParameter'>;

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
 * default, LEARN, takes the statistics of the batch even in TEST and is not compiled.
 */
export function segNetBn(
  context: SetUpContext,
  param: Param,
  shape: Shape,
): SetUp {
  if (param.get('bn_mode') !== 'INFERENCE') {
    context.report(
      'layer/foreign-option',
      {
        layer: context.name,
        option: 'bn_param.bn_mode: LEARN',
        owners: ['segnet', 'enet'],
      },
      param.has('bn_mode')
        ? param.spanOf('bn_mode')
        : context.message.spanOf('type'),
    );
  }
  const blob = [1, sizeAt(shape, 1), 1, 1];
  return {
    tops: [shape],
    parameters: [
      { shape: blob, filler: param.get('scale_filler') },
      { shape: blob, filler: param.get('shift_filler') },
    ],
    lower: ({ builder, bottoms, parameters }) => {
      const of = (index: number) =>
        overChannels(builder, parameter({ parameters }, index), shape.length);
      return [
        add(builder, multiply(builder, bottom({ bottoms }), of(0)), of(1)),
      ];
    },
  };
}
