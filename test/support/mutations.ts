/** A generator of numbers in [0, 1), the same in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whole numbers below a limit. */
export type Below = (limit: number) => number;

export const belowFrom =
  (random: () => number): Below =>
  (limit) =>
    Math.floor(random() * limit);

interface Range {
  readonly start: number;
  readonly end: number;
}

function someRange(bytes: Uint8Array, below: Below, most: number): Range {
  const start = below(bytes.length + 1);
  return { start, end: Math.min(bytes.length, start + below(most)) };
}

const put = (
  bytes: Uint8Array,
  { start, end }: Range,
  inserted: Uint8Array,
): Uint8Array =>
  Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(end)]);

const text = (words: string): Uint8Array => Buffer.from(words, 'latin1');

const hugeNumbers = [
  '4294967295',
  '-2147483648',
  '18446744073709551616',
  '1e39',
  '1e-400',
  '0x7fffffffffffffff',
  `9${'0'.repeat(400)}`,
  `0.${'3'.repeat(5000)}`,
];

const disturbing = [
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  ':',
  ',',
  '"',
  "'",
  '\\',
  '#',
  '\0',
  '\r',
  '\n',
  '-',
  '\xef\xbb\xbf',
  '\xff',
  'layer {',
  'layers { layer {',
  '$X',
  '${Y}',
];

type Mutation = (
  bytes: Uint8Array,
  below: Below,
  others: readonly Uint8Array[],
) => Uint8Array;

/** What can become of a file on its way, and what somebody may think of. */
export const textMutations: Readonly<Record<string, Mutation>> = {
  flipped: (bytes, below) => {
    const changed = Uint8Array.from(bytes);
    for (let count = below(8); count >= 0; count -= 1) {
      const at = below(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
    }
    return changed;
  },
  cut: (bytes, below) => bytes.slice(0, below(bytes.length)),
  'cut out': (bytes, below) =>
    put(bytes, someRange(bytes, below, 400), text('')),
  doubled: (bytes, below) => {
    const range = someRange(bytes, below, 4000);
    const part = bytes.subarray(range.start, range.end);
    return put(bytes, { start: range.end, end: range.end }, part);
  },
  moved: (bytes, below) => {
    const range = someRange(bytes, below, 400);
    const part = bytes.slice(range.start, range.end);
    const rest = put(bytes, range, text(''));
    const at = below(rest.length + 1);
    return put(rest, { start: at, end: at }, part);
  },
  disturbed: (bytes, below) => {
    const at = below(bytes.length + 1);
    const words = disturbing[below(disturbing.length)] ?? '';
    return put(bytes, { start: at, end: at }, text(words));
  },
  nested: (bytes, below) => {
    const depth = 1 + below(below(4) === 0 ? 20_000 : 200);
    const opening = ['layer {', 'a{', 'a:[', 'a<', '{'][below(5)] ?? '';
    const range = someRange(bytes, below, 2000);
    const part = Buffer.from(bytes.subarray(range.start, range.end));
    const closing = opening.includes('[')
      ? ']'
      : opening.includes('<')
        ? '>'
        : '}';
    const closed = below(2) === 0 ? closing.repeat(depth) : '';
    return put(
      bytes,
      range,
      Buffer.concat([text(opening.repeat(depth)), part, text(closed)]),
    );
  },
  'with a huge number': (bytes, below) => {
    const numbers = [
      ...Buffer.from(bytes)
        .toString('latin1')
        .matchAll(/\b\d+\b/g),
    ];
    const found = numbers[below(numbers.length)];
    if (found === undefined) return bytes;
    const end = found.index + found[0].length;
    const huge = hugeNumbers[below(hugeNumbers.length)] ?? '';
    return put(bytes, { start: found.index, end }, text(huge));
  },
  'with a huge word': (bytes, below) => {
    const at = below(bytes.length + 1);
    const word = ['a', '"a', '#', ' ', '9', '\\'][below(6)] ?? '';
    return put(
      bytes,
      { start: at, end: at },
      text(word.repeat(1 + below(40_000))),
    );
  },
  'with lines exchanged': (bytes, below) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\n');
    const [one, other] = [below(lines.length), below(lines.length)];
    const kept = lines[one] ?? '';
    lines[one] = lines[other] ?? '';
    lines[other] = kept;
    return text(lines.join('\n'));
  },
  'with a part of another': (bytes, below, others) => {
    const other = others[below(others.length)] ?? bytes;
    const from = someRange(other, below, 2000);
    return put(
      bytes,
      someRange(bytes, below, 200),
      other.subarray(from.start, from.end),
    );
  },
};
