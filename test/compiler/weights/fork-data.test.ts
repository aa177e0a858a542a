import { expect } from 'chai';

import {
  readCaffemodel,
  type ReadWeights,
} from '../../../compiler/weights/caffemodel-reader.js';

import { bytesSource } from './file-source.js';

const message = (
  tag: readonly number[],
  ...content: readonly number[]
): number[] => [...tag, content.length, ...content];

/** A net of one layer `ip` with one blob of two values. */
const read = (...blob: readonly number[]): ReadWeights =>
  readCaffemodel(
    bytesSource(
      Uint8Array.from(
        message(
          [0xa2, 0x06],
          ...message([0x0a], 0x69, 0x70),
          ...message(
            [0x3a],
            ...message([0x3a], ...message([0x0a], 2)),
            ...blob,
          ),
        ),
      ),
    ),
  );

const bytesOf = (array: Float32Array | Float64Array): number[] => [
  ...new Uint8Array(array.buffer),
];

const values = [1.5, -2];
const single = bytesOf(Float32Array.from(values));
const double = bytesOf(Float64Array.from(values));
/** 1.5 and -2 as IEEE half floats. */
const half = [0x00, 0x3e, 0x00, 0xc0];

/** Tags of the fields 10 to 13, as varint and as bytes. */
const rawDataType = 0x50;
const packedData = 0x5a;
const rawData = 0x62;
const rawDiff = 0x6a;
const dataType = 0x68;
const data = 0x2a;

describe('values in the fields of forks', () => {
  const cases = [
    [
      "NVIDIA's doubles",
      'float64',
      [rawDataType, 0, ...message([rawData], ...double)],
    ],
    [
      "NVIDIA's floats",
      'float32',
      [rawDataType, 1, ...message([rawData], ...single)],
    ],
    [
      "NVIDIA's half floats",
      'float16',
      [rawDataType, 2, ...message([rawData], ...half)],
    ],
    [
      "NVIDIA's floats with gradients",
      'float32',
      [
        rawDataType,
        1,
        ...message([rawData], ...single),
        ...message([rawDiff], ...half),
      ],
    ],
    ["OpenCL's floats", 'float32', message([packedData], ...single)],
    [
      "OpenCL's half floats",
      'float16',
      [...message([packedData], ...half), dataType, 1],
    ],
    [
      "OpenCL's doubles",
      'float64',
      [dataType, 2, ...message([packedData], ...double)],
    ],
    [
      "OpenCL's half floats with gradients",
      'float16',
      [
        dataType,
        1,
        ...message([packedData], ...half),
        ...message([rawData], ...half),
      ],
    ],
    [
      'the common floats where both are there',
      'float32',
      [
        ...message([data], ...single),
        rawDataType,
        2,
        ...message([rawData], 0, 0, 0, 0),
      ],
    ],
  ] as const;
  for (const [what, format, blob] of cases)
    it(`reads ${what}`, () => {
      const { file, diagnostics } = read(...blob);
      expect(diagnostics).to.deep.equal([]);
      const found = file?.layers[0]?.blobs[0];
      expect([...(found?.read() ?? [])]).to.deep.equal(values);
      expect(found?.format).to.equal(format);
    });

  const refused = [
    ['raw data without a type', 'raw_data', message([rawData], ...single)],
    [
      'whole numbers',
      'of type 3',
      [rawDataType, 3, ...message([rawData], ...single)],
    ],
    [
      'quantized values',
      'of type 3',
      [dataType, 3, ...message([packedData], 1, 2)],
    ],
    [
      'half a value',
      '3 bytes',
      [dataType, 1, ...message([packedData], 1, 2, 3)],
    ],
  ] as const;
  for (const [what, word, blob] of refused)
    it(`refuses ${what}`, () => {
      const { file, diagnostics } = read(...blob);
      expect(file).to.equal(undefined);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([
        'weights/foreign-data',
      ]);
      expect(diagnostics[0]?.message).to.contain(word);
    });

  it('says where the number of values does not fit', () => {
    const { diagnostics } = read(
      rawDataType,
      1,
      ...message([rawData], ...single.slice(4)),
    );
    expect(diagnostics.map(({ code }) => code)).to.deep.equal([
      'weights/data-count',
    ]);
  });
});
