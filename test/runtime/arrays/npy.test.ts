import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { parseNpy, readNpy, writeNpy } from '../../../runtime/arrays/npy.js';

/** A .npy file put together by hand. */
function npyOf(
  descr: string,
  fortranOrder: boolean,
  shape: string,
  data: Uint8Array,
  version = 1,
): Uint8Array {
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': ${shape}, }\n`;
  const length =
    version === 1
      ? [dictionary.length & 255, dictionary.length >> 8]
      : [dictionary.length & 255, dictionary.length >> 8, 0, 0];
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    version,
    0,
    ...length,
    ...Buffer.from(dictionary),
    ...data,
  ]);
}

const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

const valuesOf = (bytes: Uint8Array): number[] => [
  ...(parseNpy('a.npy', bytes).value?.toFloat64() ?? []),
];

describe('reading .npy files', () => {
  it('reads what NumPy wrote', () => {
    const { value, diagnostics } = readNpy(
      'inputs.npy',
      readFileSync('test/reference/caffemodels/inputs.npy'),
    );
    expect(diagnostics).to.deep.equal([]);
    expect(value?.shape).to.deep.equal([8, 3, 32, 32]);
    expect(value?.data).to.have.length(8 * 3 * 32 * 32);
    expect(value?.data.byteOffset).to.equal(0);
    expect(value?.data.every(Number.isFinite)).to.equal(true);
  });

  const kinds: readonly (readonly [string, string, number[]])[] = [
    ['<f4', '0000803f000000c0', [1, -2]],
    ['>f4', '3f800000c0000000', [1, -2]],
    ['<f8', '000000000000f03f00000000000000c0', [1, -2]],
    ['<f2', '003c00c0', [1, -2]],
    ['<f2', '0100007c', [2 ** -24, Infinity]],
    ['<f2', '00fcff7b', [-Infinity, 65504]],
    ['|i1', '01fe', [1, -2]],
    ['|u1', '01fe', [1, 254]],
    ['<i2', '0100feff', [1, -2]],
    ['>u2', '0001fffe', [1, 65534]],
    ['<i4', '01000000feffffff', [1, -2]],
    ['<u4', '01000000feffffff', [1, 4294967294]],
    ['<i8', '0100000000000000feffffffffffffff', [1, -2]],
    ['>u8', '00000000000000010000000000000002', [1, 2]],
    ['|b1', '0100', [1, 0]],
  ];
  for (const [descr, hex, values] of kinds)
    it(`reads ${descr} (${hex})`, () => {
      expect(valuesOf(npyOf(descr, false, '(2,)', bytesOf(hex)))).to.deep.equal(
        values,
      );
    });

  it('reads versions 2 and 3', () => {
    for (const version of [2, 3])
      expect(
        valuesOf(npyOf('|u1', false, '(3,)', bytesOf('010203'), version)),
      ).to.deep.equal([1, 2, 3]);
  });

  it("turns Fortran's order into rows", () => {
    expect(
      valuesOf(npyOf('|u1', true, '(2, 3)', bytesOf('000301040205'))),
    ).to.deep.equal([0, 1, 2, 3, 4, 5]);
    const cube = Uint8Array.from({ length: 24 }, (_, at) => {
      const [i, j, k] = [at % 2, Math.floor(at / 2) % 3, Math.floor(at / 6)];
      return i * 12 + j * 4 + k;
    });
    expect(valuesOf(npyOf('|u1', true, '(2, 3, 4)', cube))).to.deep.equal(
      Array.from({ length: 24 }, (_, at) => at),
    );
  });

  it('reads scalars and empty arrays', () => {
    const scalar = parseNpy(
      'a',
      npyOf('|u1', false, '()', bytesOf('07')),
    ).value;
    expect(scalar?.shape).to.deep.equal([]);
    expect([...(scalar?.toFloat32() ?? [])]).to.deep.equal([7]);
    const empty = parseNpy(
      'a',
      npyOf('<f4', false, '(0, 3)', bytesOf('')),
    ).value;
    expect(empty?.shape).to.deep.equal([0, 3]);
    expect(empty?.toFloat32()).to.have.length(0);
  });

  const whole = npyOf('<f4', false, '(2,)', bytesOf('0000803f000000c0'));
  const refusals: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['an empty file', new Uint8Array(), /does not begin as/],
    ['another file', bytesOf('89504e470d0a1a0a'), /does not begin as/],
    ['a cut header', whole.subarray(0, 40), /header is cut off/],
    [
      'too little data',
      whole.subarray(0, -1),
      /needs 8 bytes, and there are 7/,
    ],
    [
      'too much data',
      npyOf('|u1', false, '(1,)', bytesOf('0102')),
      /needs 1 bytes/,
    ],
    ['strings', npyOf('<U4', false, '(1,)', bytesOf('00')), /elements of type/],
    ['objects', npyOf('|O', false, '(1,)', bytesOf('00')), /elements of type/],
    [
      'a later version',
      npyOf('<f4', false, '(0,)', bytesOf(''), 4),
      /version 4/,
    ],
    [
      'a header of something else',
      npyOf('<f4', false, '[2]', bytesOf('')),
      /lacks/,
    ],
  ];
  for (const [what, bytes, message] of refusals)
    it(`refuses ${what}`, () => {
      const { value, diagnostics } = parseNpy('a.npy', bytes);
      expect(value).to.equal(undefined);
      expect(diagnostics).to.have.length(1);
      expect(diagnostics[0]?.message).to.match(message);
    });

  it('never throws on cut or changed files', () => {
    for (let at = 0; at < whole.length; at++) {
      parseNpy('a', whole.subarray(0, at));
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      parseNpy('a', changed).value?.toFloat32();
    }
  });
});

describe('writing .npy files', () => {
  it("writes NumPy's own bytes", () => {
    const path = 'test/reference/caffemodels/inputs.npy';
    const { value } = readNpy(path, readFileSync(path));
    if (value === undefined) throw new Error('refused');
    expect(
      readFileSync(path).equals(writeNpy(value.shape, value.data)),
    ).to.equal(true);
  });

  it('writes every kind and shape that it reads', () => {
    for (const data of [
      Float32Array.of(1, -2.5, NaN),
      Float64Array.of(1, 1e-300, -0),
      Int32Array.of(1, -2, 3),
      Uint8Array.of(1, 2, 255),
    ]) {
      const bytes = writeNpy([3], data);
      expect(bytes.length % 64).to.equal(data.byteLength % 64);
      expect(valuesOf(bytes)).to.deep.equal([...data]);
    }
    for (const shape of [[], [1], [1, 1], [1, 1, 1, 1, 1]])
      expect(
        parseNpy('a', writeNpy(shape, Float32Array.of(1))).value?.shape,
      ).to.deep.equal(shape);
  });
});
