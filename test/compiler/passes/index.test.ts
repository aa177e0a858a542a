import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';
import { verify } from '../../../compiler/ir/verify.js';
import {
  optimising,
  type Pipeline,
  unfolded,
} from '../../../compiler/passes/index.js';
import type { Pass } from '../../../compiler/passes/pass.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../../runtime/session.js';
import type { Tensor } from '../../../runtime/tensor.js';

import { inputText, layerText } from '../../support/lowered.js';
import { requireNative } from '../../support/require-native.js';
import { runModel } from '../../support/run-model.js';

const pipelines = { optimising, unfolded };

const passesOf = (
  pipeline: Pipeline,
): readonly Pick<Pass<'logical', 'logical'>, 'name' | 'after'>[] => [
  ...pipeline.logical,
  pipeline.layout,
  ...pipeline.physical,
];

const conv = (name: string, bottom: string, more = ''): string =>
  layerText(
    name,
    'Convolution',
    bottom,
    `convolution_param { num_output: 6 kernel_size: 3 ${more} }`,
  );
const scale = (name: string, bottom: string): string =>
  layerText(name, 'Scale', bottom, 'scale_param { bias_term: true }');
const leaky = (name: string, bottom: string, slope: number): string =>
  layerText(name, 'ReLU', bottom, `relu_param { negative_slope: ${slope} }`);

const image = inputText('x', [2, 6, 9, 8]);

/** Nets in which passes have something to do, and what could go wrong when they do. */
const nets: Readonly<Record<string, string>> = {
  'a convolution with BN and ReLU':
    image +
    conv('c', 'x') +
    layerText('bn', 'BN', 'c') +
    layerText('r', 'ReLU', 'bn'),
  'a scale before a grouped convolution':
    image + scale('s', 'x') + conv('c', 's', 'group: 3'),
  'a shift before a padded convolution':
    image + scale('s', 'x') + conv('c', 's', 'pad: 1 stride: 2'),
  'a scale between two convolutions':
    image + conv('a', 'x') + scale('s', 'a') + conv('b', 's'),
  'a scale that both a convolution and another layer read':
    image + scale('s', 'x') + conv('c', 's') + layerText('y', 'TanH', 's'),
  'a scale behind a matrix product of a flattened image':
    image +
    conv('c', 'x') +
    layerText(
      'ip',
      'InnerProduct',
      'c',
      'inner_product_param { num_output: 5 }',
    ) +
    scale('s', 'ip'),
  'a product of an image that another layer flattens, and others read':
    image +
    conv('c', 'x') +
    layerText('f', 'Flatten', 'c') +
    layerText(
      'ip',
      'InnerProduct',
      'f',
      'inner_product_param { num_output: 5 transpose: true }',
    ) +
    layerText('y', 'Sigmoid', 'c'),
  'factors along the rows of an image':
    image +
    conv('c', 'x') +
    layerText('s', 'Scale', 'c', 'scale_param { axis: 2 }'),
  'factors from another blob':
    image +
    inputText('w', [2, 6]) +
    layerText('s', 'Scale', ['x', 'w'], 'scale_param { axis: 0 }') +
    conv('c', 's'),
  'slopes below 0, above 1 and behind a convolution':
    image +
    leaky('a', 'x', -0.5) +
    leaky('b', 'x', 2) +
    conv('c', 'x') +
    leaky('d', 'c', 0.3),
  'a chain that ends in an output and goes on':
    image +
    conv('c', 'x') +
    scale('s', 'c') +
    scale('t', 's') +
    layerText('r', 'ReLU', 's'),
  'equal branches':
    image +
    layerText('a', 'ReLU', 'x') +
    layerText('b', 'ReLU', 'x') +
    layerText('cat', 'Concat', ['a', 'b']) +
    layerText(
      'y',
      'Pooling',
      'cat',
      'pooling_param { pool: AVE kernel_size: 3 stride: 2 }',
    ),
  'a convolution of one channel, and no image at all':
    inputText('x', [3, 1, 5, 5]) +
    layerText(
      'c',
      'Convolution',
      'x',
      'convolution_param { num_output: 1 kernel_size: 5 }',
    ) +
    scale('s', 'c') +
    inputText('z', [4, 6]) +
    layerText('k', 'Convolution', 'z', 'convolution_param { num_output: 2 }') +
    scale('t', 'k'),
};

/** The largest difference of two results, by the largest number in them. */
function difference(a: Tensor | undefined, b: Tensor | undefined): number {
  if (a === undefined || b === undefined) return Infinity;
  const left = a.data as Float32Array;
  const right = b.data as Float32Array;
  const size = Math.max(...left.map(Math.abs));
  return (
    Math.max(...left.map((value, at) => Math.abs(value - (right[at] ?? NaN)))) /
    size
  );
}

describe('Pipelines of passes', () => {
  for (const [name, pipeline] of Object.entries(pipelines)) {
    it(`run each pass of the ${name} one after those that it names`, () => {
      const passes = passesOf(pipeline);
      passes.forEach(({ name: pass, after }, index) => {
        const later = passes.slice(index + 1).map((each) => each.name);
        const early = after.filter((each) => later.includes(each));
        expect(early, `${pass} runs too early`).to.deep.equal([]);
      });
    });
  }

  it('name passes that exist', () => {
    const known = new Set(passesOf(optimising).map(({ name }) => name));
    for (const { after } of passesOf(optimising)) {
      expect(after.filter((name) => !known.has(name))).to.deep.equal([]);
    }
  });

  describe('keep the numbers of', () => {
    let thread: SessionThread;

    before(async function () {
      requireNative(this);
      thread = await startSessionThread();
    });

    after(async () => {
      // Not started where the tests were skipped.
      await (thread as SessionThread | undefined)?.close();
    });

    for (const [name, text] of Object.entries(nets)) {
      it(name, async () => {
        const [plain, fast] = await Promise.all(
          [unfolded, optimising].map((pipeline) => {
            const { model, diagnostics } = compile(
              { name: 'net.prototxt', text },
              {
                dialect: 'ran',
                pipeline,
                observe: (pass, graph) => {
                  verify(graph, `after ${pass}`);
                },
              },
            );
            expect(diagnostics).to.deep.equal([]);
            if (model === undefined) throw new Error('not compiled');
            return runModel(thread, model);
          }),
        );
        expect(plain?.size).to.be.greaterThan(0);
        for (const [blob, value] of plain ?? []) {
          expect(difference(value, fast?.get(blob)), blob).to.be.below(5e-6);
        }
      });
    }
  });
});
