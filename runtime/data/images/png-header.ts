/** What a PNG's header says of its samples. */
export interface PngHeader {
  /** Of a sample: 1, 2, 4, 8 or 16. */
  readonly bits: number;
  readonly isGray: boolean;
  /** A channel of its own, beside gray or colours; not a transparent colour. */
  readonly hasAlpha: boolean;
}

/** Places in the file: its signature, then the chunk IHDR. */
const places = { bits: 24, kind: 25 } as const;
const kinds = { gray: 0, grayAlpha: 4, rgbAlpha: 6 } as const;

export function pngHeader(bytes: Uint8Array): PngHeader {
  const kind = bytes[places.kind];
  return {
    bits: bytes[places.bits] ?? 0,
    isGray: kind === kinds.gray,
    hasAlpha: kind === kinds.grayAlpha || kind === kinds.rgbAlpha,
  };
}
