import { expect } from 'chai';

import type { RawImage } from '../../../../runtime/data/raw-image.js';
import { drawsOf } from '../../../../runtime/data/transform/draws.js';
import {
  outputSize,
  type TransformSettings,
} from '../../../../runtime/data/transform/settings.js';
import { transformImage } from '../../../../runtime/data/transform/transform-image.js';

import { planar } from '../images/reference-images.js';
import { settingsOf } from './param-of.js';

/** Each pixel tells its place: 10 y + x, and 100 more in each further channel. */
function placed(channels: number, height: number, width: number): RawImage {
  const pixels = new Uint8Array(channels * height * width);
  for (let i = 0; i < pixels.length; i++) {
    const pixel = Math.floor(i / channels);
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    pixels[i] = 100 * (i % channels) + 10 * y + x;
  }
  return { layout: 'interleaved', channels, height, width, pixels };
}

function transformed(
  settings: TransformSettings,
  image: RawImage,
  sample = 0,
): readonly number[] {
  const { channels, height, width } = outputSize(settings, image);
  const into = new Float32Array(channels * height * width).fill(NaN);
  transformImage(settings, image, into, drawsOf(1, 'data', sample));
  return [...into];
}

const samples = Array.from({ length: 400 }, (_, sample) => sample);

describe('transforming images in TRAIN', () => {
  it('crops anywhere and mirrors half of the images', () => {
    const settings = settingsOf('crop_size: 2 mirror: true', 'TRAIN');
    const image = placed(1, 4, 3);
    const found = new Map<string, number>();
    for (const sample of samples) {
      const [a = 0, b = 0, c = 0, d = 0] = transformed(settings, image, sample);
      expect([c - a, d - b, Math.abs(b - a)]).to.deep.equal([10, 10, 1]);
      const key = `${Math.min(a, b)} ${b < a ? 'mirrored' : 'as it is'}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    // Three places down, two across, two ways round.
    expect(found.size).to.equal(12);
    const mirrored = [...found].filter(([key]) => key.endsWith('mirrored'));
    const half = mirrored.reduce((sum, [, count]) => sum + count, 0);
    expect(half).to.be.within(150, 250);
  });

  it('gives the same of both layouts', () => {
    for (const options of [
      'crop_size: 3 mirror: true mean_value: [1, 2] scale: 0.3',
      'crop_size: 3 rancc_augment { pad: 2 brightness: 0.4 contrast: 0.2 }',
      'crop_size: 3 rancc_augment { min_area: 0.3 max_aspect: 2 std: [2, 3] }',
      'rancc_augment { short_side: 7 }',
    ]) {
      const settings = settingsOf(options, 'TRAIN');
      const image = placed(2, 4, 5);
      for (const sample of samples.slice(0, 20)) {
        expect(transformed(settings, planar(image), sample)).to.deep.equal(
          transformed(settings, image, sample),
        );
      }
    }
  });

  it('gives the same of floats as of bytes', () => {
    const settings = settingsOf(
      'crop_size: 3 mirror: true mean_value: 7 scale: 0.3 rancc_augment { std: 0.7 }',
      'TRAIN',
    );
    const image = placed(2, 4, 5);
    const floats = { ...image, pixels: Float32Array.from(image.pixels) };
    for (const sample of samples.slice(0, 20)) {
      expect(transformed(settings, floats, sample)).to.deep.equal(
        transformed(settings, image, sample),
      );
    }
  });

  it('pads with zeros behind the mean of each pixel, and crops', () => {
    const image = placed(1, 3, 3);
    const mean = { channels: 1, height: 3, width: 3 };
    const data = Float32Array.from(image.pixels, (pixel) => pixel - 5);
    const settings = settingsOf(
      'crop_size: 3 mean_file: "m" rancc_augment { pad: 2 }',
      'TRAIN',
      () => ({ mean: { ...mean, data }, diagnostics: [] }),
    );
    const counts = new Set<number>();
    for (const sample of samples) {
      const values = transformed(settings, image, sample);
      // What is of the image is 5 above its mean, the rest is 0.
      expect(values.every((value) => value === 0 || value === 5)).to.equal(
        true,
      );
      counts.add(values.filter((value) => value === 5).length);
    }
    expect([...counts].toSorted((a, b) => a - b)).to.deep.equal([
      1, 2, 3, 4, 6, 9,
    ]);
  });

  it('crops shares of the area and resizes them', () => {
    const settings = settingsOf(
      'crop_size: 2 rancc_augment { min_area: 0.25 max_area: 0.25 }',
      'TRAIN',
    );
    const flat = { ...placed(1, 4, 4), pixels: new Uint8Array(16).fill(9) };
    expect(transformed(settings, flat)).to.deep.equal([9, 9, 9, 9]);
    // A quarter of the area: 2 x 2 of 4 x 4, which need no resizing.
    const places = new Set<number | undefined>();
    for (const sample of samples) {
      const [a = 0, b, c, d] = transformed(settings, placed(1, 4, 4), sample);
      expect([b, c, d]).to.deep.equal([a + 1, a + 10, a + 11]);
      places.add(a);
    }
    expect(places.size).to.equal(9);
  });

  it('takes the square in the middle where no crop fits', () => {
    const settings = settingsOf(
      'crop_size: 2 rancc_augment { min_area: 1 max_area: 1 }',
      'TRAIN',
    );
    expect(transformed(settings, placed(1, 2, 6))).to.deep.equal([
      2, 3, 12, 13,
    ]);
  });

  describe('changes colours', () => {
    const image: RawImage = {
      layout: 'interleaved',
      channels: 3,
      height: 1,
      width: 2,
      pixels: Uint8Array.of(10, 100, 200, 50, 60, 70),
    };
    const of = (augment: string, sample: number) =>
      transformed(
        settingsOf(`rancc_augment { ${augment} }`, 'TRAIN'),
        image,
        sample,
      );
    const before = [10, 50, 100, 60, 200, 70];
    /** Of each pixel, in the order B G R of planes. */
    const grays = ([
      b1 = 0,
      b2 = 0,
      g1 = 0,
      g2 = 0,
      r1 = 0,
      r2 = 0,
    ]: readonly number[]) => [
      0.114 * b1 + 0.587 * g1 + 0.299 * r1,
      0.114 * b2 + 0.587 * g2 + 0.299 * r2,
    ];
    const [gray1 = 0, gray2 = 0] = grays(before);

    it('brightness: a factor for all', () => {
      const factors = samples.map((sample) => {
        const [first = 0, ...rest] = of('brightness: 0.4', sample);
        const factor = first / 10;
        rest.forEach((value, i) => {
          expect(value).to.be.closeTo((before[i + 1] ?? 0) * factor, 1e-3);
        });
        return factor;
      });
      expect(Math.min(...factors)).to.be.within(0.6, 0.62);
      expect(Math.max(...factors)).to.be.within(1.38, 1.4);
    });

    it('contrast: about the mean gray, which stays', () => {
      for (const sample of samples.slice(0, 20)) {
        const after = of('contrast: 0.4', sample);
        const [one = 0, two = 0] = grays(after);
        expect(one + two).to.be.closeTo(gray1 + gray2, 1e-2);
        const factor = ((after[4] ?? 0) - (after[5] ?? 0)) / 130;
        expect(factor).to.be.within(0.6, 1.4);
        expect((after[2] ?? 0) - (after[3] ?? 0)).to.be.closeTo(
          40 * factor,
          1e-2,
        );
      }
    });

    it('saturation: about the gray of each pixel, which stays', () => {
      for (const sample of samples.slice(0, 20)) {
        const after = of('saturation: 0.4', sample);
        const [one = 0, two = 0] = grays(after);
        expect(one).to.be.closeTo(gray1, 1e-2);
        expect(two).to.be.closeTo(gray2, 1e-2);
        const factor = ((after[4] ?? 0) - one) / (200 - gray1);
        expect(factor).to.be.within(0.6, 1.4);
        expect((after[1] ?? 0) - two).to.be.closeTo(
          (50 - gray2) * factor,
          1e-2,
        );
      }
    });

    it('lighting: one shift for each channel, mostly of all alike', () => {
      const shifts = samples.map((sample) => {
        const after = of('lighting: 0.1', sample);
        const [blue = 0, green = 0, red = 0] = [0, 2, 4].map(
          (at) => (after[at] ?? 0) - (before[at] ?? 0),
        );
        [blue, green, red].forEach((shift, c) => {
          const second = (after[2 * c + 1] ?? 0) - (before[2 * c + 1] ?? 0);
          expect(second).to.be.closeTo(shift, 1e-3);
        });
        return { blue, green, red };
      });
      const deviation = (of: (shift: (typeof shifts)[number]) => number) =>
        Math.sqrt(
          shifts.reduce((sum, shift) => sum + of(shift) ** 2, 0) /
            shifts.length,
        );
      // 0.1 * 255 times the root of the summed squares of deviation and direction.
      expect(deviation(({ red }) => red)).to.be.closeTo(3.17, 0.4);
      expect(deviation(({ green }) => green)).to.be.closeTo(3.22, 0.4);
      expect(deviation(({ blue, red }) => blue - red)).to.be.lessThan(1);
    });
  });
});

describe('transforming images in TEST', () => {
  it('takes the centre, and divides by std behind the scale', () => {
    const settings = settingsOf(
      'crop_size: 2 mean_value: 1 scale: 0.1 rancc_augment { std: [0.3] pad: 4 brightness: 1 min_area: 0.5 }'.replace(
        'pad: 4 ',
        '',
      ),
    );
    const f = Math.fround;
    const expected = [11, 12, 21, 22].map((pixel) =>
      f(f((pixel - 1) * f(0.1)) / f(0.3)),
    );
    expect(transformed(settings, placed(1, 5, 4))).to.deep.equal(expected);
  });

  it('resizes the shorter side first', () => {
    const settings = settingsOf('rancc_augment { short_side: 2 }');
    expect(
      outputSize(settings, { channels: 3, height: 4, width: 6 }),
    ).to.deep.equal({ channels: 3, height: 2, width: 3 });
    // Halving is the mean of four pixels.
    const [first] = transformed(settings, placed(1, 4, 4));
    expect(first).to.equal((0 + 1 + 10 + 11 + 2) >> 2);
  });
});
