import { expect } from 'chai';

import { isMissing, type ValueNode } from '../../grammar/ast.js';
import { parse } from '../../grammar/parse.js';

import { contentOf, parsed } from './text-format-cases.js';

const valueOf = (text: string): ValueNode | undefined =>
  parse({ name: 'test', text }).document.fields[0]?.value;

const written = ({ span }: ValueNode | { span: ValueNode['span'] }): string =>
  span.source.text.slice(span.start, span.end);

describe('AST: values', () => {
  for (const [text, form, digits] of [
    ['10', 'decimal', '10'],
    ['017', 'octal', '017'],
    ['00', 'octal', '00'],
    ['0', 'decimal', '0'],
    ['0XaB', 'hexadecimal', '0XaB'],
    ['1.5', 'float', '1.5'],
    ['.5F', 'float', '.5'],
    ['1f', 'float', '1'],
    ['1e+3f', 'float', '1e+3'],
  ] as const)
    it(`reads ${text} as a ${form} number`, () => {
      const value = valueOf(`a: ${text}`);
      expect(value).to.include({ form, text: digits, negative: false });
    });

  it('keeps the sign apart, comments between or not', () => {
    const value = valueOf('a: - # c\n 5');
    expect(value).to.include({ kind: 'number', negative: true, text: '5' });
    expect(value && written(value)).to.equal('- # c\n 5');
  });

  it('reads names, also with a sign', () => {
    expect(valueOf('a: MAX')).to.include({ text: 'MAX', negative: false });
    expect(valueOf('a: -inf')).to.include({ text: 'inf', negative: true });
  });

  it('joins adjacent strings', () => {
    const value = valueOf('a: "x" # c\n \'y\' b: 1');
    expect(value).to.include({ kind: 'string', value: 'xy' });
    expect(value && written(value)).to.equal('"x" # c\n \'y\'');
  });

  it('reads messages with braces and angle brackets alike', () => {
    expect(contentOf(parsed('a { b: 1 }'))).to.deep.equal(
      contentOf(parsed('a: < b: 1; >,')),
    );
  });

  it('reads lists of scalars and of messages in order', () => {
    const list = valueOf('a: [1, -x, "s" "t", {}, <b: 2>]');
    expect(list?.kind === 'list' && list.elements.map(written)).to.deep.equal([
      '1',
      '-x',
      '"s" "t"',
      '{}',
      '<b: 2>',
    ]);
  });

  it('tells whether a colon was written', () => {
    const colons = parsed('a {} b: {} c []').fields.map(({ colon }) => colon);
    expect(colons).to.deep.equal([false, true, false]);
  });

  it('marks values that are missing or unreadable', () => {
    for (const text of ['a:', 'a: 0x', 'a: -', 'a: %', 'a', 'a: [{}, 1]']) {
      const value = valueOf(text);
      const last = value?.kind === 'list' ? value.elements.at(-1) : value;
      expect(last !== undefined && isMissing(last), text).to.equal(true);
    }
  });

  it('puts the mark of a missing value where the diagnostic is', () => {
    const text = 'a: # nothing\n  b: 1';
    const { document, diagnostics } = parse({ name: 'test', text });
    expect(document.fields[0]?.value.span.start).to.equal(
      diagnostics[0]?.span?.start,
    );
  });
});

describe('AST: names', () => {
  it('covers extension names with their brackets', () => {
    const name = parsed('[ a . b ]: 1').fields[0]?.name;
    expect(name).to.include({ extension: true, text: 'a.b' });
    expect(name && written(name)).to.equal('[ a . b ]');
  });

  it('reads type addresses', () => {
    expect(parsed('[host.org/a.B] {}').fields[0]?.name.text).to.equal(
      'host.org/a.B',
    );
  });
});

describe('AST: spans', () => {
  it('covers a field from its name to the end of its value', () => {
    const fields = parsed('a: 1; b { c: "d" } ,e: [ 2 ] # f').fields;
    expect(fields.map(written)).to.deep.equal([
      'a: 1',
      'b { c: "d" }',
      'e: [ 2 ]',
    ]);
  });
});
