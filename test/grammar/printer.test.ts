import { expect } from 'chai';

import { print, quoteString } from '../../grammar/printer.js';

import {
  acceptedCases,
  acceptedText,
  contentOf,
  parsed,
  printedText,
} from './text-format-cases.js';

describe('Printer: texts that protoc accepts', () => {
  for (const accepted of acceptedCases)
    it(`${accepted.name} reads back the same`, () => {
      const document = parsed(acceptedText(accepted).text);
      expect(contentOf(parsed(print(document)))).to.deep.equal(
        contentOf(document),
      );
    });
});

describe("Printer: texts in protoc's layout", () => {
  for (const accepted of acceptedCases)
    it(`${accepted.name} is printed as it was`, () => {
      const { text } = printedText(accepted);
      expect(print(parsed(text))).to.equal(text);
    });
});

describe('Printer: layout', () => {
  it('keeps lists and indents the messages in them', () => {
    const text = 'a [{b: 1}, <>] c: [1,"x"] [e.f]: -inf';
    expect(print(parsed(text))).to.equal(
      'a: [{\n  b: 1\n}, {\n}]\nc: [1, "x"]\n[e.f]: -inf\n',
    );
  });
});

describe('Printer: strings', () => {
  const cases: Readonly<Record<string, string>> = {
    plain: '"plain"',
    'a\n\r\t"\'\\': '"a\\n\\r\\t\\"\\\'\\\\"',
    'é\0\x7f': '"\\303\\251\\000\\177"',
    '\udcff😀': '"\\377\\360\\237\\230\\200"',
  };
  for (const [value, text] of Object.entries(cases))
    it(text, () => {
      expect(quoteString(value)).to.equal(text);
    });
});
