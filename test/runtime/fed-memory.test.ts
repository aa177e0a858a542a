import { expect } from 'chai';

import { compile } from '../../compiler/compile.js';

import { openEvaluator, parametersOf } from '../../runtime/evaluator.js';

import { requireNative } from '../support/require-native.js';

const channels = 8;
const layerCount = 60;
const net = [
  'layer { name: "data" type: "Input" top: "x" input_param { shape { dim: 2 dim: 8 dim: 4 dim: 4 } } }',
  ...Array.from(
    { length: layerCount },
    (_, index) =>
      `layer { name: "bn${index}" type: "BN" bottom: "x" top: "x" bn_param { slope_filler { value: 1 } } }`,
  ),
].join('\n');

describe('Memory that was fed', () => {
  it('is never kept by a variable', async function () {
    requireNative(this);
    const { model } = compile(
      { name: 'stored.prototxt', text: net },
      { phase: 'TRAIN' },
    );
    if (model === undefined) throw new Error('does not compile');
    const evaluator = await openEvaluator(model);
    try {
      const blobs = parametersOf(model).map(({ name, type }) => ({
        variable: name,
        blob: {
          count: channels,
          shape: type.shape,
          read: () => new Float32Array(channels).fill(1),
        },
      }));
      // A pass stores the moving averages: what `assign` put there is freed on a thread of
      // TensorFlow's. Were it JavaScript's memory, the heap would break within seconds.
      for (let round = 0; round < 400; round++) {
        await evaluator.assign(blobs);
        const data = new Float32Array(2 * channels * 16).fill(0.5);
        const outputs = await evaluator.predict(
          new Map([
            ['x', { dtype: 'float32', shape: [2, channels, 4, 4], data }],
          ]),
        );
        expect([...outputs.keys()]).to.deep.equal(['x']);
      }
    } finally {
      await evaluator.close();
    }
  });

  it('is copied where a value may lie in it', () => {
    const { model } = compile(
      { name: 'stored.prototxt', text: net },
      { phase: 'TRAIN' },
    );
    const nodes = model?.savedModel.graph.nodes ?? [];
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const assigned = nodes.filter(({ name }) =>
      name.startsWith('assign/store/'),
    );
    const stored = assigned.filter(({ op }) => op === 'AssignVariableOp');
    expect(stored).to.have.length(4 * layerCount);
    expect(
      stored.map(({ input }) => byName.get(input[1] ?? '')?.op),
    ).to.deep.equal(stored.map(() => 'DeepCopy'));
  });
});
