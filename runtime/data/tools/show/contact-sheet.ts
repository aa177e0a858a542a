import { resizeImage } from '../../images/resize-image.js';
import type { RawImage } from '../../raw-image.js';

/** Pixels between images, and around them. */
const gap = 2;
/** No image is wider or higher on the sheet. */
const mostSide = 128;
const white = 255;

/**
 * Images side by side in rows, on white, B G R. Large ones become smaller; gray ones, and
 * those of other numbers of channels by their first, are shown gray; floats from their least
 * to their greatest number.
 */
export function contactSheet(images: readonly RawImage[]): RawImage {
  const cells = images.map(thumbnail);
  const columns = Math.max(1, Math.ceil(Math.sqrt(cells.length)));
  const rows = Math.max(1, Math.ceil(cells.length / columns));
  const side = (of: (cell: RawImage) => number): number =>
    cells.reduce((most, cell) => Math.max(most, of(cell)), 1) + gap;
  const [cellHeight, cellWidth] = [side((c) => c.height), side((c) => c.width)];
  const height = rows * cellHeight + gap;
  const width = columns * cellWidth + gap;
  const pixels = new Uint8Array(3 * height * width).fill(white);
  for (const [index, cell] of cells.entries()) {
    const top = gap + Math.floor(index / columns) * cellHeight;
    const left = gap + (index % columns) * cellWidth;
    for (let y = 0; y < cell.height; y++) {
      const row = cell.pixels.subarray(
        3 * y * cell.width,
        3 * (y + 1) * cell.width,
      );
      pixels.set(row, 3 * ((top + y) * width + left));
    }
  }
  return { layout: 'interleaved', channels: 3, height, width, pixels };
}

/** As it is on a sheet: H x W x 3, 8 bits, of at most 128 pixels a side. */
export function thumbnail(image: RawImage): RawImage {
  const colours = coloursOf(image);
  const factor = mostSide / Math.max(image.height, image.width);
  if (factor >= 1) return colours;
  const scaled = (size: number): number =>
    Math.max(1, Math.round(size * factor));
  return resizeImage(colours, scaled(image.height), scaled(image.width));
}

function coloursOf(image: RawImage): RawImage {
  const { layout, channels, height, width } = image;
  const values = bytesOf(image.pixels);
  const count = height * width;
  const pixels = new Uint8Array(3 * count);
  const [channelStride, pixelStride] =
    layout === 'planar' ? [count, 1] : [1, channels];
  for (let c = 0; c < 3; c++) {
    const from = channels >= 3 ? c * channelStride : 0;
    for (let i = 0; i < count; i++) {
      pixels[3 * i + c] = values[from + i * pixelStride] ?? 0;
    }
  }
  return { layout: 'interleaved', channels: 3, height, width, pixels };
}

function bytesOf(pixels: RawImage['pixels']): Uint8Array {
  if (pixels instanceof Uint8Array) return pixels;
  const finite = pixels.filter((value) => Number.isFinite(value));
  const least = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const factor = greatest > least ? 255 / (greatest - least) : 0;
  return Uint8Array.from(pixels, (value) =>
    Number.isFinite(value) ? Math.round((value - least) * factor) : 0,
  );
}
