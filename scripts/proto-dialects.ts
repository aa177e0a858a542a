import protobuf from 'protobufjs';

import {
  type EnumEntry,
  type EnumValueEntry,
  type FieldEntry,
  type FieldType,
  fieldTypes,
  type MessageEntry,
  type SchemaTable,
} from '../compiler/schema/schema-table.js';

/** A proto file with the name of the dialect that it describes. */
export interface ProtoText {
  readonly dialect: string;
  readonly text: string;
}

interface Schema {
  readonly messages: ReadonlyMap<string, readonly FieldEntry[]>;
  readonly enums: ReadonlyMap<string, readonly EnumValueEntry[]>;
}

/** What a file says, before the names of its types are looked up. */
interface Declarations extends Schema {
  /** Names of fields that the dialect lacks, by message. */
  readonly reserved: ReadonlyMap<string, readonly string[]>;
}

/**
 * The table of all dialects: `base` is a whole schema, each of `overlays` is laid over it.
 * Entries that all dialects have in common are there once.
 */
export function tableOf(
  base: ProtoText,
  overlays: readonly ProtoText[],
): SchemaTable {
  const declared = declarations(base.text);
  const whole = new Map<string, Schema>([[base.dialect, resolved(declared)]]);
  for (const overlay of overlays) {
    whole.set(overlay.dialect, layOver(declared, declarations(overlay.text)));
  }
  return united(whole);
}

function declarations(text: string): Declarations {
  const { root, package: scope = '' } = protobuf.parse(
    text,
    new protobuf.Root(),
    {
      keepCase: true,
    },
  );
  const messages = new Map<string, FieldEntry[]>();
  const enums = new Map<string, EnumValueEntry[]>();
  const reserved = new Map<string, string[]>();
  const visit = (within: protobuf.NamespaceBase, prefix: string): void => {
    for (const nested of within.nestedArray) {
      const name = prefix + nested.name;
      if (nested instanceof protobuf.Enum) {
        enums.set(
          name,
          Object.entries(nested.values).map(([value, number]) => ({
            name: value,
            number,
          })),
        );
      } else if (nested instanceof protobuf.Type) {
        messages.set(name, nested.fieldsArray.map(fieldEntry));
        reserved.set(
          name,
          // Not there where nothing is reserved, whatever its type says.
          Array.isArray(nested.reserved)
            ? nested.reserved.filter((one) => typeof one === 'string')
            : [],
        );
        visit(nested, `${name}.`);
      }
    }
  };
  const top = root.lookup(scope);
  if (!(top instanceof protobuf.Namespace)) throw new Error('an empty proto');
  visit(top, '');
  return { messages, enums, reserved };
}

/** The entry of a field; `typeName` is still as written. */
function fieldEntry(field: protobuf.Field): FieldEntry {
  const scalar = fieldTypes.find((type) => type === field.type);
  const options = field.options ?? {};
  const written = options['default'] as FieldEntry['default'];
  return {
    name: field.name,
    number: field.id,
    ...(scalar === undefined
      ? { type: 'message' as const, typeName: field.type }
      : { type: scalar }),
    label:
      field.rule === 'required'
        ? 'required'
        : field.repeated
          ? 'repeated'
          : 'optional',
    ...(written === undefined ? {} : { default: written }),
    ...(options['packed'] === true ? { packed: true as const } : {}),
  };
}

/** Looks the names of types up, in the message first, then outside it. */
function resolved(schema: Schema): Schema {
  const resolve = (scope: string, field: FieldEntry): FieldEntry => {
    if (field.typeName === undefined) return field;
    const candidates = [`${scope}.${field.typeName}`, field.typeName];
    for (const typeName of candidates) {
      const type: FieldType | undefined = schema.enums.has(typeName)
        ? 'enum'
        : schema.messages.has(typeName)
          ? 'message'
          : undefined;
      if (type !== undefined) return { ...field, type, typeName };
    }
    throw new Error(`${scope}.${field.name} has no type ${field.typeName}`);
  };
  return {
    messages: new Map(
      [...schema.messages].map(([name, fields]) => [
        name,
        fields.map((field) => resolve(name, field)),
      ]),
    ),
    enums: schema.enums,
  };
}

