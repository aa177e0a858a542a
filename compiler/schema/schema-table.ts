/** What the proto files say, for the program (generated/table.ts has it packed). */
export interface SchemaTable<Dialect extends string = string> {
  readonly dialects: readonly Dialect[];
  readonly messages: Readonly<Record<string, MessageEntry<Dialect>>>;
  readonly enums: Readonly<Record<string, EnumEntry<Dialect>>>;
}

export interface MessageEntry<Dialect extends string = string> {
  /** In order of number. Dialects that disagree on a field have an entry each. */
  readonly fields: readonly FieldEntry<Dialect>[];
  /** The dialects that have it; not there where all have. */
  readonly dialects?: readonly Dialect[];
}

export interface FieldEntry<Dialect extends string = string> {
  readonly name: string;
  readonly number: number;
  readonly type: FieldType;
  /** The message or enum that `type` speaks of. */
  readonly typeName?: string;
  readonly label: 'optional' | 'required' | 'repeated';
  /** Only where the proto gives one; decimal also for float fields. */
  readonly default?: number | string | boolean;
  readonly packed?: true;
  readonly dialects?: readonly Dialect[];
}

export interface EnumEntry<Dialect extends string = string> {
  /** In order of declaration: the first is the default. */
  readonly values: readonly EnumValueEntry<Dialect>[];
  readonly dialects?: readonly Dialect[];
}

export interface EnumValueEntry<Dialect extends string = string> {
  readonly name: string;
  readonly number: number;
  readonly dialects?: readonly Dialect[];
}

export const fieldTypes = [
  'int32',
  'int64',
  'uint32',
  'uint64',
  'float',
  'double',
  'bool',
  'string',
  'bytes',
  'enum',
  'message',
] as const;

export type FieldType = (typeof fieldTypes)[number];
