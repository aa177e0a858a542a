import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { Diagnostic } from '../../../../compiler/diagnostics.js';
import { loadNet } from '../../../../compiler/schema/load-net.js';

import { readMeanFile } from '../../../../runtime/data/transform/mean-file.js';
import {
  misfitDiagnostic,
  misfitOf,
} from '../../../../runtime/data/transform/misfit.js';
import { transformSettings } from '../../../../runtime/data/transform/transform-settings.js';

import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import { made, settingsOf, transformParam } from './param-of.js';

/** Code, the text at the place, and the message. */
const brief = ({ code, span, message }: Diagnostic): string =>
  `${code} | ${span?.source.text.slice(span.start, span.end) ?? ''} | ${message}`;

const faults = (options: string): readonly string[] =>
  made(options, 'TRAIN', () => ({ mean: undefined, diagnostics: [] }))
    .diagnostics.map(brief)
    .map((text) => text.replace('data/transform-refused | ', ''));

describe('settings of a transform_param', () => {
  it('are plain data', () => {
    const settings = settingsOf(
      'crop_size: 24 mirror: true mean_value: 104 scale: 0.5 force_gray: true',
    );
    expect(structuredClone(settings)).to.deep.equal(settings);
    expect(settings).to.deep.equal({
      phase: 'TEST',
      decode: 'gray',
      crop: 24,
      mirror: true,
      mean: { kind: 'values', values: [104] },
      scale: 0.5,
      std: [],
      shortSide: 0,
      pad: 0,
      area: undefined,
      colour: undefined,
      labelNoise: undefined,
    });
  });

  it('leave what is at random to TRAIN', () => {
    const options =
      'crop_size: 32 rancc_augment { pad: 4 brightness: 0.5 std: 2 short_side: 0 }';
    const test = settingsOf(options, 'TEST');
    expect([test.pad, test.colour, test.std]).to.deep.equal([
      0,
      undefined,
      [2],
    ]);
    const train = settingsOf(options, 'TRAIN');
    expect([train.pad, train.colour?.brightness]).to.deep.equal([4, 0.5]);
    const area = 'crop_size: 32 rancc_augment { min_area: 0.5 }';
    expect(settingsOf(area, 'TEST').area).to.equal(undefined);
    expect(settingsOf(area, 'TRAIN').area).to.deep.equal({
      minArea: 0.5,
      maxArea: 1,
      minAspect: 1,
      maxAspect: 1,
    });
  });

  for (const [options, expected] of [
    [
      'mean_file: "m" mean_value: 3',
      '3 | transform_param: give a mean_file or mean_values, not both',
    ],
    [
      'force_color: true force_gray: true',
      'true | transform_param: give force_color or force_gray, not both',
    ],
    [
      'crop_h: 20',
      "20 | transform_param: the option 'crop_h' is not supported, and would give other images",
    ],
    [
      'turn: 20',
      "turn | transform_param: the option 'turn' is not supported, and would give other images",
    ],
    [
      'rancc_augment { padd: 20 }',
      "padd | transform_param: rancc_augment has no option 'padd'",
    ],
    ['rancc_augment { pad: 4 }', '4 | transform_param: pad needs a crop_size'],
    [
      'rancc_augment { min_area: 0.5 }',
      '0.5 | transform_param: min_area needs a crop_size',
    ],
    [
      'crop_size: 8 rancc_augment { min_area: 0.5 pad: 4 }',
      '4 | transform_param: give pad or min_area, not both',
    ],
    [
      'crop_size: 8 rancc_augment { min_area: 0.9 max_area: 0.5 }',
      '0.9 | transform_param: min_area has to be above 0, and max_area from min_area to 1',
    ],
    [
      'crop_size: 8 rancc_augment { min_aspect: 2 }',
      '2 | transform_param: min_aspect has to be above 0, and max_aspect at least as large',
    ],
    [
      'mean_file: "m" rancc_augment { short_side: 8 }',
      '8 | transform_param: short_side resizes images, to which the image of mean_file does not fit then; give mean_values',
    ],
    [
      'rancc_augment { contrast: 1.5 }',
      '1.5 | transform_param: contrast has to be from 0 to 1',
    ],
    [
      'rancc_augment { std: [1, 0] }',
      '1 | transform_param: a std has to be above 0',
    ],
  ] as const) {
    it(`refuse ${options}`, () => {
      expect(faults(options)).to.deep.equal([expected]);
    });
  }

  it('refuse images that do not fit, at the option', () => {
    const of = (options: string, channels: number, isFloat = false) => {
      const text = `layer { transform_param { ${options} } }`;
      const image = { channels, height: 20, width: 30, isFloat };
      const misfit = misfitOf(settingsOf(options, 'TRAIN'), image);
      if (misfit === undefined) return undefined;
      const found = misfitDiagnostic(misfit, transformParam(text));
      return brief(found).replace(
        'transform_param does not fit the images: ',
        '',
      );
    };
    const code = 'data/transform-misfit';
    expect(of('crop_size: 20', 3)).to.equal(undefined);
    expect(of('crop_size: 24', 3)).to.equal(
      `${code} | 24 | a crop of 24x24 is larger than an image of 20x30`,
    );
    expect(of('crop_size: 24 rancc_augment { pad: 2 }', 3)).to.equal(undefined);
    expect(of('crop_size: 24 rancc_augment { min_area: 0.1 }', 3)).to.equal(
      undefined,
    );
    expect(of('mean_value: 1 mean_value: 2', 3)).to.equal(
      `${code} | 1 | give one mean_value or as many as an image has channels: 3, not 2`,
    );
    expect(of('rancc_augment { std: [1, 2, 3] }', 1)).to.equal(
      `${code} | 1 | give one std or as many as an image has channels: 1, not 3`,
    );
    expect(of('rancc_augment { lighting: 0.1 }', 1)).to.equal(
      `${code} | 0.1 | lighting is for images of 3 channels; these have 1`,
    );
    expect(of('rancc_augment { short_side: 8 }', 3, true)).to.equal(
      `${code} | 8 | images of float_data cannot be resized`,
    );
  });

  it('are known in every dialect, but to a strict reader of another', () => {
    const text =
      'layer { name: "b" type: "BN" bn_param {} } layer { transform_param { rancc_augment { pad: 4 } } }';
    const codes = (
      dialect: 'auto' | 'ran' | 'ssd' | 'rancc',
      strict: boolean,
    ) =>
      loadNet({ name: 'x', text }, { dialect, strict }).diagnostics.map(
        ({ code, span }) =>
          `${code} ${span?.source.text.slice(span.start, span.end) ?? ''}`,
      );
    for (const dialect of ['auto', 'ran'] as const) {
      expect(codes(dialect, false)).to.deep.equal([]);
    }
    expect(codes('ssd', false)).to.deep.equal([
      'schema/other-dialect bn_param',
    ]);
    expect(codes('auto', true)).to.deep.equal([]);
    expect(codes('ran', true)).to.deep.equal([
      'text/unknown-field rancc_augment',
    ]);
    expect(codes('rancc', true)).to.deep.equal(['text/unknown-field bn_param']);
  });
});