function layOver(base: Declarations, overlay: Declarations): Schema {
  const messages = new Map(base.messages);
  for (const [name, added] of overlay.messages) {
    const gone = new Set([
      ...(overlay.reserved.get(name) ?? []),
      ...added.map((field) => field.name),
    ]);
    const kept = (base.messages.get(name) ?? []).filter(
      (field) => !gone.has(field.name),
    );
    messages.set(name, [...kept, ...added]);
  }
  const enums = new Map(base.enums);
  for (const [name, added] of overlay.enums) {
    const gone = new Set(added.map((value) => value.name));
    const kept = (base.enums.get(name) ?? []).filter(
      (value) => !gone.has(value.name),
    );
    enums.set(name, [...kept, ...added]);
  }
  return withoutOrphans(resolved(base), resolved({ messages, enums }));
}

/** Drops the types that a field refers to in `base` and none does in `schema` any more. */
function withoutOrphans(base: Schema, schema: Schema): Schema {
  const referred = (within: Schema): Set<string> =>
    new Set(
      [...within.messages.values()].flatMap((fields) =>
        fields.flatMap((field) => field.typeName ?? []),
      ),
    );
  const before = referred(base);
  const now = referred(schema);
  const stays = ([name]: [string, unknown]): boolean =>
    now.has(name) || !before.has(name);
  const kept: Schema = {
    messages: new Map([...schema.messages].filter(stays)),
    enums: new Map([...schema.enums].filter(stays)),
  };
  const same =
    kept.messages.size === schema.messages.size &&
    kept.enums.size === schema.enums.size;
  return same ? kept : withoutOrphans(base, kept);
}

function united(schemas: ReadonlyMap<string, Schema>): SchemaTable {
  const dialects = [...schemas.keys()];
  const marked = (having: readonly string[]): { dialects?: string[] } =>
    having.length === dialects.length ? {} : { dialects: [...having] };

  /** The distinct entries of all dialects, each marked with those that have it. */
  const merge = <Entry extends object>(
    entriesOf: (schema: Schema) => readonly Entry[],
  ): (Entry & { dialects?: readonly string[] })[] => {
    const found = new Map<string, { entry: Entry; having: string[] }>();
    for (const [dialect, schema] of schemas) {
      for (const entry of entriesOf(schema)) {
        const key = JSON.stringify(entry);
        const known = found.get(key);
        if (known === undefined) found.set(key, { entry, having: [dialect] });
        else known.having.push(dialect);
      }
    }
    return [...found.values()].map(({ entry, having }) => ({
      ...entry,
      ...marked(having),
    }));
  };

  const names = (of: (schema: Schema) => ReadonlyMap<string, unknown>) => [
    ...new Set(
      [...schemas.values()].flatMap((schema) => [...of(schema).keys()]),
    ),
  ];
  const having = (
    of: (schema: Schema) => ReadonlyMap<string, unknown>,
    name: string,
  ) =>
    marked(
      [...schemas].flatMap(([dialect, schema]) =>
        of(schema).has(name) ? dialect : [],
      ),
    );

  const messages: Record<string, MessageEntry> = {};
  for (const name of names((schema) => schema.messages)) {
    messages[name] = {
      ...having((schema) => schema.messages, name),
      fields: merge((schema) => schema.messages.get(name) ?? []).sort(
        (a, b) => a.number - b.number,
      ),
    };
  }
  const enums: Record<string, EnumEntry> = {};
  for (const name of names((schema) => schema.enums)) {
    enums[name] = {
      ...having((schema) => schema.enums, name),
      values: merge((schema) => schema.enums.get(name) ?? []),
    };
  }
  return { dialects, messages, enums };
}
