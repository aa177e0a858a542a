import { expect } from 'chai';

import type { RawImage } from '../../../../../runtime/data/raw-image.js';
import { contactSheet } from '../../../../../runtime/data/tools/show/contact-sheet.js';

const plain = (
  channels: number,
  [height, width]: readonly [number, number],
  values: readonly number[],
): RawImage => ({
  layout: 'planar',
  channels,
  height,
  width,
  pixels: Uint8Array.from(
    { length: channels * height * width },
    (_, i) => values[Math.floor(i / (height * width))] ?? 0,
  ),
});

const at = (sheet: RawImage, y: number, x: number): readonly number[] => [
  ...sheet.pixels.subarray(
    3 * (y * sheet.width + x),
    3 * (y * sheet.width + x + 1),
  ),
];

describe('Contact sheet', () => {
  it('has images in rows, on white', () => {
    const sheet = contactSheet([
      plain(3, [4, 6], [10, 20, 30]),
      plain(3, [4, 6], [40, 50, 60]),
      plain(1, [2, 3], [70]),
    ]);
    expect(sheet).to.include({ channels: 3, height: 14, width: 18 });
    expect(at(sheet, 0, 0)).to.eql([255, 255, 255]);
    expect(at(sheet, 2, 2)).to.eql([10, 20, 30]);
    expect(at(sheet, 5, 7)).to.eql([10, 20, 30]);
    expect(at(sheet, 5, 8)).to.eql([255, 255, 255]);
    expect(at(sheet, 2, 10)).to.eql([40, 50, 60]);
    expect(at(sheet, 8, 2)).to.eql([70, 70, 70]);
    expect(at(sheet, 10, 2)).to.eql([255, 255, 255]);
  });

  it('makes large images smaller, in proportion', () => {
    const sheet = contactSheet([plain(3, [256, 512], [1, 2, 3])]);
    expect(sheet).to.include({ height: 64 + 4, width: 128 + 4 });
    expect(at(sheet, 40, 60)).to.eql([1, 2, 3]);
  });

  it('shows floats from their least to their greatest number', () => {
    const pixels = Float32Array.of(-1, 0, 1, NaN);
    const sheet = contactSheet([{ ...plain(1, [2, 2], []), pixels }]);
    const shown = [0, 1, 2, 3].map(
      (i) => at(sheet, 2 + Math.floor(i / 2), 2 + (i % 2))[0],
    );
    expect(shown).to.eql([0, 128, 255, 0]);
  });

  it('is white where there is no image', () => {
    const sheet = contactSheet([]);
    expect([...sheet.pixels].every((value) => value === 255)).to.be.true;
  });
});
