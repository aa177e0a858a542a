import {
  type DocumentNode,
  type FieldNode,
  isMissing,
  type MessageNode,
  type NameNode,
  type ValueNode,
} from '../../grammar/ast.js';
import type { Span } from '../../grammar/source.js';

import { type Diagnostic, diagnostic, type Note } from '../diagnostics.js';
import { didYouMean } from '../suggestion.js';
import {
  fieldOfOthers,
  ownersText,
  valueOfOthers,
} from './fields-of-others.js';
import { messageOf } from './make-message.js';
import type {
  AnyMessage,
  Message,
  MessageName,
  UnknownPart,
  Value,
} from './message.js';
import {
  definitionsOf,
  type DialectName,
  fieldNamed,
  fieldsOf,
  isIn,
  messageEntry,
  messageTypeOf,
} from './message-type.js';
import { elsewhere, typeAdvice } from './misplaced-field.js';
import {
  duplicateField,
  expectedToken,
  misplacedExtension,
} from './read-diagnostics.js';
import { expected, readScalar } from './read-scalar.js';
import type { FieldEntry } from './schema-table.js';

export interface ReadOptions {
  /** Unknown fields and enum values are errors, not warnings. */
  readonly strict?: boolean | undefined;
  /**
   * Whose definition of a field counts where dialects differ. Fields of all dialects are
   * known, but to a strict reader of a named dialect.
   */
  readonly dialect?: DialectName | undefined;
  /** The dialect was named by the user, not found out. */
  readonly named?: boolean | undefined;
}

export interface ReadResult<K extends MessageName> {
  readonly message: Message<K>;
  readonly diagnostics: readonly Diagnostic[];
  /** The fields whose values the parser missed, by where those should begin. */
  readonly missing: ReadonlyMap<number, FieldEntry>;
}

/**
 * Reads a syntax tree as a message of type `type`, by the rules of protobuf's own parser.
 * What cannot be read is left out of the message and told in the diagnostics.
 */
export function readMessage<K extends MessageName>(
  document: DocumentNode | MessageNode,
  type: K,
  options: ReadOptions = {},
): ReadResult<K> {
  const reader = new Reader(options);
  const message = reader.message(type, document.fields, document.span, '');
  const { diagnostics, missing } = reader;
  return { message, diagnostics, missing };
}

