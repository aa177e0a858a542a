import { expect } from 'chai';

import { decodeText, encodeText } from '../../grammar/text-encoding.js';

describe('Text encoding', () => {
  it('reads UTF-8, byte order mark included', () => {
    const bytes = new TextEncoder().encode('\ufeffGröße 大 😀');
    expect(decodeText(bytes)).to.equal('\ufeffGröße 大 😀');
  });

  const cases: Readonly<Record<string, [bytes: number[], text: string]>> = {
    'a byte of Latin-1': [[0x61, 0xe9, 0x62], 'a\udce9b'],
    'a sequence cut short': [[0xe5, 0xa4], '\udce5\udca4'],
    'an overlong form': [[0xc0, 0x80], '\udcc0\udc80'],
    'an overlong form of three bytes': [
      [0xe0, 0x9f, 0xbf],
      '\udce0\udc9f\udcbf',
    ],
    'a surrogate': [[0xed, 0xa0, 0xbd], '\udced\udca0\udcbd'],
    'a character beyond the last': [
      [0xf4, 0x90, 0x80, 0x80],
      '\udcf4\udc90\udc80\udc80',
    ],
    'characters around a wrong byte': [[0xc3, 0xa9, 0xff, 0x7f], 'é\udcff\x7f'],
  };
  for (const [title, [bytes, text]] of Object.entries(cases))
    it(`gives back ${title}`, () => {
      expect(decodeText(Uint8Array.from(bytes))).to.equal(text);
      expect([...encodeText(text)]).to.deep.equal(bytes);
    });

  it('gives every byte back, whatever its neighbours', () => {
    const bytes = Uint8Array.from({ length: 1 << 16 }, (_, index) =>
      index % 2 === 0 ? index >> 8 : index & 0xff,
    );
    expect(Buffer.from(encodeText(decodeText(bytes))).equals(bytes)).to.equal(
      true,
    );
  });

  it('encodes other lone surrogates as three bytes', () => {
    expect([...encodeText('\ud83d')]).to.deep.equal([0xed, 0xa0, 0xbd]);
  });
});
