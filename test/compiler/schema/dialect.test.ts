import { expect } from 'chai';

import { parse } from '../../../grammar/parse.js';

import { dialectNamed, findDialect } from '../../../compiler/schema/dialect.js';
import { fileKind } from '../../../compiler/schema/file-kind.js';

const documentOf = (text: string) => parse({ name: 'x', text }).document;

describe('the dialect of a file', () => {
  const found = (text: string) => {
    const { dialect, span } = findDialect(documentOf(text), 'NetParameter');
    const place = span?.source.text.slice(span.start, span.end);
    return [dialect, ...(place === undefined ? [] : [place])].join(' ');
  };

  for (const [text, expected] of [
    ['', 'bvlc'],
    ['layer { type: "Convolution" }', 'bvlc'],
    ['layer { bn_param { frozen: true } }', 'ran bn_param'],
    ['layer { type: "BN" bn_param {} }', 'ran bn_param'],
    ['layer { interp_param { zoom_factor: 2 } }', 'ran interp_param'],
    ['layer [{ }, { type: "Interp" }]', 'ran "Interp"'],
    ['layer { type: "BN" }', 'ran "BN"'],
    ['layer { type: "BN" bn_param { bn_mode: INFERENCE } }', 'segnet bn_param'],
    ['layer { type: "BN" batch_param { } }', 'bvlc'],
    ['layer { type: "Clip" clip_param { min: 0 max: 6 } }', 'bvlc clip_param'],
    [
      'layer { pooling_param { round_mode: FLOOR } } layer { type: "BN" }',
      'ran "BN"',
    ],
    ['layer { pooling_param { round_mode: FLOOR } }', 'bvlc round_mode'],
  ] as const) {
    it(`${text === '' ? 'nothing' : text} is ${expected}`, () => {
      expect(found(text)).to.equal(expected);
    });
  }

  it('has names and other words for them', () => {
    expect(dialectNamed('fork')).to.equal('ran');
    expect(dialectNamed('bvlc')).to.equal('bvlc');
    expect(dialectNamed('toString')).to.equal(undefined);
  });
});

describe('the kind of a file', () => {
  for (const [text, kind] of [
    ['', 'NetParameter'],
    ['name: "x"', 'NetParameter'],
    ['name: "x" layer { name: "a" }', 'NetParameter'],
    ['layers { }', 'NetParameter'],
    ['net: "x" base_lr: 0.1', 'SolverParameter'],
    ['train_net: "a" snapshot_prefix: "b" debug_info: true', 'SolverParameter'],
    ['iter: 5 learned_net: "x"', 'SolverState'],
    ['name: "a" type: "ReLU" bottom: "x" top: "x"', 'LayerParameter'],
    ['num: 1 channels: 3 height: 2 width: 2 data: 0', 'BlobProto'],
    ['item { name: "none" label: 0 }', undefined],
  ] as const) {
    it(`of ${text === '' ? 'an empty text' : text} is ${kind}`, () => {
      expect(fileKind(documentOf(text))).to.equal(kind);
    });
  }
});
