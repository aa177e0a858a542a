import {
  type DocumentNode,
  type FieldNode,
  isMissing,
  type MessageNode,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/source.js';

import type { MessageName } from './message.js';
import {
  definitionsOf,
  type DialectName,
  dialectNames,
  enumValuesOf,
  fieldNamed,
  isIn,
  messageTypeOf,
} from './message-type.js';
import type { FieldEntry } from './schema-table.js';

/** The dialect of a file and what tells it. */
export interface DialectFound {
  readonly dialect: DialectName;
  /** What was seen, in words; undefined where nothing was and the dialect is the first. */
  readonly why?: string;
  readonly span?: Span;
  /** Other dialects that explain the file as well. */
  readonly others?: readonly DialectName[];
}

/** Other words for the same dialects. */
const aliases: Readonly<Record<string, DialectName>> = { fork: 'ran' };

/** The dialect that `word` names. */
export const dialectNamed = (word: string): DialectName | undefined =>
  dialectNames.find((name) => name === word) ??
  (Object.hasOwn(aliases, word) ? aliases[word] : undefined);

/**
 * The dialect that a file is written in: `ran` where a layer is one of the authors' own,
 * else the one that knows most of what not every dialect has, else `bvlc`.
 */
export function findDialect(
  document: DocumentNode,
  type: MessageName,
): DialectFound {
  const marks = new Map<string, Mark>();
  return (
    search(document, type, marks) ??
    mostKnowing([...marks.values()]) ?? { dialect: 'bvlc' }
  );
}

/** A field or value that some dialects have, where it is written first. */
interface Mark {
  readonly what: string;
  readonly span: Span;
  readonly dialects: readonly DialectName[];
}

/** Looks for the authors' layers in order of text, and collects all marks on the way. */
function search(
  node: DocumentNode | MessageNode,
  type: MessageName,
  marks: Map<string, Mark>,
): DialectFound | undefined {
  if (type === 'LayerParameter') {
    const own = authorsLayer(node);
    if (own !== undefined) return own;
  }
  for (const field of node.fields) {
    const entry = fieldNamed(type, field.name.text);
    if (entry === undefined) continue;
    addMark(marks, type, entry, field);
    if (entry.type !== 'message') continue;
    for (const message of messagesIn(field)) {
      const found = search(message, messageTypeOf(entry), marks);
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

function addMark(
  marks: Map<string, Mark>,
  type: MessageName,
  entry: FieldEntry,
  { name, value }: FieldNode,
): void {
  const add = (
    what: string,
    span: Span,
    owners: readonly { readonly dialects?: readonly string[] }[],
  ): void => {
    const key = `${type}.${what}`;
    if (marks.has(key) || owners.some((owner) => !owner.dialects)) return;
    const dialects = dialectNames.filter((dialect) =>
      owners.some((owner) => isIn(owner, dialect)),
    );
    marks.set(key, { what, span, dialects });
  };
  add(`'${entry.name}' is a field`, name.span, definitionsOf(type, entry.name));
  if (entry.type === 'enum' && value.kind === 'identifier') {
    if (isMissing(value)) return;
    const { text } = value;
    const known = enumValuesOf(entry).filter((one) => one.name === text);
    if (known.length === 0) return;
    add(`'${text}' is a value`, value.span, known);
  }
}

/**
 * What the authors' Caffe adds is theirs only by the rule for their layers; what rancc adds
 * stands in nets of any dialect.
 */
const candidates = dialectNames.filter(
  (dialect) => dialect !== 'ran' && dialect !== 'rancc',
);

function mostKnowing(marks: readonly Mark[]): DialectFound | undefined {
  const known = new Map(
    candidates.map((dialect) => [
      dialect,
      marks.filter(({ dialects }) => dialects.includes(dialect)).length,
    ]),
  );
  const most = Math.max(...known.values());
  if (most === 0) return undefined;
  const [dialect, ...others] = candidates.filter(
    (name) => known.get(name) === most,
  );
  if (dialect === undefined) return undefined;
  const own = marks.filter(({ dialects }) => dialects.includes(dialect));
  // What BVLC's Caffe lacks says more than what only some forks lack.
  const telling =
    own.find(({ dialects }) => !dialects.includes('bvlc')) ?? own[0];
  if (telling === undefined) return undefined;
  const count = own.length > 1 ? `, and ${own.length - 1} more` : '';
  return {
    dialect,
    why: `${telling.what} of ${dialect}${count}`,
    span: telling.span,
    ...(dialect === 'bvlc' ? {} : { others }),
  };
}

/** The layers that the authors' Caffe adds, with their fields. */
const authorsLayers = [
  { type: 'BN', field: 'bn_param' },
  { type: 'Interp', field: 'interp_param' },
] as const;

function authorsLayer(
  node: DocumentNode | MessageNode,
): DialectFound | undefined {
  for (const own of authorsLayers) {
    const param = node.fields.find((field) => field.name.text === own.field);
    if (param !== undefined) {
      const entry = fieldNamed('LayerParameter', own.field, 'ran');
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
    if (
      node.fields.every((field) => isFieldOf('ran', 'LayerParameter', field))
    ) {
      return {
        dialect: 'ran',
        why: `this layer is of the authors' type ${own.type}`,
        span: named.value.span,
      };
    }
  }
  return undefined;
}

function isFieldOf(
  dialect: DialectName,
  type: MessageName,
  field: FieldNode,
): boolean {
  const entry = fieldNamed(type, field.name.text, dialect);
  return entry !== undefined && isIn(entry, dialect);
}
