import { expect } from 'chai';

import { InternalError } from '../../../compiler/diagnostics.js';
import { Builder, freshValue } from '../../../compiler/ir/builder.js';
import type { Graph, GraphFunction } from '../../../compiler/ir/graph.js';
import { float32 } from '../../../compiler/ir/types.js';
import { verify } from '../../../compiler/ir/verify.js';
import { readVariable } from '../../../compiler/ops/constant.js';
import { none, relu } from '../../../compiler/ops/elementwise.js';
import { biasAdd } from '../../../compiler/ops/image-ops.js';

const x = freshValue(float32([2, 3]));

function made(
  build: (builder: Builder) => Partial<GraphFunction> = () => ({}),
): Graph<'logical'> {
  const builder = new Builder({ layer: 'l' });
  const changed = build(builder);
  const subject = {
    name: 'predict',
    inputs: [{ name: 'x', value: x }],
    ops: builder.ops,
    outputs: [],
    stores: [],
    ...changed,
  };
  return { stage: 'logical', name: 'g', variables: [], functions: [subject] };
}

const variable = {
  name: 'w',
  type: float32([2]),
  source: { kind: 'derived' },
} as const;

/** Graphs that break one rule each, and what the verifier says. */
const broken: Readonly<Record<string, readonly [Graph<'logical'>, string]>> = {
  'a value before its definition': [
    made((builder) => {
      builder.apply(relu, [freshValue(float32([1]))], none);
      return {};
    }),
    'relu: input 0 is not defined before',
  ],
  'a value that is defined twice': [
    made((builder) => {
      builder.apply(relu, [x], none);
      const [op] = builder.ops;
      return { ops: op === undefined ? [] : [op, op] };
    }),
    'relu: an output is defined twice',
  ],
  'a type that the rule does not give': [
    made((builder) => {
      builder.apply(relu, [x], none);
      const outputs = [freshValue(float32([7]))];
      return { ops: builder.ops.map((op) => ({ ...op, outputs })) };
    }),
    'relu: output 0 has not the type that its rule gives',
  ],
  'an op of another stage': [
    made((builder) => {
      const bias = builder.apply(relu, [freshValue(float32([3]))], none);
      builder.apply(biasAdd, [x, bias], none);
      return { ops: builder.ops.slice(1) };
    }),
    'biasAdd may not stand in the logical graph',
  ],
  'a variable of nobody': [
    made((builder) => {
      builder.apply(readVariable, [], { variable });
      return {};
    }),
    'readVariable: the graph has no such variable',
  ],
  'an output of nothing': [
    made(() => ({ outputs: [{ name: 'y', value: freshValue(float32([])) }] })),
    'output y is not defined',
  ],
  'two outputs of one name': [
    made(() => ({
      outputs: [
        { name: 'y', value: x },
        { name: 'y', value: x },
      ],
    })),
    'two outputs have one name',
  ],
  'a store into a variable of nobody': [
    made(() => ({ stores: [{ variable, value: x }] })),
    'no variable w',
  ],
};

describe('The verifier', () => {
  it('is silent about a graph that keeps the rules', () => {
    const graph = made((builder) => {
      const value = builder.apply(relu, [x], none);
      return { outputs: [{ name: 'y', value }] };
    });
    expect(() => {
      verify(graph, 'test');
    }).not.to.throw();
  });

  for (const [what, [graph, message]] of Object.entries(broken)) {
    it(`finds ${what}`, () => {
      expect(() => {
        verify(graph, 'after a pass');
      }).to.throw(InternalError, message);
    });
  }

  it('finds stores of another type, and variables of one name', () => {
    const store = made(() => ({ stores: [{ variable, value: x }] }));
    expect(() => {
      verify({ ...store, variables: [variable] }, 'test');
    }).to.throw(InternalError, 'w is given another type');
    expect(() => {
      verify({ ...made(), variables: [variable, { ...variable }] }, 'test');
    }).to.throw(InternalError, 'two variables have one name');
  });
});
