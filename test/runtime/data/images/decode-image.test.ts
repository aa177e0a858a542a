import { expect } from 'chai';
import sharp from 'sharp';

import { decodeImage } from '../../../../runtime/data/images/decode-image.js';
import { encodeImage } from '../../../../runtime/data/images/encode-image.js';
import type { RawImage } from '../../../../runtime/data/raw-image.js';

/** Red, green, blue, gray; B G R. */
const colours = [0, 0, 200, 0, 150, 0, 250, 3, 0, 77, 77, 77];

const image = (
  channels: number,
  height: number,
  width: number,
  pixels: readonly number[],
): RawImage => ({
  layout: 'interleaved',
  channels,
  height,
  width,
  pixels: Uint8Array.from(pixels),
});

const pixelsOf = async (
  bytes: Uint8Array,
  mode: 'color' | 'gray' | 'unchanged',
) => {
  const { channels, pixels } = await decodeImage(bytes, mode);
  return { channels, pixels: [...pixels] };
};

/** A PNG from samples in the order of its own, R G B A. */
const pngOf = (
  channels: 1 | 2 | 3 | 4,
  samples: Uint8Array | Uint16Array,
): Promise<Uint8Array> => {
  const raw = { width: samples.length / channels, height: 1, channels };
  const space = samples instanceof Uint16Array ? 'rgb16' : 'srgb';
  return sharp(samples, { raw })
    .toColourspace(channels < 3 ? 'b-w' : space)
    .png()
    .toBuffer();
};

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await decodeImage(bytes, 'color');
  } catch (thrown) {
    const { name, message } = thrown as Error;
    return `${name}: ${message}`;
  }
  return 'none';
}

