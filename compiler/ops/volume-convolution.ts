import { invariant } from '../diagnostics.js';
import { attr } from '../emit/node-emitter.js';
import type { OpDefinition } from '../ir/graph.js';
import { type Shape, shapeText, sizeAt } from '../ir/types.js';
import { inputType, operand } from './operand.js';
import { extent } from './window.js';

export interface Conv3dAttributes {
  /** All entries are for [depth, height, width]. */
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
}

/**
 * Cross-correlation over three axes without padding or groups (TensorFlow: Conv3D). Inputs:
 * the volume N, D, H, W, C and the filter D, H, W, I, O.
 */
export const conv3d: OpDefinition<Conv3dAttributes> = {
  name: 'conv3d',
  stages: ['logical', 'physical'],
  layout: { kind: 'ordered' },
  infer: (inputs, { strides, dilations }) => {
    const x = inputType(inputs, 0);
    const filter = inputType(inputs, 1);
    invariant(
      x.shape.length === 5 && sizeAt(filter.shape, 3) === sizeAt(x.shape, 4),
      `conv3d of ${shapeText(x.shape)} by ${shapeText(filter.shape)}`,
    );
    const image = [0, 1, 2].map((axis) => {
      const reach = extent(sizeAt(filter.shape, axis), dilations[axis] ?? 1);
      const room = sizeAt(x.shape, axis + 1) - reach;
      return Math.floor(room / (strides[axis] ?? 1)) + 1;
    });
    return [
      {
        dtype: x.dtype,
        shape: [sizeAt(x.shape, 0), ...image, sizeAt(filter.shape, 4)],
      },
    ];
  },
  gradient: (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const x = operand(op, 0);
    const filter = operand(op, 1);
    return [
      builder.apply(conv3dVolumeGradient, [filter, gradient], {
        ...op.attributes,
        shape: x.type.shape,
      }),
      builder.apply(conv3dFilterGradient, [x, gradient], {
        ...op.attributes,
        shape: filter.type.shape,
      }),
    ];
  },
  evaluate: null,
  emit: (op, emitter) => [
    emitter.node(
      'Conv3D',
      [emitter.tensor(operand(op, 0)), emitter.tensor(operand(op, 1))],
      {
        T: attr.type(operand(op, 0).type.dtype),
        strides: attr.ints([1, ...op.attributes.strides, 1]),
        dilations: attr.ints([1, ...op.attributes.dilations, 1]),
        padding: attr.text('VALID'),
        data_format: attr.text('NDHWC'),
      },
    ),
  ],
};

interface Conv3dGradientAttributes extends Conv3dAttributes {
  readonly shape: Shape;
}

function conv3dGradient(
  name: string,
  tensorFlowOp: string,
  /** Where the shape stands among the op's inputs. */
  sizesAt: 0 | 1,
  gradient: OpDefinition<Conv3dGradientAttributes>['gradient'],
): OpDefinition<Conv3dGradientAttributes> {
  return {
    name,
    stages: ['logical', 'physical'],
    layout: { kind: 'ordered' },
    infer: (inputs, { shape }) => [
      { dtype: inputType(inputs, 0).dtype, shape },
    ],
    gradient,
    evaluate: null,
    emit: (op, emitter) => {
      const { shape, strides, dilations } = op.attributes;
      const tensors = op.inputs.map((input) => emitter.tensor(input));
      return [
        emitter.node(
          tensorFlowOp,
          tensors.toSpliced(sizesAt, 0, emitter.integers(shape)),
          {
            T: attr.type(operand(op, 0).type.dtype),
            ...(sizesAt === 0 ? { Tshape: attr.type('int32') } : {}),
            strides: attr.ints([1, ...strides, 1]),
            dilations: attr.ints([1, ...dilations, 1]),
            padding: attr.text('VALID'),
            data_format: attr.text('NDHWC'),
          },
        ),
      ];
    },
  };
}

/** Inputs: the filter and the gradient of the result (TensorFlow: Conv3DBackpropInputV2). */
export const conv3dVolumeGradient = conv3dGradient(
  'conv3dVolumeGradient',
  'Conv3DBackpropInputV2',
  0,
  (op, [gradient], builder) => {
    if (gradient === undefined) return [];
    const filter = operand(op, 0);
    const { strides, dilations } = op.attributes;
    const attributes = { strides, dilations };
    return [
      builder.apply(conv3dFilterGradient, [gradient, operand(op, 1)], {
        ...attributes,
        shape: filter.type.shape,
      }),
      builder.apply(conv3d, [gradient, filter], attributes),
    ];
  },
);

/** Inputs: the volume and the gradient of the result (TensorFlow: Conv3DBackpropFilterV2). */
export const conv3dFilterGradient = conv3dGradient(
  'conv3dFilterGradient',
  'Conv3DBackpropFilterV2',
  1,
  null,
);
