import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import type {
  ConstantTensor,
  OpDefinition,
} from '../../../compiler/ir/graph.js';
import {
  elementCount,
  float32,
  type Shape,
} from '../../../compiler/ir/types.js';
import {
  add,
  multiply,
  none,
  relu,
} from '../../../compiler/ops/elementwise.js';
import { ops } from '../../../compiler/ops/index.js';

import { numbers } from '../../support/numbers.js';
import { requireNative } from '../../support/require-native.js';
import { runOps } from '../../support/run-ops.js';

/** Operands that broadcast. */
const operands: readonly ConstantTensor[] = [
  [2, 3, 4],
  [3, 1],
].map((shape, seed) => ({
  type: float32(shape),
  data: numbers(elementCount(shape), seed + 1),
}));

interface Folding {
  readonly definition: OpDefinition;
  readonly attributes: object;
}

/** Operands that the op takes: one, two that broadcast, or two of one type. */
function operandsOf({
  definition,
  attributes,
}: Folding): readonly ConstantTensor[] {
  const ways = [
    operands.slice(0, 1),
    operands,
    [...operands.slice(0, 1), ...operands.slice(0, 1)],
  ];
  const found = ways.find((way) => {
    try {
      definition.infer(
        way.map(({ type }) => type),
        attributes,
      );
      return true;
    } catch (thrown) {
      if (thrown instanceof InternalError) return false;
      throw thrown;
    }
  });
  if (found === undefined) throw new Error(`${definition.name} takes nothing`);
  return found;
}

const attributesOf: Readonly<Record<string, object>> = {
  reshape: { shape: [4, 6] },
  scaleBy: { factor: -1.5 },
  transpose: { permutation: [2, 0, 1] },
};

const foldings: readonly Folding[] = Object.values(ops)
  .filter(({ evaluate }) => evaluate !== null)
  .map((definition) => ({
    definition,
    attributes: attributesOf[definition.name] ?? none,
  }));

const shapeOf = (definition: OpDefinition, shapes: readonly Shape[]): Shape =>
  definition.infer(shapes.map(float32), none)[0]?.shape ?? [];

describe('Elementwise ops', () => {
  before(function () {
    requireNative(this);
  });

  for (const { definition, attributes } of foldings) {
    it(`${definition.name} is folded to what TensorFlow computes`, async () => {
      const given = operandsOf({ definition, attributes });
      const [computed] = await runOps(
        given.map(({ type, data }) => ({
          shape: type.shape,
          data: data as Float32Array,
        })),
        (builder, inputs) => [builder.apply(definition, inputs, attributes)],
      );
      const folded = definition.evaluate?.(given, attributes);
      expect(folded?.type.shape.join('x')).to.equal(computed?.shape);
      const values = [...(folded?.data ?? [])];
      values.forEach((value, at) => {
        const expected = computed?.data[at] ?? NaN;
        // Roots and logarithms of negative numbers.
        if (Number.isNaN(value) && Number.isNaN(expected)) return;
        const tolerance = 2e-6 * Math.max(1, Math.abs(expected));
        expect(value).to.be.closeTo(expected, tolerance);
      });
    });
  }
});

describe('Broadcasting', () => {
  it('follows NumPy', () => {
    expect(
      shapeOf(add, [
        [2, 3, 4],
        [3, 1],
      ]),
    ).to.deep.equal([2, 3, 4]);
    expect(shapeOf(add, [[1], [5, 1]])).to.deep.equal([5, 1]);
    expect(shapeOf(multiply, [[], [2]])).to.deep.equal([2]);
  });

  it('refuses shapes and types that do not fit', () => {
    const shapes = () => shapeOf(add, [[2], [3]]);
    expect(shapes).to.throw(InternalError, 'add of 2 and 3');
    const types = () =>
      add.infer([float32([2]), { dtype: 'int32', shape: [2] }], none);
    expect(types).to.throw(InternalError, 'add of float32 and int32');
    expect(() => relu.infer([], none)).to.throw(InternalError);
  });
});