describe('the recipes of docs/augmentation.md', () => {
  const page = readFileSync(
    new URL('../../../../docs/augmentation.md', import.meta.url),
    'utf8',
  );
  const blocks = [...page.matchAll(/^```\n(?<text>[^]*?)^```$/gm)].map(
    ({ groups }) => groups?.['text'] ?? '',
  );

  it('are there', () => {
    expect(blocks).to.have.length(4);
  });

  for (const [i, block] of blocks.entries()) {
    it(`recipe ${i + 1} is accepted in both phases`, () => {
      const text = block.startsWith('layer') ? block : `layer { ${block} }`;
      const mean = { channels: 3, height: 32, width: 32 };
      const data = new Float32Array(3072);
      for (const phase of ['TRAIN', 'TEST'] as const) {
        const { settings, diagnostics } = transformSettings(
          transformParam(text),
          phase,
          () => ({ mean: { ...mean, data }, diagnostics: [] }),
        );
        expect(diagnostics).to.deep.equal([]);
        const image = { channels: 3, height: 32, width: 32, isFloat: false };
        expect(settings && misfitOf(settings, image)).to.equal(undefined);
      }
    });
  }
});

describe('mean files', () => {
  /** Fields of a BlobProto: legacy sizes or a shape, and values. */
  const floats = (values: readonly number[]): readonly number[] => [
    0x2a,
    4 * values.length,
    ...new Uint8Array(Float32Array.from(values).buffer),
  ];
  const doubles = (values: readonly number[]): readonly number[] => [
    0x42,
    8 * values.length,
    ...new Uint8Array(Float64Array.from(values).buffer),
  ];
  const legacy = [0x08, 1, 0x10, 2, 0x18, 1, 0x20, 3];
  const shape = (...sizes: readonly number[]) => [
    0x3a,
    sizes.length + 2,
    0x0a,
    sizes.length,
    ...sizes,
  ];
  const values = [1, 2, 3, 4, 5, 6.5];

  const read = (name: string, bytes: readonly number[]) =>
    withTemporaryFolder((folder) => {
      const path = join(folder, name);
      writeFileSync(path, Uint8Array.from(bytes));
      const { mean, diagnostics } = readMeanFile(path);
      return mean === undefined
        ? diagnostics.map(({ message }) => message.replace(path, name)).join()
        : { ...mean, data: [...mean.data] };
    });

  it('are read with legacy sizes or a shape, of floats or doubles', async () => {
    const mean = { channels: 2, height: 1, width: 3, data: values };
    expect(await read('a', [...legacy, ...floats(values)])).to.deep.equal(mean);
    expect(
      await read('b', [...shape(2, 1, 3), ...floats(values)]),
    ).to.deep.equal(mean);
    expect(
      await read('c', [...shape(1, 2, 1, 3), ...doubles(values)]),
    ).to.deep.equal(mean);
  });

  it('are refused where they are none', async () => {
    expect(await read('a', [...legacy, ...floats([1])])).to.equal(
      "the mean 'a' has 1 values for the shape 1x2x1x3",
    );
    expect(await read('b', [...shape(2, 2, 1, 3), ...floats(values)])).to.equal(
      "the mean 'b' is of shape 2x2x1x3, which is no image",
    );
    expect(await read('c', [...legacy, 0x2a, 24, 0])).to.match(
      /is no BlobProto/,
    );
    expect(await read('d', [])).to.match(/^the mean 'd' is of shape 0/);
    expect(readMeanFile('/no/such/mean').diagnostics[0]?.message).to.match(
      /cannot be opened/,
    );
    expect(readMeanFile('/dev/zero').diagnostics[0]?.message).to.match(
      /is no file/,
    );
  });
});
