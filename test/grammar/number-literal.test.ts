import { expect } from 'chai';

import { whyNotANumber } from '../../grammar/number-literal.js';

describe('Number literal: why it is none', () => {
  const cases: Readonly<Record<string, string>> = {
    '0x': "'0x' needs hexadecimal digits after it",
    '0x1.5': 'a hexadecimal number has no point',
    '0xfg': "a space is missing before 'g'",
    '08': 'a leading zero makes it octal, where digits go up to 7',
    '00.5': 'a leading zero makes it octal, and octal numbers have no point',
    '1e': "'e' needs an exponent",
    '1.5e+': "'e' needs an exponent",
    '1.5.2': 'a number has one decimal point, and none after its exponent',
    '1e5.2': 'a number has one decimal point, and none after its exponent',
    '100_000': "a space is missing before '_000'",
    '1.5ff': "a space is missing before 'f'",
  };
  for (const [image, reason] of Object.entries(cases))
    it(image, () => {
      expect(whyNotANumber(image)).to.equal(reason);
    });
});