/** A field while it is read. */
interface Reading {
  readonly entry: FieldEntry;
  readonly values: Value[];
  readonly spans: Span[];
}

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  readonly missing = new Map<number, FieldEntry>();
  readonly #advices = new Map<string, readonly Note[]>();
  readonly #strict: boolean;
  /** Whose definitions come first. */
  readonly #dialect: DialectName | undefined;
  /** Whose fields alone are known; undefined: those of all dialects. */
  readonly #only: DialectName | undefined;
  readonly #named: boolean;
  /** What was told of at its first place. */
  readonly #told = new Set<string>();

  constructor({ strict = false, dialect, named = false }: ReadOptions) {
    this.#strict = strict;
    this.#named = named;
    this.#dialect = dialect;
    this.#only = strict && named ? dialect : undefined;
  }

  message<K extends MessageName>(
    type: K,
    nodes: readonly FieldNode[],
    span: Span,
    path: string,
  ): Message<K> {
    const fields = new Map<string, Reading>();
    const seen = new Map<string, NameNode>();
    let unknown: UnknownPart[] | undefined;
    for (const node of nodes) {
      const entry = this.#entryOf(type, node.name);
      if (entry === undefined) {
        const { text: name, span } = node.name;
        (unknown ??= []).push({ kind: 'field', name, span });
        continue;
      }
      const first = seen.get(entry.name);
      if (entry.label !== 'repeated' && first !== undefined) {
        this.diagnostics.push(duplicateField(node.name, first));
        continue;
      }
      if (first === undefined) seen.set(entry.name, node.name);
      const reading = fields.get(entry.name) ?? {
        entry,
        values: [],
        spans: [],
      };
      for (const part of this.#field(type, reading, node, path)) {
        (unknown ??= []).push(part);
      }
      if (reading.values.length > 0) fields.set(entry.name, reading);
    }
    this.#required(type, seen, span, path);
    return messageOf(type, { span, fields, dialect: this.#dialect, unknown });
  }

  /** The field that `name` names, or a diagnostic. */
  #entryOf(type: MessageName, name: NameNode): FieldEntry | undefined {
    if (name.extension) {
      this.diagnostics.push(misplacedExtension(type, name));
      return undefined;
    }
    const entry = fieldNamed(type, name.text, this.#dialect);
    if (entry !== undefined && isIn(entry, this.#only)) {
      this.#ofOthers((dialect) =>
        fieldOfOthers(type, entry, name.span, dialect),
      );
      return entry;
    }
    this.#unknown(
      diagnostic(
        'text/unknown-field',
        { message: type, field: name.text },
        { span: name.span, notes: this.#advice(type, name.text, entry) },
      ),
    );
    return undefined;
  }

  /** Tells of what the dialect that the user named has only by the leave of others. */
  #ofOthers(find: (dialect: DialectName) => Diagnostic | undefined): void {
    if (!this.#named || this.#dialect === undefined) return;
    const found = find(this.#dialect);
    if (found === undefined || this.#told.has(found.message)) return;
    this.#told.add(found.message);
    this.diagnostics.push(found);
  }

  /** Whose the field is, or which is meant; kept, because one mistake is often made often. */
  #advice(
    type: MessageName,
    name: string,
    entry: FieldEntry | undefined,
  ): readonly Note[] {
    const key = `${type}.${name}`;
    const known = this.#advices.get(key);
    if (known !== undefined) return known;
    const names = fieldsOf(type)
      .filter((field) => isIn(field, this.#only))
      .map((field) => field.name);
    const made =
      entry === undefined
        ? (elsewhere(type, name) ?? didYouMean(name, names))
        : [
            {
              message: `it is a field of ${ownersText(definitionsOf(type, name))}`,
            },
          ];
    this.#advices.set(key, made);
    return made;
  }

  /** What another schema may know is an error only if strict. */
  #unknown(found: Diagnostic): void {
    const severity = this.#strict ? 'error' : 'warning';
    this.diagnostics.push({ ...found, severity });
  }

  #required(
    type: MessageName,
    seen: ReadonlyMap<string, unknown>,
    span: Span,
    path: string,
  ): void {
    for (const entry of requiredOf(type)) {
      if (!seen.has(entry.name) && this.#isRequired(type, entry)) {
        this.diagnostics.push(
          diagnostic(
            'text/missing-required',
            { path: joined(path, entry.name) },
            { span },
          ),
        );
      }
    }
  }

  /** What another dialect requires is asked for only in messages that this one lacks. */
  #isRequired(type: MessageName, entry: FieldEntry): boolean {
    if (this.#only !== undefined) return isIn(entry, this.#only);
    return (
      isIn(entry, this.#dialect) || !isIn(messageEntry(type), this.#dialect)
    );
  }

  /** Reads the value of `node` into `reading`; gives what is unknown in it. */
  #field(
    type: MessageName,
    reading: Reading,
    node: FieldNode,
    path: string,
  ): UnknownPart[] {
    const { entry } = reading;
    const { value } = node;
    const isBracketed = value.kind === 'message' || value.kind === 'list';
    if (isBracketed && entry.type !== 'message' && node.colon === false) {
      this.diagnostics.push(expectedToken(':', value));
      return [];
    }
    if (value.kind !== 'list') return this.#value(reading, value, path);
    if (entry.label !== 'repeated') {
      const { wrong } = expected(entry, value);
      if (this.#isElsewhere(type, entry, 'repeated')) {
        return this.#unknownValue(entry, value, wrong);
      }
      this.diagnostics.push(wrong);
      return [];
    }
    if (!this.#named && this.#isElsewhere(type, entry, 'optional')) {
      this.#unknown(expected({ ...entry, label: 'optional' }, value).wrong);
    }
    return value.elements.flatMap((element) =>
      this.#value(reading, element, path),
    );
  }

  /** Whether another dialect has the field as a list (`repeated`), or as one value. */
  #isElsewhere(
    type: MessageName,
    { name, type: kind }: FieldEntry,
    label: FieldEntry['label'],
  ): boolean {
    return definitionsOf(type, name).some(
      (other) =>
        other.label === label && other.type === kind && isIn(other, this.#only),
    );
  }

  #value(
    reading: Reading,
    node: Exclude<ValueNode, { kind: 'list' }>,
    path: string,
  ): UnknownPart[] {
    const { entry, values, spans } = reading;
    if (isMissing(node)) {
      this.missing.set(node.span.start, entry);
      return [];
    }
    if (entry.type === 'message') {
      if (node.kind !== 'message') {
        this.diagnostics.push(expectedToken('{', node));
        return [];
      }
      values.push(this.#nested(reading, node, path));
      spans.push(node.span);
      return [];
    }
    if (node.kind === 'message') {
      this.diagnostics.push(expected(entry, node).wrong);
      return [];
    }
    const result = readScalar(entry, node, {
      first: this.#dialect,
      only: this.#only,
    });
    if ('value' in result) {
      const { value } = result;
      this.#ofOthers((dialect) =>
        valueOfOthers(entry, value, node.span, dialect),
      );
      values.push(value);
      spans.push(node.span);
      return [];
    }
    if ('unknown' in result) {
      values.push(result.unknown);
      spans.push(node.span);
      return this.#unknownValue(entry, node, result.wrong);
    }
    // Templates have words where numbers will be.
    if (node.kind === 'identifier' && isNumeric(entry)) {
      return this.#unknownValue(entry, node, result.wrong);
    }
    const { wrong } = result;
    this.diagnostics.push({
      ...wrong,
      notes: [...wrong.notes, ...typeAdvice(entry, node)],
    });
    return [];
  }

  #unknownValue(
    entry: FieldEntry,
    { span }: ValueNode,
    wrong: Diagnostic,
  ): UnknownPart[] {
    this.#unknown(wrong);
    return [{ kind: 'value', name: entry.name, span }];
  }

  #nested(reading: Reading, node: MessageNode, path: string): AnyMessage {
    const { entry, values } = reading;
    const index = entry.label === 'repeated' ? `[${values.length}]` : '';
    return this.message(
      messageTypeOf(entry),
      node.fields,
      node.span,
      `${joined(path, entry.name)}${index}`,
    );
  }
}

const joined = (path: string, name: string): string =>
  path === '' ? name : `${path}.${name}`;

const isNumeric = ({ type }: FieldEntry): boolean =>
  /^(?:u?int(?:32|64)|float|double)$/.test(type);

const requiredFieldsOf = new Map<MessageName, readonly FieldEntry[]>();

function requiredOf(type: MessageName): readonly FieldEntry[] {
  const known = requiredFieldsOf.get(type);
  if (known !== undefined) return known;
  const made = fieldsOf(type).filter((field) => field.label === 'required');
  requiredFieldsOf.set(type, made);
  return made;
}
