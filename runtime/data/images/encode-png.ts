import { constants, crc32, deflateSync } from 'node:zlib';

/** Rows of samples, one or three a pixel (R G B), 8 bits each. */
export interface PngSamples {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const colourKinds = { 1: 0, 3: 2 } as const;
/** libpng's buffer, which it writes as a chunk when it is full. */
const chunkSize = 8192;

/**
 * A PNG file to the byte as OpenCV writes it (grfmt_png.cpp over libpng and zlib): each row
 * by its differences, run lengths only, the fastest level.
 */
export function encodePng(samples: PngSamples): Uint8Array {
  const { height, width, channels } = samples;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colourKinds[channels];
  const rows = filtered(samples);
  const packed = deflateSync(rows, {
    level: 1,
    strategy: constants.Z_RLE,
    windowBits: windowBits(rows.length),
  });
  const data: Uint8Array[] = [];
  for (let at = 0; at < packed.length; at += chunkSize) {
    data.push(chunk('IDAT', packed.subarray(at, at + chunkSize)));
  }
  const end = chunk('IEND', new Uint8Array());
  return Buffer.concat([signature, chunk('IHDR', header), ...data, end]);
}

/** Each row: the number of the filter `Sub`, then differences to the pixel on the left. */
function filtered({ height, width, channels, pixels }: PngSamples): Uint8Array {
  const length = width * channels;
  const rows = new Uint8Array(height * (length + 1));
  for (let y = 0, to = 0, from = 0; y < height; y++) {
    rows[to++] = 1;
    for (let x = 0; x < length; x++, from++) {
      const left = x < channels ? 0 : (pixels[from - channels] ?? 0);
      rows[to++] = (pixels[from] ?? 0) - left;
    }
  }
  return rows;
}

/** How far zlib looks back: no farther than small data goes (pngwutil.c). */
function windowBits(size: number): number {
  const longestMatch = 262;
  let bits = 15;
  if (size > 16384) return bits;
  while (bits > 8 && size + longestMatch <= 2 ** (bits - 1)) bits--;
  return bits;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(
    crc32(bytes.subarray(4, 8 + data.length)),
    8 + data.length,
  );
  return bytes;
}
