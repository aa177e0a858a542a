import { expect } from 'chai';

import { parse } from '../../grammar/parse.js';

import { firstMistake, mistakes } from './text-format-cases.js';

const fieldsOf = (text: string): string[] =>
  parse({ name: 'test', text }).document.fields.map(({ name }) => name.text);

describe('Recovery: several mistakes', () => {
  it('are each reported, and what follows is read', () => {
    const text = [
      'name "x"',
      'layer {',
      '  name: "a',
      '  kernel_size: 0x',
      '  pad: [1 2]',
      '  top:',
      '  type: "D:\\q"',
      '}',
      'layer { name: "b" >',
      'input_dim: 1 2 3',
      'force_backward = true',
      ';; debug_info: %',
      'last: 1',
    ].join('\n');
    expect(mistakes(text)).to.deep.equal([
      '1:6 text/expected-token',
      '3:9 text/unterminated-string',
      '4:16 text/invalid-number',
      '5:11 text/expected-token',
      '7:3 text/expected-value',
      '7:12 text/invalid-escape',
      '9:19 text/expected-token',
      '10:14 text/expected-identifier',
      '11:16 text/expected-token',
      '12:2 text/expected-identifier',
      '12:16 text/expected-value',
    ]);
    expect(fieldsOf(text)).to.deep.equal([
      'name',
      'layer',
      'layer',
      'input_dim',
      'force_backward',
      'debug_info',
      'last',
    ]);
  });
});

describe('Recovery: one mistake, one diagnostic', () => {
  const cases: Readonly<Record<string, [text: string, mistake: string]>> = {
    'a string over lines': [
      'a: "x\n  y, z\n w"\nb: 1',
      '1:4 text/unterminated-string',
    ],
    'a string continued by a backslash': [
      'a: "x\\\ny"\nb: 1',
      '1:6 text/invalid-escape',
    ],
    'a quote left out before a closing brace': [
      'a { b: "x }\nc: 1',
      '1:8 text/unterminated-string',
    ],
    'a quote left out in a list': [
      'a: ["x, "y"]\nb: 1',
      '1:11 text/unterminated-string',
    ],
    prose: ['This is a text\nof no fields at all.', '1:6 text/expected-token'],
    'garbage in brackets': [
      'a: 1 ( { b: 2 } )\nc: 3',
      '1:6 text/expected-identifier',
    ],
    'two braces left out': ['a {\n b {\n', '3:1 text/expected-identifier'],
    'closing braces too many': [
      'a {}}}\n}\nb: 1',
      '1:5 text/expected-identifier',
    ],
    'a list that is not closed': ['a: [1, 2\nb: 1', '2:1 text/expected-token'],
    'a list with a wrong end': ['m { a: [1, 2 }', '1:14 text/expected-token'],
    'a list of lists': ['a: [[1, 2]]', '1:5 text/expected-value'],
    'a list with nothing before a comma': [
      'a: [, 1]',
      '1:5 text/expected-value',
    ],
    'an extension name cut short': [
      '[a.]: 1\nb: 1',
      '1:4 text/expected-identifier',
    ],
    'an extension name not closed': [
      '[a.b: 1\nb: 1',
      '1:5 text/expected-token',
    ],
    'a path as a name': ['a/b/c: 1\nb: 1', '1:2 text/expected-token'],
  };
  for (const [title, [text, mistake]] of Object.entries(cases))
    it(title, () => {
      expect(mistakes(text)).to.deep.equal([mistake]);
    });
});

describe('Recovery: nesting', () => {
  const nested = (depth: number): string =>
    'a { '.repeat(depth) + '} '.repeat(depth) + 'b: 1';

  it('goes a hundred messages deep', () => {
    expect(mistakes(nested(100))).to.deep.equal([]);
  });

  it('refuses more, and reads on behind them', () => {
    expect(mistakes(nested(101))).to.deep.equal(['1:403 text/nesting-limit']);
    expect(fieldsOf(nested(5000))).to.deep.equal(['a', 'b']);
  });
});

describe('Recovery: words', () => {
  const cases: Readonly<Record<string, { message: string; at: string }>> = {
    'a "x"': {
      message: `expected ':' or '{' after 'a', found the string "x"`,
      at: '"x"',
    },
    'pad:\nkernel: 1': {
      message: "expected a value for 'pad', found 'kernel'",
      at: 'kernel',
    },
    'a { b: 1': {
      message: "expected a field name or '}', found the end of the file",
      at: '',
    },
    'a: [1 2]': {
      message: "expected ',' or ']', found the number 2",
      at: '2',
    },
    'a: 1b: 2': {
      message: "'1b' is not a number: a space is missing before 'b'",
      at: '1',
    },
    'a:\u00a01': {
      message: 'U+00A0 may stand only in strings and comments',
      at: '\u00a0',
    },
    'a: "x': {
      message: 'this string has no closing " before the end of the file',
      at: '"x',
    },
  };
  for (const [text, expected] of Object.entries(cases))
    it(JSON.stringify(text), () => {
      expect(firstMistake(text)).to.deep.equal(expected);
    });

  it('say where an unclosed brace was opened', () => {
    const text = 'a {\n  b: 1\n  c {\n  }\n';
    const [note] = parse({ name: 'test', text }).diagnostics[0]?.notes ?? [];
    expect(note?.message).to.equal("'{' was opened here");
    expect(note?.span?.start).to.equal(2);
  });
});
