import { expect } from 'chai';

import { Lexer } from '../../grammar/chevrotain.js';
import { tokenize } from '../../grammar/lexer.js';
import { tokens } from '../../grammar/tokens.js';

const lex = (text: string): string[] =>
  tokenize(text).tokens.map(
    ({ tokenType, image }) => `${tokenType.name} ${image}`,
  );

describe('Lexer: tokens of the text format', () => {
  it('has patterns that Chevrotain finds no fault with', () => {
    const lexer = new Lexer([...tokens], {
      positionTracking: 'onlyOffset',
      ensureOptimizations: true,
      deferDefinitionErrorsHandling: true,
    });
    expect(lexer.lexerDefinitionErrors).to.deep.equal([]);
  });

  it('splits a field', () => {
    expect(lex('pad_h:-.5f,')).to.deep.equal([
      'Identifier pad_h',
      'Colon :',
      'Minus -',
      'NumberLiteral .5f',
      'Comma ,',
    ]);
  });

  it('takes tabs, vertical tabs, form feeds and carriage returns as space', () => {
    expect(lex('a\t\v\f\r\nb')).to.deep.equal(['Identifier a', 'Identifier b']);
  });

  it('ends comments at line feeds and zero bytes only', () => {
    expect(lex('# a\rb # c\nd')).to.deep.equal(['Identifier d']);
    expect(tokenize('# a\0b').invalid.map(({ image }) => image)).to.deep.equal([
      '\0',
    ]);
  });

  for (const number of '0 7 017 0x1F 0XaB 1. .5 1e3 1E+3 1.e-2 1f .5F 0f 0.'.split(
    ' ',
  ))
    it(`reads ${number} as a number`, () => {
      expect(lex(number)).to.deep.equal([`NumberLiteral ${number}`]);
    });

  for (const number of '08 0x 0xfg 1.5.2 1e 1e+ 1_000 00.5 1ff 1..2'.split(' '))
    it(`reads ${number} as one malformed number`, () => {
      expect(lex(number)).to.deep.equal([`MalformedNumber ${number}`]);
    });

  it('leaves a field name that a number runs into', () => {
    expect(lex('1dim:')).to.deep.equal([
      'MalformedNumber 1',
      'Identifier dim',
      'Colon :',
    ]);
  });

  it('lets quotes of the other kind and escaped ones stand in a string', () => {
    expect(lex(`"it's" 'say "x"' "\\""`)).to.deep.equal([
      `StringLiteral "it's"`,
      `StringLiteral 'say "x"'`,
      `StringLiteral "\\""`,
    ]);
  });

  it('ends an unterminated string at the end of its line', () => {
    expect(lex('"x\ny')).to.deep.equal([
      'UnterminatedString "x',
      'Identifier y',
    ]);
  });

  it('leaves the closing braces after an unterminated string', () => {
    expect(lex('"x } >\n')).to.deep.equal([
      'UnterminatedString "x',
      'RCurly }',
      'RAngle >',
    ]);
  });

  it('keeps characters that may not stand there apart', () => {
    const { tokens, invalid } = tokenize('\ufeffa\u00a0:\x01\x02 é');
    expect(tokens.map(({ image }) => image)).to.deep.equal(['a', ':']);
    expect(invalid.map(({ image }) => image)).to.deep.equal([
      '\ufeff',
      '\u00a0',
      '\x01\x02',
      'é',
    ]);
  });

  it('has a token for each ASCII character', () => {
    for (let code = 0; code < 128; code += 1) {
      const text = String.fromCharCode(code);
      const { tokens, invalid } = tokenize(text);
      const isBlank = /[ \t\n\r\v\f#]/.test(text);
      expect(tokens.length + invalid.length, text).to.equal(isBlank ? 0 : 1);
    }
  });
});
