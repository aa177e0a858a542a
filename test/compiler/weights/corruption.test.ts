import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import {
  readCaffemodel,
  type ReadWeights,
} from '../../../compiler/weights/caffemodel-reader.js';
import { hashAt } from '../../../compiler/weights/streams.js';
import { countOf } from '../../../compiler/weights/weight-file.js';

import { bytesSource } from './file-source.js';

const folder = 'test/reference/caffemodels/lenet';

/** Nothing is thrown; there is a whole file or an error, never both or neither. */
function readSoundly(bytes: Uint8Array): ReadWeights {
  const read = readCaffemodel(bytesSource(bytes, 'damaged.caffemodel'));
  expect(read.file === undefined).to.equal(read.diagnostics.some(isError));
  for (const { blobs } of read.file?.layers ?? [])
    for (const blob of blobs) {
      expect(blob.count).to.equal(countOf(blob.shape));
      expect(blob.read()).to.have.length(blob.count);
    }
  return read;
}

const codesOf = (bytes: Uint8Array): string[] =>
  readSoundly(bytes).diagnostics.map(({ code }) => code);

/** Where a field of the net ends: a file cut off there is a whole one to protobuf. */
function fieldEnds(bytes: Uint8Array): Set<number> {
  const ends = new Set<number>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const wireType = varint() % 8;
    const value = varint();
    if (wireType === 2) at += value;
    ends.add(at);
  }
  return ends;
}

describe('refusing damaged caffemodels', () => {
  for (const form of ['iter_400', 'v0', 'v1', 'legacy_dims', 'double_data']) {
    const bytes = readFileSync(`${folder}/lenet_${form}.caffemodel`);

    it(`never takes a part of lenet_${form} for the whole`, () => {
      const ends = fieldEnds(bytes);
      const random = Array.from(
        { length: 150 },
        (_, k) => hashAt('cut', k) % bytes.length,
      );
      const small = Array.from({ length: 60 }, (_, k) => k);
      // Right before and after the ends of layers it is easiest to be wrong.
      const near = [...ends].flatMap((end) => [end - 1, end + 1, end + 2]);
      for (const cut of [...random, ...small, ...near]) {
        if (ends.has(cut) || cut >= bytes.length) continue;
        const { file, diagnostics } = readSoundly(bytes.subarray(0, cut));
        expect(file, `cut at ${cut}`).to.equal(undefined);
        expect(diagnostics).to.have.length(1);
      }
    });

    it(`survives flipped bits in lenet_${form}`, () => {
      const copy = Uint8Array.from(bytes);
      const first = Array.from({ length: 100 }, (_, k) => k);
      const random = Array.from(
        { length: 60 },
        (_, k) => hashAt('flip', k) % bytes.length,
      );
      const structure = [...fieldEnds(bytes)].flatMap((end) =>
        Array.from({ length: 40 }, (_, k) => end + k),
      );
      for (const place of [...first, ...random, ...structure]) {
        const byte = bytes[place];
        if (byte === undefined) continue;
        for (const flip of [1, 0x80]) {
          copy[place] = byte ^ flip;
          readSoundly(copy);
        }
        copy[place] = byte;
      }
    });
  }

  it('survives noise', () => {
    for (let round = 0; round < 300; round++) {
      const noise = Uint8Array.from(
        { length: round * 3 },
        (_, k) => hashAt(`noise${round}`, k) & 0xff,
      );
      // A plausible beginning brings the reader further.
      readSoundly(noise);
      readSoundly(Uint8Array.of(0x0a, 0x01, 0x78, 0xa2, 0x06, ...noise));
    }
  });

  it('says where a file is damaged', () => {
    const bytes = Uint8Array.from(
      readFileSync(`${folder}/lenet_iter_400.caffemodel`),
    );
    const { diagnostics } = readSoundly(bytes.subarray(0, 5000));
    expect(diagnostics[0]?.message).to.equal(
      "damaged.caffemodel is damaged or no caffemodel: at byte 88 (after layer 'data') field 100 claims 6172 bytes where 4908 are left",
    );
  });
});

