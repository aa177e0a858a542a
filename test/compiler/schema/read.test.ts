import { expect } from 'chai';

import { parse } from '../../../grammar/parse.js';
import { type Span } from '../../../grammar/source.js';

import type { Diagnostic } from '../../../compiler/diagnostics.js';
import { loadMessage } from '../../../compiler/schema/load-net.js';
import {
  makeMessage,
  withFields,
} from '../../../compiler/schema/make-message.js';
import { messageToText } from '../../../compiler/schema/to-text.js';
import { unknownPartsIn } from '../../../compiler/schema/unknown-parts.js';

const sourceOf = (text: string) => ({ name: 'net.prototxt', text });
const textAt = ({ source, start, end }: Span): string =>
  source.text.slice(start, end);

const brief = ({ severity, code, span, notes }: Diagnostic): string =>
  [
    severity,
    code,
    span && textAt(span),
    ...notes.map((note) => note.message),
  ].join(' | ');

describe('reading messages', () => {
  const layer = (text: string, strict = false) =>
    loadMessage(sourceOf(text), 'LayerParameter', { strict });

  it('keeps what was written apart from what it means', () => {
    const { message } = layer(
      'name: "c" convolution_param { pad: 1 pad: 2 engine: CAFFE bias_term: true }',
    );
    const convolution = message.get('convolution_param');
    expect(convolution.has('bias_term')).to.equal(true);
    expect(convolution.has('group')).to.equal(false);
    expect(convolution.get('group')).to.equal(1);
    expect(convolution.get('pad')).to.deep.equal([1, 2]);
    expect(convolution.get('stride')).to.deep.equal([]);
    expect(convolution.get('engine')).to.equal('CAFFE');
    expect(message.get('type')).to.equal('');
    expect(textAt(convolution.spanOf('pad', 1))).to.equal('2');
    expect(convolution.spanOf('group')).to.equal(convolution.span);
    expect(textAt(convolution.span)).to.match(/^\{ pad.*\}$/);
  });

  it('gives an empty message, in its place, for one that was not written', () => {
    const { message } = layer('type: "Pooling"');
    expect(message.has('pooling_param')).to.equal(false);
    const pooling = message.get('pooling_param');
    expect(pooling.get('pool')).to.equal('MAX');
    expect(pooling.span).to.equal(message.span);
    expect(
      message.get('convolution_param').get('weight_filler').get('std'),
    ).to.equal(1);
  });

  it('rounds defaults of floats like values', () => {
    const { message } = layer('');
    expect(message.get('bn_param').get('momentum')).to.equal(Math.fround(0.9));
  });

  it('reads 64-bit integers exactly', () => {
    const { message } = loadMessage(
      sourceOf('dim: 9007199254740993 dim: 2'),
      'BlobShape',
    );
    expect(message.get('dim')).to.deep.equal([9007199254740992, 2]);
    expect(message.written()[0]?.values).to.deep.equal([9007199254740993n, 2n]);
  });

  it('warns of unknown fields and values, and knows what was meant', () => {
    const { message, diagnostics } = layer(
      'nmae: "x" pooling_param { pool: AVG frobnicate: 3 } relu_param { engine: 9 }',
    );
    expect(diagnostics.map(brief)).to.deep.equal([
      "warning | text/unknown-field | nmae | did you mean 'name'?",
      "warning | text/unknown-enum-value | AVG | did you mean 'AVE'? | its values: MAX, AVE, STOCHASTIC",
      'warning | text/unknown-field | frobnicate',
      'warning | text/unknown-enum-value | 9 | its values: DEFAULT (0), CAFFE (1), CUDNN (2)',
    ]);
    expect(message.get('pooling_param').get('pool')).to.equal('AVG');
    expect(
      [...unknownPartsIn(message)].map(({ kind, name }) => [kind, name]),
    ).to.deep.equal([
      ['field', 'nmae'],
      ['value', 'pool'],
      ['field', 'frobnicate'],
      ['value', 'engine'],
    ]);
  });

  it('leaves words of templates out where numbers belong', () => {
    const text = 'inner_product_param { num_output: CLASSES }';
    expect(layer(text).diagnostics.map(brief)).to.deep.equal([
      'warning | text/expected-integer | CLASSES',
    ]);
    expect(
      layer(text).message.get('inner_product_param').has('num_output'),
    ).to.equal(false);
    expect(layer(text, true).diagnostics.map(brief)).to.deep.equal([
      'error | text/expected-integer | CLASSES',
    ]);
  });

  it('shows where a field was given first', () => {
    const { diagnostics } = layer('name: "a" name: "b"');
    expect(diagnostics.map(brief)).to.deep.equal([
      "error | text/duplicate-field | name | 'name' is given here first",
    ]);
    expect(diagnostics[0]?.notes[0]?.span?.start).to.equal(0);
  });

  it('knows only the fields of a dialect that was named, if strict', () => {
    const text = 'layer { pooling_param { round_mode: FLOOR } bn_param {} }';
    const codes = (strict: boolean, dialect: 'ran' | 'bvlc' | 'auto') =>
      loadMessage(sourceOf(text), 'NetParameter', {
        strict,
        dialect,
      }).diagnostics.map(brief);
    expect(codes(true, 'auto')).to.deep.equal([]);
    expect(codes(false, 'bvlc')).to.deep.equal([
      'warning | schema/other-dialect | bn_param',
    ]);
    expect(codes(true, 'bvlc')).to.deep.equal([
      'error | text/unknown-field | bn_param | it is a field of ran, happynear, pspnet and 8 more',
    ]);
    expect(codes(true, 'ran')).to.deep.equal([
      'error | text/unknown-field | round_mode | it is a field of bvlc, ssd, nvidia and 25 more',
    ]);
  });

  it('says which required field is missing, and where it belongs', () => {
    const { diagnostics } = loadMessage(
      sourceOf('layer { name: "c" } layer { clip_param { min: 0 } }'),
      'NetParameter',
    );
    expect(diagnostics.map((found) => found.message)).to.deep.equal([
      "'layer[1].clip_param.max' has to be given",
    ]);
    expect(diagnostics.map(brief)).to.deep.equal([
      'error | text/missing-required | { min: 0 }',
    ]);
  });

  it('goes on after errors', () => {
    const { message, diagnostics } = layer(
      'name: 5 type: "ReLU" top: ["a", 3, "b"] relu_param { negative_slope: 0x1 }',
    );
    expect(diagnostics.map(brief)).to.deep.equal([
      'error | text/expected-string | 5',
      'error | text/expected-string | 3',
      'error | text/float-not-decimal | 0x1',
    ]);
    expect(message.get('type')).to.equal('ReLU');
    expect(message.get('top')).to.deep.equal(['a', 'b']);
  });
});

describe('messages that are made', () => {
  const { document } = parse(sourceOf('name: "x"'));

  it('have values and places', () => {
    const shape = makeMessage(
      'BlobShape',
      { dim: [1, 3] },
      { span: document.span },
    );
    expect(shape.get('dim')).to.deep.equal([1, 3]);
    expect(messageToText(shape)).to.equal('dim: 1\ndim: 3\n');
    const made = makeMessage(
      'LayerParameter',
      { name: 'x', top: [], phase: 'TEST', blobs: undefined },
      { span: document.span },
    );
    expect(made.has('top')).to.equal(false);
    expect(messageToText(made)).to.equal('name: "x"\nphase: TEST\n');
  });

  it('change without a change to others', () => {
    const { message } = loadMessage(
      sourceOf('name: "a" type: "b" bottom: "c" nmae: "d"'),
      'LayerParameter',
    );
    const changed = withFields(message, { type: 'B', bottom: undefined });
    expect(messageToText(changed)).to.equal('name: "a"\ntype: "B"\n');
    expect(message.get('type')).to.equal('b');
    expect(changed.spanOf('name')).to.equal(message.spanOf('name'));
    expect(changed.unknown).to.equal(message.unknown);
  });
});
