import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { compile, type Model } from '../../compiler/compile.js';
import { elementCount } from '../../compiler/ir/types.js';
import { gradientNames } from '../../compiler/lower.js';
import type { Net } from '../../compiler/net/net.js';
import { fitWeights } from '../../compiler/weights/fit.js';
import { fillStream } from '../../compiler/weights/streams.js';
import { synthesize } from '../../compiler/weights/synthesize.js';
import type { WeightFile } from '../../compiler/weights/weight-file.js';

import { openEvaluatorIn } from '../../runtime/evaluator.js';
import {
  type SessionThread,
  startSessionThread,
  type Tensor,
} from '../../runtime/session.js';

import { requireNative } from '../support/require-native.js';
import {
  groupLayer,
  ungroupedText,
  ungroupedWeights,
} from '../support/ungrouped.js';

const ranges = {
  conv_gain: 2.25,
  fc_gain: 4,
  bias: [-0.1, 0.1],
  bn_slope: [0.4, 0.8],
  bn_bias: [-0.2, 0.2],
  bn_mean: [-0.2, 0.2],
  bn_inv_std: [0.5, 1.2],
  input: [-1, 1],
} as const;

const inputShape = [2, 3, 64, 64];

/** The published graph, on images small enough for 1,056 single convolutions. */
function differentiable(text: string): Model {
  const { model, diagnostics } = compile(
    { name: 'AttentionNeXt-56', text },
    {
      phase: 'TRAIN',
      inputShapes: new Map([['data', inputShape]]),
      globalPool: true,
      differentiate: true,
    },
  );
  if (model === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  return model;
}

const streamTensor = (name: string, shape: readonly number[]): Tensor => {
  const data = new Float32Array(elementCount(shape));
  fillStream(name, data, -1, 1);
  return { dtype: 'float32', shape, data };
};

async function gradientsOf(
  thread: SessionThread,
  model: Model,
  file: WeightFile,
): Promise<ReadonlyMap<string, Tensor>> {
  const evaluator = await openEvaluatorIn(thread, model);
  try {
    await evaluator.assign(fitWeights(model.net, [file]).blobs);
    return await evaluator.differentiate(
      new Map([['data', streamTensor('data#0', inputShape)]]),
      new Map([['cls', streamTensor('cls#0', [2, 1000])]]),
    );
  } finally {
    await evaluator.close();
  }
}

function synthesized(net: Net): WeightFile {
  const layers = net.layers.map(({ name, type, parameters }) => ({
    name,
    type,
    shapes: parameters.map(({ spec }) => spec.shape),
  }));
  return synthesize('formula', layers, ranges).file;
}

const numbers = (
  gradients: ReadonlyMap<string, Tensor>,
  name: string,
): Float32Array => gradients.get(name)?.data as Float32Array;

/** max|a - b| / max|b| */
function difference(found: Float32Array, expected: Float32Array): number {
  let [apart, largest] = [0, 0];
  expected.forEach((value, at) => {
    apart = Math.max(apart, Math.abs((found[at] ?? NaN) - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return apart / largest;
}

describe('Gradients of grouped convolutions', function () {
  this.timeout(300_000);
  let thread: SessionThread;

  before(async function () {
    requireNative(this);
    thread = await startSessionThread();
  });

  after(() => thread.close());

  it('are those of 32 separate convolutions each in AttentionNeXt-56', async () => {
    const text = readFileSync(
      new URL(
        '../../prototxts/imagenet/AttentionNeXt-56/deploy.prototxt',
        import.meta.url,
      ),
      'utf8',
    );
    const grouped = differentiable(text);
    const file = synthesized(grouped.net);
    const single = differentiable(ungroupedText(grouped.net));
    const found = await gradientsOf(thread, grouped, file);
    const expected = await gradientsOf(
      thread,
      single,
      ungroupedWeights(grouped.net, file),
    );
    const groupedLayers = grouped.net.layers.filter(
      ({ message }) => message.get('convolution_param').get('group') > 1,
    );
    expect(groupedLayers.length).to.equal(33);
    for (const { name, message } of groupedLayers) {
      const groups = message.get('convolution_param').get('group');
      const separate = Array.from({ length: groups }, (_, group) =>
        Array.from(
          numbers(
            expected,
            gradientNames.parameter(`${groupLayer(name, group)}/0`),
          ),
        ),
      ).flat();
      expect(
        difference(
          numbers(found, gradientNames.parameter(`${name}/0`)),
          Float32Array.from(separate),
        ),
        name,
      ).to.be.below(1e-4);
    }
    expect(
      difference(
        numbers(found, gradientNames.input('data')),
        numbers(expected, gradientNames.input('data')),
      ),
    ).to.be.below(1e-4);
  });
});
