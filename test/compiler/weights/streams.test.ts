import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

import { crc32Of } from '../../../compiler/weights/checksum.js';
import {
  fillStream,
  hashAt,
  sampleIndices,
  seedOf,
} from '../../../compiler/weights/streams.js';

const valueAt = (
  name: string,
  k: number,
  lo: number,
  hi: number,
): Float32Array => {
  const one = new Float32Array(1);
  fillStream(name, one, lo, hi, k);
  return one;
};

const bitsOf = (values: Float32Array): number | undefined =>
  new Uint32Array(values.buffer)[0];

describe('the formula', () => {
  it('gives the worked examples', () => {
    const bound = Math.sqrt((3 * 3) / 147);
    expect(seedOf('conv1#0')).to.equal(0xdd0c59f9);
    expect(hashAt('conv1#0', 0)).to.equal(0xc405439d);
    expect(hashAt('conv1#0', 9407)).to.equal(0xec927ef9);
    const cases = [
      ['conv1#0', 0, -bound, bound, 0x3e06a553],
      ['conv1#0', 9407, -bound, bound, 0x3e56ead5],
      ['conv1/bn#3', 1, 0.5, 1.2, 0x3f8475cb],
      ['data#0', 150527, -1, 1, 0xbd2b0e08],
    ] as const;
    for (const [name, k, lo, hi, bits] of cases)
      expect(bitsOf(valueAt(name, k, lo, hi)), name).to.equal(bits);
  });

  it('goes on from any index', () => {
    const whole = new Float32Array(100);
    fillStream('data#0', whole, -1, 1);
    const tail = new Float32Array(40);
    fillStream('data#0', tail, -1, 1, 60);
    expect([...tail]).to.deep.equal([...whole.subarray(60)]);
  });

  const folder = 'test/reference/nets';
  for (const file of readdirSync(folder).filter((name) =>
    /\d\.json$|pool\d+\.json$|batch2\.json$/.test(name),
  )) {
    it(`gives the input and the sample positions of ${file}`, () => {
      const golden = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
        input: {
          stream: string;
          shape: number[];
          range: [number, number];
          crc32: number;
        };
        layers: { name: string; shape: number[]; sample_idx: number[] }[];
      };
      const { stream, shape, range, crc32 } = golden.input;
      const values = new Float32Array(shape.reduce((a, b) => a * b));
      fillStream(stream, values, ...range);
      expect(crc32Of(values)).to.equal(crc32);
      for (const layer of golden.layers) {
        const count = layer.shape.reduce((a, b) => a * b);
        expect(sampleIndices(`${layer.name}#sample0`, count, 16)).to.deep.equal(
          layer.sample_idx,
        );
      }
    });
  }
});
