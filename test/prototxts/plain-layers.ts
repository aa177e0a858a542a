import { readFileSync } from 'node:fs';

import type { FieldNode, ValueNode } from '../../grammar/ast.js';
import { parse } from '../../grammar/parse.js';

/** A message as plain data; every field is a list, strings keep their quotes. */
export type PlainMessage = Readonly<
  Record<string, readonly (number | string | PlainMessage)[]>
>;
export type PlainValue = number | string | PlainMessage;

export interface PlainLayer {
  readonly name: string;
  readonly type: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  /** `param` blocks and the layer's own messages. */
  readonly fields: PlainMessage;
}

export interface PlainNet {
  readonly name: string;
  readonly layers: readonly PlainLayer[];
}

export function readNet(path: string | URL): PlainNet {
  return parseNet(String(path), readFileSync(path, 'utf8'));
}

/** An old `input` field becomes the Input layer that Caffe makes of it on loading. */
export function parseNet(name: string, text: string): PlainNet {
  const { document, diagnostics } = parse({ name, text });
  if (diagnostics.length > 0) {
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  }
  const { layer = [], input = [], ...fields } = plainMessage(document.fields);
  const dim = fields['input_dim'] ?? [];
  const inputs = input.map((blob) => ({
    name: 'input',
    type: 'Input',
    bottoms: [],
    tops: [unquote(blob)],
    fields: { input_param: [{ shape: [{ dim }] }] },
  }));
  return {
    name: unquote(only(fields, 'name')),
    layers: [...inputs, ...layer.map(plainLayer)],
  };
}

function plainLayer(message: PlainValue): PlainLayer {
  if (typeof message !== 'object') throw new Error('a layer is a message');
  const { name, type, bottom = [], top = [], ...fields } = message;
  return {
    name: unquote(only({ name: name ?? [] }, 'name')),
    type: unquote(only({ type: type ?? [] }, 'type')),
    bottoms: bottom.map(unquote),
    tops: top.map(unquote),
    fields,
  };
}

function plainMessage(fields: readonly FieldNode[]): PlainMessage {
  const message: Record<string, PlainValue[]> = {};
  for (const { name, value } of fields) {
    (message[name.text] ??= []).push(...plainValues(value));
  }
  return message;
}

function plainValues(value: ValueNode): PlainValue[] {
  switch (value.kind) {
    case 'message':
      return [plainMessage(value.fields)];
    case 'list':
      return value.elements.flatMap(plainValues);
    case 'string':
      return [JSON.stringify(value.value)];
    case 'identifier':
      return [value.text];
    case 'number':
      return [Number(value.text) * (value.negative ? -1 : 1)];
  }
}

/** The one value of a field. */
export function only(message: PlainMessage, field: string): PlainValue {
  const [value, ...more] = message[field] ?? [];
  if (value === undefined || more.length > 0) {
    throw new Error(
      `${field} is there ${more.length === 0 ? 'never' : 'twice'}`,
    );
  }
  return value;
}

function unquote(value: PlainValue): string {
  const text: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (typeof text !== 'string') throw new Error('a string was expected');
  return text;
}
