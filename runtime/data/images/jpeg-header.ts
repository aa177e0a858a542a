/** What a JPEG's header says of its colours. */
export interface JpegColours {
  /** 1 gray, 3 colour, 4 printing colours. */
  readonly components: number;
  /** Three components that are R, G and B themselves, not luma and chroma. */
  readonly isRgb: boolean;
  /** Written by Adobe's rules, by which the four printing colours are inverted. */
  readonly isAdobe: boolean;
}

interface Segment {
  readonly marker: number;
  /** Of the marker's first byte. */
  readonly start: number;
  /** Behind the segment. */
  readonly end: number;
}

const markers = { app0: 0xe0, app14: 0xee, startOfScan: 0xda } as const;

/** SOF0 to SOF15 without DHT, JPG and DAC, which lie among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The segments before the picture itself. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    // Any number of 0xff may stand before a marker.
    if (bytes[at] !== 0xff || marker === 0xff) {
      at++;
      continue;
    }
    if (marker === markers.startOfScan) return;
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    yield { marker, start: at, end };
    at = end;
  }
}

const startsWith = (bytes: Uint8Array, at: number, word: string): boolean =>
  Buffer.from(bytes.subarray(at, at + word.length)).toString('latin1') === word;

const isJfif = (bytes: Uint8Array, { marker, start }: Segment): boolean =>
  marker === markers.app0 && startsWith(bytes, start + 4, 'JFIF\0');

const isAdobeMark = (bytes: Uint8Array, { marker, start }: Segment): boolean =>
  marker === markers.app14 && startsWith(bytes, start + 4, 'Adobe');

/** Byte of an Adobe segment that tells how colours were transformed, from its marker. */
const transformByte = 15;

/** Reads the header by the rules of libjpeg (jdapimin.c, default_decompress_parms). */
export function jpegColours(bytes: Uint8Array): JpegColours {
  let components = 0;
  let ids: readonly number[] = [];
  let hasJfif = false;
  let adobe: number | undefined;
  for (const segment of segments(bytes)) {
    const { marker, start } = segment;
    hasJfif ||= isJfif(bytes, segment);
    if (isAdobeMark(bytes, segment)) adobe = bytes[start + transformByte];
    if (!isFrame(marker)) continue;
    components = bytes[start + 9] ?? 0;
    ids = [0, 1, 2].map((i) => bytes[start + 10 + 3 * i] ?? 0);
  }
  const isNamedRgb = String.fromCharCode(...ids) === 'RGB';
  const isRgb =
    components === 3 &&
    !hasJfif &&
    (adobe === undefined ? isNamedRgb : adobe === 0);
  return { components, isRgb, isAdobe: adobe !== undefined };
}

/** An Adobe segment that says: the three components are R, G and B. */
const untransformed = Uint8Array.of(
  ...[0xff, markers.app14, 0, 14],
  ...Buffer.from('Adobe', 'latin1'),
  ...[0, 100, 0, 0, 0, 0, 0],
);

/**
 * The same JPEG with a header by which a decoder takes luma and the two chromas for R, G and
 * B, so that it gives them as they are: luma is its first channel.
 */
export function withoutColourTransform(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [bytes.subarray(0, 2), untransformed];
  let kept = 2;
  for (const segment of segments(bytes)) {
    if (!isJfif(bytes, segment) && !isAdobeMark(bytes, segment)) continue;
    parts.push(bytes.subarray(kept, segment.start));
    kept = segment.end;
  }
  return Buffer.concat([...parts, bytes.subarray(kept)]);
}
