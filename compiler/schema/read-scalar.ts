import type {
  FieldNode,
  IdentifierNode,
  NumberNode,
  ScalarNode,
  ValueNode,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/source.js';
import { encodeText } from '../../grammar/text-encoding.js';

import { type Code, type Diagnostic, diagnostic } from '../diagnostics.js';
import { didYouMean } from '../suggestion.js';
import type { Value } from './message.js';
import { type DialectName, enumValuesOf, isIn } from './message-type.js';
import type { EnumValueEntry, FieldEntry } from './schema-table.js';

/** The value of a scalar as text says it, or what is wrong with it. */
export type ScalarResult =
  | { readonly value: Value }
  | { readonly wrong: Diagnostic }
  /** An enum value that is not in the schema: stands as written where that is a warning. */
  | { readonly unknown: string; readonly wrong: Diagnostic };

/** Whose enum values count. */
export interface Dialects {
  /** Those come first where a number or a word has to be guessed. */
  readonly first: DialectName | undefined;
  /** No others are known; undefined: those of all dialects are. */
  readonly only: DialectName | undefined;
}

/** Reads `node` as a value of the scalar field `entry`, as protobuf's parser does. */
export function readScalar(
  entry: FieldEntry,
  node: ScalarNode,
  dialects: Dialects,
): ScalarResult {
  switch (entry.type) {
    case 'string':
      return node.kind === 'string'
        ? { value: node.value }
        : expected(entry, node);
    case 'bytes':
      return node.kind === 'string'
        ? { value: encodeText(node.value) }
        : expected(entry, node);
    case 'bool':
      return readBool(entry, node);
    case 'enum':
      return readEnum(entry, node, dialects);
    case 'float':
    case 'double':
      return readFloat(entry, node);
    case 'int32':
    case 'uint32':
    case 'int64':
    case 'uint64':
      return readInteger(entry, node);
    case 'message':
      throw new TypeError(`${entry.name} is a message`);
  }
}

const expectation = {
  string: 'text/expected-string',
  bytes: 'text/expected-string',
  bool: 'text/expected-identifier',
  enum: 'text/expected-enum-value',
  float: 'text/expected-number',
  double: 'text/expected-number',
  int32: 'text/expected-integer',
  uint32: 'text/expected-integer',
  int64: 'text/expected-integer',
  uint64: 'text/expected-integer',
} as const satisfies Record<string, Code>;

/** The code of the error that the field has another kind of value than `entry` takes. */
export const expectationOf = (
  entry: FieldEntry,
): (typeof expectation)[keyof typeof expectation] | 'text/expected-token' =>
  entry.type === 'message' ? 'text/expected-token' : expectation[entry.type];

/** The error that a scalar field has a value of another kind. */
export function expected(
  entry: FieldEntry,
  node: ValueNode | FieldNode,
): { readonly wrong: Diagnostic } {
  const code = expectationOf(entry);
  const found = foundText(node.span);
  return {
    wrong:
      code === 'text/expected-token'
        ? diagnostic(code, { token: '{', found }, { span: node.span })
        : diagnostic(code, { field: entry.name, found }, { span: node.span }),
  };
}

/** What stands at `span`, for a message: the beginning of it. */
export function foundText(span: Span): string {
  const text = span.source.text
    .slice(span.start, Math.min(span.end, span.start + 40))
    .split('\n', 1)
    .join('')
    .trim();
  return text === '' ? 'the end' : /^["']/.test(text) ? text : `'${text}'`;
}

const ranges = {
  int32: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
  uint32: { least: 0n, most: 2n ** 32n - 1n },
  int64: { least: -(2n ** 63n), most: 2n ** 63n - 1n },
  uint64: { least: 0n, most: 2n ** 64n - 1n },
  bool: { least: 0n, most: 1n },
  enum: { least: -(2n ** 31n), most: 2n ** 31n - 1n },
};

function readInteger(entry: FieldEntry, node: ScalarNode): ScalarResult {
  const { type } = entry;
  const isUnsigned = type === 'uint32' || type === 'uint64';
  if (
    node.kind !== 'number' ||
    node.form === 'float' ||
    // Unsigned fields take no sign, not even that of -0.
    (isUnsigned && node.negative)
  ) {
    return expected(entry, node);
  }
  const isLong = type === 'int64' || type === 'uint64';
  const range = ranges[type as keyof typeof ranges];
  if (!isLong && node.form === 'decimal' && node.text.length < 10) {
    const value = Number(node.text);
    // `0 -` keeps -0 away.
    return { value: node.negative ? 0 - value : value };
  }
  const value = integerOf(node);
  if (value < range.least || value > range.most) {
    return outOfRange(entry, node, range);
  }
  return { value: isLong ? value : Number(value) };
}

function integerOf(node: NumberNode): bigint {
  const digits =
    node.form === 'octal'
      ? `0o${node.text.replace(/^0+(?=.)/, '')}`
      : node.text;
  return node.negative ? -BigInt(digits) : BigInt(digits);
}

function outOfRange(
  entry: FieldEntry,
  node: NumberNode,
  range: { readonly least: bigint; readonly most: bigint },
): ScalarResult {
  // The sign is a token of its own and may be lines away.
  const { source, end } = node.span;
  const span = { source, start: end - node.text.length, end };
  const found = `${node.negative ? '-' : ''}${node.text}`;
  return {
    wrong: diagnostic(
      'text/integer-out-of-range',
      { field: entry.name, found, ...range },
      { span },
    ),
  };
}

function readFloat(entry: FieldEntry, node: ScalarNode): ScalarResult {
  const value = floatOf(node);
  if (value === undefined) {
    if (node.kind !== 'number') return expected(entry, node);
    const found = foundText(node.span);
    return {
      wrong: diagnostic(
        'text/float-not-decimal',
        { field: entry.name, found },
        { span: node.span },
      ),
    };
  }
  const signed = isNegative(node) ? -value : value;
  return { value: entry.type === 'float' ? Math.fround(signed) : signed };
}

/** The number without its sign; `undefined` for what no float field takes. */
function floatOf(node: ScalarNode): number | undefined {
  if (node.kind === 'identifier') {
    switch (node.text.toLowerCase()) {
      case 'inf':
      case 'infinity':
        return Infinity;
      case 'nan':
        return NaN;
      default:
        return undefined;
    }
  }
  if (node.kind === 'string') return undefined;
  if (node.form === 'decimal' || node.form === 'float' || node.text === '0') {
    return Number(node.text);
  }
  return undefined;
}

const isNegative = (node: ScalarNode): boolean =>
  node.kind !== 'string' && node.negative;

const bools: Readonly<Record<string, boolean>> = {
  true: true,
  True: true,
  t: true,
  false: false,
  False: false,
  f: false,
};

function readBool(entry: FieldEntry, node: ScalarNode): ScalarResult {
  if (node.kind === 'number' && node.form !== 'float' && !node.negative) {
    const value = integerOf(node);
    return value > 1n
      ? outOfRange(entry, node, ranges.bool)
      : { value: value === 1n };
  }
  if (node.kind !== 'identifier' || node.negative) return expected(entry, node);
  const value = bools[node.text];
  if (value !== undefined) return { value };
  return {
    wrong: diagnostic(
      'text/invalid-bool',
      { field: entry.name, found: `'${node.text}'` },
      { span: node.span },
    ),
  };
}

function readEnum(
  entry: FieldEntry,
  node: ScalarNode,
  dialects: Dialects,
): ScalarResult {
  if (node.kind === 'string') return expected(entry, node);
  const isWord = node.kind === 'identifier';
  if (isNegative(node) && (isWord || node.form === 'float')) {
    const found = foundText(node.span);
    return {
      wrong: diagnostic(
        'text/expected-integer',
        { field: entry.name, found },
        { span: node.span },
      ),
    };
  }
  if (!isWord && node.form === 'float') return expected(entry, node);
  const known = enumValuesOf(entry).filter((value) =>
    isIn(value, dialects.only),
  );
  const own = known.filter((value) => isIn(value, dialects.first));
  if (isWord) {
    return known.some((value) => value.name === node.text)
      ? { value: node.text }
      : unknownEnumValue(entry, node, node.text, own);
  }
  const number = integerOf(node);
  if (number < ranges.enum.least || number > ranges.enum.most) {
    return outOfRange(entry, node, ranges.enum);
  }
  const named = [...own, ...known].find(
    (value) => BigInt(value.number) === number,
  );
  return named === undefined
    ? unknownEnumValue(entry, node, String(number), own)
    : { value: named.name };
}

function unknownEnumValue(
  entry: FieldEntry,
  node: IdentifierNode | NumberNode,
  written: string,
  values: readonly EnumValueEntry[],
): ScalarResult {
  const names = values.map((value) => value.name);
  const suggested =
    node.kind === 'identifier' ? didYouMean(written, names) : [];
  const list = names.map((name, index) =>
    node.kind === 'identifier'
      ? name
      : `${name} (${values[index]?.number ?? 0})`,
  );
  return {
    unknown: written,
    wrong: diagnostic(
      'text/unknown-enum-value',
      { field: entry.name, value: written },
      {
        span: node.span,
        notes:
          list.length > 8 && suggested.length > 0
            ? suggested
            : [...suggested, { message: `its values: ${list.join(', ')}` }],
      },
    ),
  };
}
