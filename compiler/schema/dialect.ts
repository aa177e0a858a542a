import type {
  DocumentNode,
  FieldNode,
  MessageNode,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/source.js';

import type { MessageName } from './message.js';
import {
  type DialectName,
  dialectNames,
  fieldNamed,
  isIn,
  messageTypeOf,
} from './message-type.js';

/** The dialect of a file and what tells it. */
export interface DialectFound {
  readonly dialect: DialectName;
  /** What was seen, in words; undefined where nothing was and the dialect is the first. */
  readonly why?: string;
  readonly span?: Span;
}

/** Other words for the same dialects. */
const aliases: Readonly<Record<string, DialectName>> = { fork: 'ran' };

/** The dialect that `word` names. */
export const dialectNamed = (word: string): DialectName | undefined =>
  dialectNames.find((name) => name === word) ??
  (Object.hasOwn(aliases, word) ? aliases[word] : undefined);

/**
 * The dialect that a file is written in: `ran` where a layer is one of the authors' own,
 * else that of the first field that not every dialect has, else `bvlc`.
 */
export function findDialect(
  document: DocumentNode,
  type: MessageName,
): DialectFound {
  return (
    search(document, type, authorsLayer) ??
    search(document, type, ownField) ?? { dialect: 'bvlc' }
  );
}

type Question = (
  node: DocumentNode | MessageNode,
  type: MessageName,
) => DialectFound | undefined;

/** Asks `question` of a message and those in it, in order of text, until one answers. */
function search(
  node: DocumentNode | MessageNode,
  type: MessageName,
  question: Question,
): DialectFound | undefined {
  const answer = question(node, type);
  if (answer !== undefined) return answer;
  for (const field of node.fields) {
    const entry = fieldNamed(type, field.name.text);
    if (entry?.type !== 'message') continue;
    for (const message of messagesIn(field)) {
      const found = search(message, messageTypeOf(entry), question);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function messagesIn({ value }: FieldNode): readonly MessageNode[] {
  if (value.kind === 'message') return [value];
  if (value.kind !== 'list') return [];
  return value.elements.filter((element) => element.kind === 'message');
}

/** The layers that the authors' Caffe adds, with their fields. */
const authorsLayers = [
  { type: 'BN', field: 'bn_param' },
  { type: 'Interp', field: 'interp_param' },
] as const;

const authorsLayer: Question = (node, type) => {
  if (type !== 'LayerParameter') return undefined;
  for (const own of authorsLayers) {
    const param = node.fields.find((field) => field.name.text === own.field);
    if (param !== undefined) {
      const entry = fieldNamed(type, own.field, 'ran');
      if (entry === undefined || !isIn(entry, 'ran')) continue;
      if (
        messagesIn(param).every((message) =>
          message.fields.every((field) =>
            isFieldOf('ran', messageTypeOf(entry), field),
          ),
        )
      ) {
        return {
          dialect: 'ran',
          why: `this ${own.field} has the fields of the authors' Caffe`,
          span: param.name.span,
        };
      }
      continue;
    }
    const named = node.fields.find((field) => field.name.text === 'type');
    if (named?.value.kind !== 'string' || named.value.value !== own.type) {
      continue;
    }
    if (node.fields.every((field) => isFieldOf('ran', type, field))) {
      return {
        dialect: 'ran',
        why: `this layer is of the authors' type ${own.type}`,
        span: named.value.span,
      };
    }
  }
  return undefined;
};

function isFieldOf(
  dialect: DialectName,
  type: MessageName,
  field: FieldNode,
): boolean {
  const entry = fieldNamed(type, field.name.text, dialect);
  return entry !== undefined && isIn(entry, dialect);
}

const ownField: Question = (node, type) => {
  for (const field of node.fields) {
    const { text, span } = field.name;
    const dialect = fieldNamed(type, text)?.dialects?.[0];
    const own = dialectNames.find((name) => name === dialect);
    // What the authors' Caffe adds is theirs only by the rule above.
    if (own === undefined || own === 'ran') continue;
    return {
      dialect: own,
      why: `'${text}' is a field of ${own}`,
      span,
    };
  }
  return undefined;
};
