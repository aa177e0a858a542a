import { expect } from 'chai';

import { valueOfLiterals } from '../../grammar/string-literal.js';
import type { SyntaxFault } from '../../grammar/syntax-errors.js';

function read(...images: string[]): { value: string; faults: SyntaxFault[] } {
  const faults: SyntaxFault[] = [];
  const literals = images.map((image) => ({
    image,
    start: 0,
    terminated: true,
  }));
  const value = valueOfLiterals(literals, (fault) => faults.push(fault));
  return { value, faults };
}

describe('String literal: escapes', () => {
  const cases: Readonly<Record<string, string>> = {
    '\\a\\b\\f\\n\\r\\t\\v': '\x07\b\f\n\r\t\v',
    '\\\\\\?\\\'\\"': '\\?\'"',
    '\\101\\60\\0602\\7z': 'A0' + '02\x07z',
    '\\x41\\x4G\\x9': 'A\x04G\t',
    '\\400': '\0',
    '\\303\\251\\xc3\\xA9': 'éé',
    '\\377': '\udcff',
    '\\u00e9\\U0001F600': 'é😀',
    '\\ud83d\\ude00': '😀',
    '\\U0000d83d\\ude00': '😀',
    '\\ud83d': '\udced\udca0\udcbd',
    '\\U001fFFff': '\\U001fffff',
  };
  for (const [escaped, value] of Object.entries(cases))
    it(escaped, () => {
      expect(read(`"${escaped}"`)).to.deep.equal({ value, faults: [] });
    });

  it('joins bytes of several literals to one character', () => {
    expect(read('"\\xc3"', "'\\xa9'").value).to.equal('é');
  });

  it('does not join the digits of several literals', () => {
    expect(read('"\\x4"', '"1"').value).to.equal('\x041');
  });
});

describe('String literal: wrong escapes', () => {
  for (const wrong of ['\\q', '\\X', '\\x', '\\u12', '\\U0001', '\\8', '\\é'])
    it(wrong, () => {
      const { value, faults } = read(`"a${wrong}"`);
      expect(value).to.equal(`a${wrong}`);
      expect(faults.map(({ code, start }) => [code, start])).to.deep.equal([
        ['text/invalid-escape', 2],
      ]);
    });
});