describe('refusing files that are no caffemodels', () => {
  const cases: readonly (readonly [string, string | Uint8Array])[] = [
    ['an empty file', ''],
    [
      'an HDF5 file',
      Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
    ],
    ['a zip archive', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
    ['a .npy array', Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0)],
    ['a text file', readFileSync(`${folder}/deploy.prototxt`)],
    ['a web page', '<!DOCTYPE html><html><title>404</title>'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid'],
    ['(.solverstate)', Uint8Array.of(0x08, 0x90, 0x03, 0x12, 0x02, 0x61, 0x62)],
    [
      'an LMDB database',
      Uint8Array.of(...new Uint8Array(16), 0xde, 0xc0, 0xef, 0xbe, 1),
    ],
  ];
  for (const [what, content] of cases) {
    it(`tells ${what}`, () => {
      const bytes =
        typeof content === 'string'
          ? new TextEncoder().encode(content)
          : content;
      const { diagnostics } = readSoundly(bytes);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([
        'weights/foreign-file',
      ]);
      expect(diagnostics[0]?.message).to.contain(what);
    });
  }

  it('refuses a net without layers', () => {
    expect(codesOf(Uint8Array.of(0x0a, 2, 0x61, 0x62, 0x28, 1))).to.deep.equal([
      'weights/no-layers',
    ]);
  });
});

describe('refusing blobs that Caffe would refuse', () => {
  const message = (tag: number[], ...content: number[]): number[] => [
    ...tag,
    content.length,
    ...content,
  ];
  /** A net of one layer `ip` with one blob. */
  const netOf = (...blob: number[]): Uint8Array =>
    Uint8Array.from(
      message(
        [0xa2, 0x06],
        ...message([0x0a], 0x69, 0x70),
        ...message([0x3a], ...blob),
      ),
    );
  const shape = (...sizes: number[]): number[] =>
    message([0x3a], ...message([0x0a], ...sizes));
  const one = [0, 0, 0x80, 0x3f];
  const cases: readonly (readonly [string, Uint8Array, string[]])[] = [
    ['packed data', netOf(...shape(2), ...message([0x2a], ...one, ...one)), []],
    ['data value by value', netOf(...shape(2), 0x2d, ...one, 0x2d, ...one), []],
    [
      'data in several pieces',
      netOf(
        ...message([0x2a], ...one),
        ...shape(3),
        0x2d,
        ...one,
        ...message([0x2a], ...one),
      ),
      [],
    ],
    [
      'a shape value by value',
      netOf(
        ...message([0x3a], 0x08, 2, 0x08, 1),
        ...message([0x2a], ...one, ...one),
      ),
      [],
    ],
    [
      'too little data',
      netOf(...shape(3), ...message([0x2a], ...one, ...one)),
      ['weights/data-count'],
    ],
    ['no data', netOf(...shape(3)), ['weights/data-count']],
    [
      "a fork's data",
      netOf(...shape(1), ...message([0x62], ...one)),
      ['weights/foreign-data'],
    ],
    [
      'half a value',
      netOf(...shape(1), ...message([0x2a], ...one, 1)),
      ['weights/corrupt'],
    ],
    [
      'a negative size',
      netOf(...shape(255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
      ['weights/corrupt'],
    ],
    [
      'data of another wire type',
      netOf(...shape(1), 0x28, 1),
      ['weights/corrupt'],
    ],
    ['a group', netOf(0x2b, 0x2c), ['weights/corrupt']],
    ['a blob never shaped', netOf(), []],
  ];
  for (const [what, bytes, codes] of cases) {
    it(`${codes.length === 0 ? 'reads' : 'refuses'} ${what}`, () => {
      expect(codesOf(bytes)).to.deep.equal(codes);
    });
  }

  it('prefers doubles, as Caffe does', () => {
    const { file } = readSoundly(
      netOf(
        ...shape(1),
        ...message([0x2a], ...one, ...one),
        ...message([0x42], 0, 0, 0, 0, 0, 0, 0, 0x40),
      ),
    );
    expect([...(file?.layers[0]?.blobs[0]?.read() ?? [])]).to.deep.equal([2]);
  });
});
