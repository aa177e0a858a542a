import { expect } from 'chai';

import { printDouble, printFloat } from '../../grammar/float-text.js';

import { acceptedCases, parsed, printedText } from './text-format-cases.js';

describe('Float text', () => {
  const floats: Readonly<Record<string, number>> = {
    '0': 0,
    '-0': -0,
    '0.1': 0.1,
    '1e-05': 1e-5,
    '0.0001': 1e-4,
    '100000': 1e5,
    '1e+06': 1e6,
    '1234567': 1234567,
    '0.333333343': 1 / 3,
    '16777216': 16777217,
    // Halfway between two numbers of nine digits: C rounds to the even one.
    '131072.062': 131072.0625,
    '131072.188': 131072.1875,
    '3.40282347e+38': 3.4028235e38,
    inf: 1e39,
    '-inf': -Infinity,
    nan: NaN,
  };
  for (const [text, value] of Object.entries(floats))
    it(`writes ${text}`, () => {
      expect(printFloat(value)).to.equal(text);
    });

  const doubles: Readonly<Record<string, number>> = {
    '0.1': 0.1,
    '0.30000000000000004': 0.1 + 0.2,
    '1e+308': 1e308,
    '4.94065645841247e-324': 5e-324,
    '9007199254740992': 2 ** 53,
  };
  for (const [text, value] of Object.entries(doubles))
    it(`writes the double ${text}`, () => {
      expect(printDouble(value)).to.equal(text);
    });

  it('writes the floats of the reference as protoc does', () => {
    let count = 0;
    for (const accepted of acceptedCases)
      for (const { name, value } of parsed(printedText(accepted).text).fields) {
        if (name.text !== 'float_data') continue;
        const { start, end, source } = value.span;
        const text = source.text.slice(start, end);
        const number = Number(text.replace('inf', 'Infinity'));
        expect(printFloat(number)).to.equal(text);
        count += 1;
      }
    expect(count).to.be.greaterThan(60);
  });
});
