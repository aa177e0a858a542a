import { expect } from 'chai';

import { Builder, freshValue } from '../../compiler/ir/builder.js';
import type {
  Graph,
  GraphFunction,
  Variable,
} from '../../compiler/ir/graph.js';
import { float32 } from '../../compiler/ir/types.js';
import { readVariable } from '../../compiler/ops/constant.js';
import { add, multiply, none, relu } from '../../compiler/ops/elementwise.js';
import { reshape } from '../../compiler/ops/shape-ops.js';
import { stepMemory } from '../../compiler/step-memory.js';

const bytes = 4;
const size = 1000;
const type = float32([size]);

const graphOf = (
  subject: Omit<GraphFunction, 'name'>,
  variables: readonly Variable[] = [],
): Graph<'physical'> => ({
  stage: 'physical',
  name: 'net',
  variables,
  functions: [{ name: 'train_step', ...subject }],
});

const mostOf = (subject: Omit<GraphFunction, 'name'>): number =>
  stepMemory(graphOf(subject), 'train_step').activations / (bytes * size);

describe('The memory of a step', () => {
  const x = freshValue(type);
  const inputs = [{ name: 'x', value: x }];

  it('counts what is alive at one time', () => {
    const builder = new Builder({ layer: '' });
    const one = builder.apply(add, [x, x], none);
    const two = builder.apply(multiply, [x, one], none);
    const all = builder.apply(add, [one, two], none);
    const outputs = [{ name: 'all', value: all }];
    // x, one and two; then all lies where one or two lay.
    expect(mostOf({ inputs, ops: builder.ops, outputs, stores: [] })).to.equal(
      3,
    );
  });

  it('lets an elementwise op work in the place of what nobody reads', () => {
    const builder = new Builder({ layer: '' });
    let value = builder.apply(add, [x, x], none);
    for (let i = 0; i < 5; i++) value = builder.apply(relu, [value], none);
    const outputs = [{ name: 'y', value }];
    expect(mostOf({ inputs, ops: builder.ops, outputs, stores: [] })).to.equal(
      2,
    );
  });

  it('does not count a reshape', () => {
    const builder = new Builder({ layer: '' });
    const one = builder.apply(add, [x, x], none);
    const value = builder.apply(reshape, [one], { shape: [10, 100] });
    const outputs = [{ name: 'y', value }];
    expect(mostOf({ inputs, ops: builder.ops, outputs, stores: [] })).to.equal(
      2,
    );
  });

  it('counts variables by what they hold', () => {
    const variable = (name: string, source: Variable['source']): Variable => ({
      name,
      type,
      source,
    });
    const weights = variable('w', { kind: 'parameter', layer: 'l', blob: 0 });
    const momentum = variable('h', {
      kind: 'history',
      parameter: 'w',
      slot: 0,
    });
    const builder = new Builder({ layer: '' });
    const w = builder.apply(readVariable, [], { variable: weights });
    const next = builder.apply(add, [w, x], none);
    const graph = graphOf(
      {
        inputs,
        ops: builder.ops,
        outputs: [],
        stores: [{ variable: weights, value: next }],
      },
      [weights, momentum],
    );
    const {
      graph: ofGraph,
      gaps,
      total,
      ...tensors
    } = stepMemory(graph, 'train_step');
    expect(tensors).to.deep.equal({
      parameters: bytes * size,
      history: bytes * size,
      activations: 2 * bytes * size,
    });
    expect(ofGraph).to.be.above(0);
    expect(gaps).to.be.within(1, bytes * size);
    expect(total).to.equal(4 * bytes * size + ofGraph + gaps);
  });
});
