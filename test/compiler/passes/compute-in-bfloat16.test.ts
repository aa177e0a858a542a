import { expect } from 'chai';

import { compile, type Model } from '../../../compiler/compile.js';
import { verify } from '../../../compiler/ir/verify.js';
import {
  optimising,
  passNames,
  type Pipeline,
  training,
} from '../../../compiler/passes/index.js';
import {
  type Bfloat16Options,
  inBfloat16,
} from '../../../compiler/passes/precision.js';

import { inputText, layerText, opNames, opsOf } from '../../support/lowered.js';

const anywhere: Bfloat16Options = { sumInFloat32: false };
const everything: Bfloat16Options = { sumInFloat32: true };

const image = inputText('x', [2, 4, 6, 6]);
const convolution = (name: string, bottom: string, more = '') =>
  layerText(
    name,
    'Convolution',
    bottom,
    `convolution_param { num_output: 4 kernel_size: 3 pad: 1 bias_term: false ${more} }`,
  );

function compiled(
  text: string,
  pipeline: Pipeline,
  differentiate = false,
): Model {
  const { model, diagnostics } = compile(
    { name: 'net.prototxt', text },
    {
      dialect: 'ran',
      pipeline,
      differentiate,
      observe: (pass, graph) => {
        verify(graph, `after ${pass}`);
      },
    },
  );
  if (model === undefined)
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

const namesIn = (text: string, options = anywhere): readonly string[] =>
  opNames(compiled(text, inBfloat16(optimising, options)).graph);

/** What the ops of one kind compute in, by their place in the function. */
const typesOf = (model: Model, name: string, within = 'predict') =>
  opsOf(model.graph, within)
    .filter(({ definition }) => definition.name === name)
    .map(({ inputs }) => inputs.map(({ type }) => type.dtype).join(' by '));

const bothLow = 'bfloat16 by bfloat16';
const bothHigh = 'float32 by float32';

describe('compute-in-bfloat16', () => {
  it('rounds what convolutions read, and gives back float32', () => {
    expect(namesIn(image + convolution('c', 'x'))).to.deep.equal([
      'transpose',
      'toBfloat16',
      'readVariable',
      'conv2d',
      'fromBfloat16',
      'transpose',
    ]);
  });

  it('keeps parameters as they are, and rounds them when they are assigned', () => {
    const model = compiled(
      image + convolution('c', 'x'),
      inBfloat16(optimising, anywhere),
    );
    expect(
      model.graph.variables.map(({ source, type }) => [
        source.kind,
        type.dtype,
      ]),
    ).to.deep.equal([
      ['parameter', 'float32'],
      ['derived', 'bfloat16'],
    ]);
    expect(opNames(model.graph, 'derive')).to.deep.equal([
      'readVariable',
      'transpose',
      'toBfloat16',
    ]);
    expect(model.precision).to.equal('bf16');
  });

  it('leaves variables float32 whose values will be frozen', () => {
    const pipeline = inBfloat16(optimising, { ...anywhere, frozen: true });
    const { graph } = compiled(image + convolution('c', 'x'), pipeline);
    expect(graph.variables.map(({ type }) => type.dtype)).to.deep.equal([
      'float32',
      'float32',
    ]);
    expect(
      opNames(graph).filter((name) => name === 'toBfloat16'),
    ).to.have.length(2);
  });

  it('rounds a value once, however many convolutions read it', () => {
    const names = namesIn(
      image + convolution('a', 'x') + convolution('b', 'x'),
    );
    expect(names.filter((name) => name === 'toBfloat16')).to.have.length(1);
  });

  it('stays in bfloat16 from product to product, and through a ReLU between', () => {
    const direct = namesIn(
      image + convolution('a', 'x') + convolution('b', 'a'),
    );
    expect(direct.filter((name) => name === 'fromBfloat16')).to.have.length(1);
    const relu = layerText('r', 'ReLU', 'a');
    const through = namesIn(
      image + convolution('a', 'x') + relu + convolution('b', 'r'),
    );
    expect(through.filter((name) => /relu|Bfloat16/.test(name))).to.deep.equal([
      'toBfloat16',
      'relu',
      'fromBfloat16',
    ]);
  });

  it('computes sums, biases and normalisations in float32', () => {
    const model = compiled(
      image +
        convolution('c', 'x', 'bias_term: true').replace(
          'bias_term: false ',
          '',
        ) +
        layerText('r', 'ReLU', 'c') +
        layerText('s', 'Softmax', 'r'),
      inBfloat16(optimising, anywhere),
    );
    expect(typesOf(model, 'conv2d')).to.deep.equal([bothLow]);
    expect(typesOf(model, 'biasAdd')).to.deep.equal([bothHigh]);
    expect(typesOf(model, 'relu')).to.deep.equal(['float32']);
    expect(typesOf(model, 'softmax')).to.deep.equal(['float32']);
  });

  it('computes matrix products of either direction', () => {
    const text =
      inputText('x', [2, 4]) +
      layerText(
        'ip',
        'InnerProduct',
        'x',
        'inner_product_param { num_output: 3 }',
      );
    const model = compiled(text, inBfloat16(training, anywhere), true);
    expect(typesOf(model, 'matMul', 'differentiate')).to.deep.equal([
      bothLow,
      bothLow,
      bothLow,
    ]);
  });

  it('computes gradients of convolutions only where kernels sum in float32', () => {
    const text = image + convolution('c', 'x');
    for (const [options, wanted] of [
      [anywhere, bothHigh],
      [everything, bothLow],
    ] as const) {
      const model = compiled(text, inBfloat16(training, options), true);
      const of = (name: string) => typesOf(model, name, 'differentiate');
      expect(of('conv2d')).to.deep.equal([bothLow]);
      expect(of('conv2dImageGradient')).to.deep.equal([wanted]);
      expect(of('conv2dFilterGradient')).to.deep.equal([wanted]);
    }
  });

  it('leaves gradients of one channel in each group alone', () => {
    const text = image + convolution('c', 'x', 'group: 4');
    const model = compiled(text, inBfloat16(training, everything), true);
    expect(
      typesOf(model, 'conv2dFilterGradient', 'differentiate'),
    ).to.deep.equal([bothHigh]);
  });

  it('stands before what hoists, behind all that folds', () => {
    const names = passNames(inBfloat16(optimising, anywhere));
    const place = names.indexOf('compute-in-bfloat16');
    expect(place).to.be.greaterThan(names.indexOf('merge-repeated-ops'));
    expect(place).to.be.lessThan(names.indexOf('hoist-parameters'));
    expect(passNames(optimising)).not.to.include('compute-in-bfloat16');
  });
});
