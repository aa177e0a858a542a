import { expect } from 'chai';

import { compile, type Model } from '../../../compiler/compile.js';
import { verify } from '../../../compiler/ir/verify.js';
import {
  type Pipeline,
  training,
  trainingOnGpu,
  unfolded,
} from '../../../compiler/passes/index.js';

import { openEvaluatorIn } from '../../../runtime/evaluator.js';
import {
  type SessionThread,
  startSessionThread,
  type Tensor,
} from '../../../runtime/session.js';

import { inputText, layerText, opNames } from '../../support/lowered.js';
import { numbers, tensorOf } from '../../support/numbers.js';
import { requireNative } from '../../support/require-native.js';

const shape = [6, 3, 40, 24] as const;
const [batch, channels, height, width] = shape;
const area = height * width;

const layer =
  inputText('x', shape) +
  layerText(
    'bn',
    'BN',
    'x',
    'bn_param { slope_filler { type: "constant" value: 1.5 } bias_filler { type: "constant" value: 0.25 } }',
  );
const withLoss =
  layer +
  inputText('wanted', shape) +
  layerText('loss', 'EuclideanLoss', ['bn', 'wanted']);

function compiled(pipeline: Pipeline, text: string): Model {
  const { model, diagnostics } = compile(
    { name: 'net.prototxt', text: `force_backward: true ${text}` },
    {
      dialect: 'ran',
      phase: 'TRAIN',
      differentiate: true,
      pipeline,
      observe: (pass, graph) => {
        verify(graph, `after ${pass}`);
      },
    },
  );
  if (model === undefined) throw new Error(diagnostics[0]?.message);
  return model;
}

/** Numbers about 30 with a deviation below 1, N x C x H x W. */
const image = numbers(batch * channels * area, 7).map((value) => 30 + value);

/** What the layer makes of the image, in double precision. */
function normalized(): Float64Array {
  const result = new Float64Array(image.length);
  for (let channel = 0; channel < channels; channel++) {
    const own = Array.from({ length: batch * area }, (_, at) => {
      const item = Math.floor(at / area) * channels + channel;
      return item * area + (at % area);
    });
    const sum = (of: (value: number) => number) =>
      own.reduce((total, at) => total + of(image[at] ?? NaN), 0);
    const mean = sum((value) => value) / own.length;
    const variance = sum((value) => (value - mean) ** 2) / own.length;
    for (const at of own) {
      result[at] =
        (((image[at] ?? NaN) - mean) / Math.sqrt(variance + 1e-5)) * 1.5 + 0.25;
    }
  }
  return result;
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce(
    (most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? NaN))),
    0,
  );

function floats(
  blobs: ReadonlyMap<string, Tensor>,
  name: string,
): Float32Array {
  const data = blobs.get(name)?.data;
  if (!(data instanceof Float32Array)) throw new Error(`no ${name}`);
  return data;
}

describe('expand-batch-normalization', () => {
  it('leaves sums and products, forward and backward', () => {
    const before = compiled(unfolded, withLoss).graph;
    const expanded = compiled(training, withLoss).graph;
    const names = before.functions.flatMap(({ name }) => opNames(before, name));
    expect(names).to.include('batchNormalizationGradient');
    const after = expanded.functions.flatMap(({ name }) =>
      opNames(expanded, name),
    );
    expect(after).not.to.include('batchNormalization');
    expect(after).not.to.include('batchNormalizationGradient');
    expect(after).to.include('reduceSum');
  });

  it('leaves the kernels to a graphics card', () => {
    const { graph } = compiled(trainingOnGpu, withLoss);
    const names = graph.functions.flatMap(({ name }) => opNames(graph, name));
    expect(names).to.include('batchNormalization');
    expect(names).to.include('batchNormalizationGradient');
  });

  describe('computes', () => {
    let thread: SessionThread;

    before(async function () {
      requireNative(this);
      thread = await startSessionThread();
    });

    after(async () => {
      await (thread as SessionThread | undefined)?.close();
    });

    /** The top and all gradients of its weighted sum. */
    async function run(
      pipeline: Pipeline,
      text: string,
    ): Promise<ReadonlyMap<string, Tensor>> {
      const evaluator = await openEvaluatorIn(thread, compiled(pipeline, text));
      try {
        await evaluator.initialize();
        return await evaluator.differentiate(
          new Map([
            ['x', { dtype: 'float32', shape, data: Float32Array.from(image) }],
            ...(text === layer
              ? []
              : [['wanted', tensorOf(shape, 3)] as const]),
          ]),
        );
      } finally {
        await evaluator.close();
      }
    }

    it('what double precision makes of it, closer than the kernels', async () => {
      const exact = normalized();
      const kernels = await run(unfolded, layer);
      const expanded = await run(training, layer);
      const distance = (result: ReadonlyMap<string, Tensor>) =>
        furthest(floats(result, 'bn'), exact);
      expect(distance(expanded)).to.be.below(distance(kernels) / 3);
      expect(distance(expanded)).to.be.below(2e-5);
    });

    it('the gradients that the kernels compute', async () => {
      const kernels = await run(unfolded, withLoss);
      const expanded = await run(training, withLoss);
      const gradients = [...kernels.keys()].filter((name) =>
        /^(input\/x|parameter\/bn\/[01])$/.test(name),
      );
      expect(gradients.length).to.equal(3);
      for (const name of gradients) {
        const wanted = floats(kernels, name);
        const largest = Math.max(...wanted.map(Math.abs));
        expect(largest, name).to.be.above(1e-4);
        expect(
          furthest(floats(expanded, name), wanted) / largest,
          name,
        ).to.be.below(1e-3);
      }
    });
  });
});
