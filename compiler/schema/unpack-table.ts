import type {
  EnumEntry,
  EnumValueEntry,
  FieldEntry,
  FieldType,
  MessageEntry,
} from './schema-table.js';

/**
 * The shape of generated/table.ts. Every run loads it and needs few of its messages, so each
 * is a text, read when it is asked for:
 *
 *     @3                                  the dialects that have it, if not all
 *     optional float momentum 3 @3 = 0.9
 *     repeated enum:A.B kind 4 packed
 */
export interface PackedTable<Dialect extends string = string> {
  readonly dialects: readonly Dialect[];
  /** What `@3` stands for. */
  readonly dialectSets: readonly (readonly Dialect[])[];
  readonly messages: Readonly<Record<string, string>>;
  readonly enums: Readonly<Record<string, string>>;
}

type Sets<Dialect extends string> = readonly (readonly Dialect[])[];

export function unpackMessage<Dialect extends string>(
  packed: string,
  sets: Sets<Dialect>,
): MessageEntry<Dialect> {
  const [head = '', ...lines] = packed.split('\n');
  return {
    fields: lines.map((line) => unpackField(line, sets)),
    ...marked([head], sets),
  };
}

function unpackField<Dialect extends string>(
  line: string,
  sets: Sets<Dialect>,
): FieldEntry<Dialect> {
  const equals = line.indexOf(' = ');
  const words = (equals === -1 ? line : line.slice(0, equals)).split(' ');
  const [label, kind = '', name = '', number, ...marks] = words;
  const [type, typeName] = kind.split(':');
  return {
    name,
    number: Number(number),
    type: type as FieldType,
    ...(typeName === undefined ? {} : { typeName }),
    label: label as FieldEntry['label'],
    ...(equals === -1
      ? {}
      : {
          default: JSON.parse(line.slice(equals + 3)) as
            number | string | boolean,
        }),
    ...(marks.includes('packed') ? { packed: true as const } : {}),
    ...marked(marks, sets),
  };
}

export function unpackEnum<Dialect extends string>(
  packed: string,
  sets: Sets<Dialect>,
): EnumEntry<Dialect> {
  const [head = '', ...lines] = packed.split('\n');
  const values = lines.map((line): EnumValueEntry<Dialect> => {
    const [name = '', number, ...marks] = line.split(' ');
    return { name, number: Number(number), ...marked(marks, sets) };
  });
  return { values, ...marked([head], sets) };
}

/** The set of dialects among `marks`. */
function marked<Dialect extends string>(
  marks: readonly string[],
  sets: Sets<Dialect>,
): { dialects?: readonly Dialect[] } {
  const mark = marks.find((word) => word.startsWith('@'));
  const dialects = mark && sets[Number(mark.slice(1))];
  return dialects === undefined || dialects === '' ? {} : { dialects };
}