describe('decoding images', () => {
  const photo = (height: number, width: number) =>
    image(
      3,
      height,
      width,
      Array.from({ length: 3 * height * width }, (_, i) => (i * 37) % 251),
    );

  it('gives the channels B G R', async () => {
    const png = await encodeImage(image(3, 2, 2, colours), 'png');
    expect(await decodeImage(png, 'color')).to.deep.equal(
      image(3, 2, 2, colours),
    );
  });

  it("makes PNG gray by libpng's rule, cut off", async () => {
    const png = await encodeImage(image(3, 1, 4, colours), 'png');
    const gray = [
      (9797 * 200) >> 15,
      (19234 * 150) >> 15,
      (19234 * 3 + 3737 * 250) >> 15,
      77,
    ];
    expect(await pixelsOf(png, 'gray')).to.deep.equal({
      channels: 1,
      pixels: gray,
    });
  });

  it('keeps one channel where the file has one, if unchanged', async () => {
    const values = [0, 100, 200, 255];
    const threefold = values.flatMap((value) => [value, value, value]);
    for (const format of ['png', 'jpg'] as const) {
      const flat = image(
        1,
        16,
        16,
        Array.from({ length: 256 }, () => 100),
      );
      const file = await encodeImage(flat, format);
      expect(await decodeImage(file, 'unchanged')).to.deep.equal(flat);
      expect(await decodeImage(file, 'gray')).to.deep.equal(flat);
    }
    const png = await pngOf(1, Uint8Array.from(values));
    expect((await pixelsOf(png, 'color')).pixels).to.deep.equal(threefold);
  });

  it('drops alpha, and keeps it if unchanged', async () => {
    const png = await pngOf(4, Uint8Array.of(10, 20, 30, 0, 40, 50, 60, 255));
    expect((await pixelsOf(png, 'color')).pixels).to.deep.equal([
      30, 20, 10, 60, 50, 40,
    ]);
    expect(await pixelsOf(png, 'unchanged')).to.deep.equal({
      channels: 4,
      pixels: [30, 20, 10, 0, 60, 50, 40, 255],
    });
  });

  it('takes the upper of 16 bits, and gray of all 16', async () => {
    const samples = Uint16Array.of(0x1234, 0xff80, 0x80ff, 255, 255, 255);
    const png = await pngOf(3, samples);
    expect((await pixelsOf(png, 'color')).pixels).to.deep.equal([
      0x80, 0xff, 0x12, 0, 0, 0,
    ]);
    const gray =
      (9797 * 0x1234 + 19234 * 0xff80 + 3737 * 0x80ff + 16384) / 2 ** 15;
    expect((await pixelsOf(png, 'gray')).pixels).to.deep.equal([
      Math.floor(gray) >> 8,
      0,
    ]);
  });

  it('refuses 16 bits if unchanged, as Caffe does', async () => {
    const png = await pngOf(3, Uint16Array.of(1, 2, 3));
    const refused = await decodeImage(png, 'unchanged').catch(
      (thrown: unknown) => (thrown as Error).message,
    );
    expect(refused).to.contain('force_color');
  });

  it('reads a PNG with a palette', async () => {
    const rgb = Uint8Array.of(255, 0, 0, 0, 0, 255);
    const raw = { width: 2, height: 1, channels: 3 } as const;
    const png = await sharp(rgb, { raw }).png({ palette: true }).toBuffer();
    expect((await pixelsOf(png, 'color')).pixels).to.deep.equal([
      0, 0, 255, 255, 0, 0,
    ]);
  });

  it('does not turn an image by its EXIF orientation', async () => {
    const jpeg = await encodeImage(photo(16, 32), 'jpg');
    const turned = await sharp(jpeg)
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { height, width } = await decodeImage(turned, 'color');
    expect([height, width]).to.deep.equal([16, 32]);
  });

  it('makes colours of printing colours', async () => {
    const raw = { width: 16, height: 16, channels: 3 } as const;
    const red = Uint8Array.from({ length: 768 }, (_, i) =>
      i % 3 === 0 ? 220 : 30,
    );
    const jpeg = await sharp(red, { raw })
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toBuffer();
    const { channels, pixels } = await pixelsOf(jpeg, 'color');
    expect(channels).to.equal(3);
    const [blue = 0, green = 0, first = 0] = pixels;
    expect(first).to.be.greaterThan(150);
    expect(Math.max(blue, green)).to.be.lessThan(100);
  });

  it('reads WebP, TIFF and GIF', async () => {
    const rgb = Uint8Array.of(255, 0, 0, 255, 0, 0);
    const raw = { width: 2, height: 1, channels: 3 } as const;
    for (const made of [
      sharp(rgb, { raw }).webp({ lossless: true }),
      sharp(rgb, { raw }).tiff({ compression: 'none' }),
      sharp(rgb, { raw }).gif(),
    ]) {
      const bytes = await made.toBuffer();
      expect((await pixelsOf(bytes, 'color')).pixels).to.deep.equal([
        0, 0, 255, 0, 0, 255,
      ]);
      expect((await pixelsOf(bytes, 'gray')).pixels).to.deep.equal([76, 76]);
    }
  });

  it('refuses what is no image, with a sentence', async () => {
    expect(await refusal(new Uint8Array())).to.equal(
      'UnreadableImage: there are no bytes of an image',
    );
    expect(await refusal(Buffer.from('<svg xmlns="x"/>'))).to.equal(
      'UnreadableImage: the bytes are no JPEG, PNG, WebP, TIFF or GIF image',
    );
    expect(await refusal(Buffer.from('BM rest'))).to.contain('BMP');
  });

  it('refuses every cut of an image', async () => {
    for (const format of ['png', 'jpg'] as const) {
      const whole = await encodeImage(photo(24, 24), format);
      for (let length = 12; length < whole.length - 12; length += 97) {
        const cut = await refusal(whole.slice(0, length));
        expect(cut, `${format}, ${length}`).to.match(/^UnreadableImage: .+/);
      }
    }
  });

  it('refuses a PNG whose checksum is wrong', async () => {
    const bytes = Uint8Array.from(await encodeImage(photo(24, 24), 'png'));
    bytes[60] = (bytes[60] ?? 0) ^ 0x55;
    expect(await refusal(bytes)).to.match(/^UnreadableImage: .+/);
  });
});
