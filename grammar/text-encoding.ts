/*
 * Text files of Caffe are bytes, mostly UTF-8. A byte that is not becomes one of the lone
 * surrogates U+DC80 to U+DCFF, which no UTF-8 can produce, and so finds its way back.
 */

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Whether some of the text stands for bytes that are not UTF-8. */
export const hasLoneSurrogate = (text: string): boolean =>
  /\p{Surrogate}/u.test(text);

/** Reads bytes as UTF-8; the byte `b` that is not UTF-8 becomes U+DC00 + b. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeWithEscapes(bytes);
  }
}

/** The bytes that `decodeText` read. Other lone surrogates are encoded as three bytes. */
export function encodeText(text: string): Uint8Array {
  return hasLoneSurrogate(text)
    ? encodeWithEscapes(text)
    : encoder.encode(text);
}

function decodeWithEscapes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(strict.decode(bytes.subarray(start, at)));
    parts.push(String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
    at += 1;
    start = at;
  }
  parts.push(strict.decode(bytes.subarray(start)));
  return parts.join('');
}

/**
 * The length of the well-formed UTF-8 sequence at `at`, 0 if there is none: no overlong
 * forms, no surrogates, nothing beyond U+10FFFF (Unicode, table 3-7).
 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const continues = (offset: number): boolean =>
    ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const low = first === 0xe0 ? 0xa0 : 0x80;
    const high = first === 0xed ? 0x9f : 0xbf;
    return second >= low && second <= high && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const low = first === 0xf0 ? 0x90 : 0x80;
    const high = first === 0xf4 ? 0x8f : 0xbf;
    const right = second >= low && second <= high;
    return right && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

function encodeWithEscapes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else if (code < 0x80) bytes.push(code);
    else bytes.push(...utf8Of(code));
  }
  return Uint8Array.from(bytes);
}

/** Two to four bytes; a surrogate is encoded as if it were a character. */
export function utf8Of(code: number): readonly number[] {
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}
