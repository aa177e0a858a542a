import type {
  DocumentNode,
  FieldNode,
  ListNode,
  MessageNode,
  ScalarNode,
} from './ast.js';
import { encodeText } from './text-encoding.js';

export { printDouble, printFloat } from './float-text.js';

/**
 * The text of a syntax tree, in the layout in which protobuf (and so Caffe) writes text
 * files: two spaces a level, `name: value`, `name {`. Numbers stay as they were written,
 * lists stay lists; comments are not in the tree.
 */
export function print(document: DocumentNode): string {
  return printFields(document.fields, '');
}

function printFields(fields: readonly FieldNode[], indent: string): string {
  return fields.map((field) => printField(field, indent)).join('');
}

function printField({ name, value }: FieldNode, indent: string): string {
  const label = name.extension ? `[${name.text}]` : name.text;
  switch (value.kind) {
    case 'message':
      return `${indent}${label} ${printMessage(value, indent)}\n`;
    case 'list':
      return `${indent}${label}: ${printList(value, indent)}\n`;
    default:
      return `${indent}${label}: ${printScalar(value)}\n`;
  }
}

const printMessage = ({ fields }: MessageNode, indent: string): string =>
  `{\n${printFields(fields, `${indent}  `)}${indent}}`;

function printList({ elements }: ListNode, indent: string): string {
  const texts = elements.map((element) =>
    element.kind === 'message'
      ? printMessage(element, indent)
      : printScalar(element),
  );
  return `[${texts.join(', ')}]`;
}

/** A value without children; numbers and names as they were written. */
export function printScalar(scalar: ScalarNode): string {
  if (scalar.kind === 'string') return quoteString(scalar.value);
  const sign = scalar.negative ? '-' : '';
  // Without a point or an exponent only the suffix makes it a float.
  const isBareFloat =
    scalar.kind === 'number' &&
    scalar.form === 'float' &&
    /^\d+$/.test(scalar.text);
  return sign + scalar.text + (isBareFloat ? 'f' : '');
}

const escapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  "'": "\\'",
  '\\': '\\\\',
};

/**
 * A string in double quotes, as protobuf's CEscape writes it: every byte that is not
 * printable ASCII in octal. `value` is text in the sense of `encodeText`.
 */
export function quoteString(value: string): string {
  const escaped = value
    .replace(/[\n\r\t"'\\]/g, (character) => escapes[character] ?? character)
    .replace(/[^\x20-\x7e]+/g, (characters) =>
      Array.from(encodeText(characters), octal).join(''),
    );
  return `"${escaped}"`;
}

const octal = (byte: number): string =>
  `\\${byte.toString(8).padStart(3, '0')}`;
