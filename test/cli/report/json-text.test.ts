import { expect } from 'chai';

import { documentText, JsonText } from '../../../cli/report/json-text.js';
import { floatText } from '../../../cli/report/number-text.js';

describe('The text of a JSON document', () => {
  it('writes non-finite numbers as words and keeps the sign of zero', () => {
    expect(documentText([NaN, Infinity, -Infinity, -0, 0.5])).to.equal(
      '["nan", "inf", "-inf", -0.0, 0.5]',
    );
  });

  it('writes float32 in few digits that read back exactly', () => {
    const values = Float32Array.of(
      0.1,
      1 / 3,
      1e-45,
      3.4028235e38,
      -7,
      2 ** 24,
    );
    const text = documentText(values);
    expect(text).to.match(/^\[0\.1, 0\.33333334, /);
    expect((JSON.parse(text) as number[]).map(Math.fround)).to.eql([...values]);
    for (let bits = 1; bits < 0x7f800000; bits += 7_654_321) {
      const [value = 0] = new Float32Array(Uint32Array.of(bits).buffer);
      expect(Math.fround(Number(floatText(value)))).to.equal(value);
    }
  });

  it('indents objects and leaves out what is undefined', () => {
    const document = {
      a: 1,
      none: undefined,
      nothing: null,
      list: [{ b: [1, 2] }],
      raw: new JsonText('[ 1 ]'),
    };
    expect(documentText(document)).to.equal(
      '{\n  "a": 1,\n  "nothing": null,\n  "list": [\n    {\n      "b": [1, 2]\n    }\n  ],\n  "raw": [ 1 ]\n}',
    );
  });
});
