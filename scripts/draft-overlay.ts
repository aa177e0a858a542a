import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What protoc says of a `caffe.proto`, as JSON. */
export interface SchemaFacts {
  readonly messages: Readonly<
    Record<string, { readonly fields: readonly FieldFacts[] }>
  >;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface FieldFacts {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly type_name?: string;
  readonly label: string;
  readonly default?: string | number | boolean;
  readonly packed?: boolean;
}

export interface OverlayOptions {
  /** Also what the fork lacks or defines otherwise, not only what it adds. */
  readonly exact: boolean;
  /** Fields of the base, as `Message.field`, that are taken as the fork defines them. */
  readonly redefined: readonly string[];
}

/** The text of an overlay: what `fork` has that `base` has not. */
export function draftOverlay(
  base: SchemaFacts,
  fork: SchemaFacts,
  options: OverlayOptions,
): string {
  const parts = new Map<string, MessageParts>();
  for (const name of Object.keys(fork.messages)) {
    parts.set(name, messageParts(name, base, fork, options));
  }
  const enums = new Map(
    Object.keys(fork.enums).map((name) => [
      name,
      addedValues(name, base, fork),
    ]),
  );
  const used = options.exact
    ? new Set([...parts.keys(), ...enums.keys()])
    : usedTypes(base, parts);
  const roots = [...parts.keys(), ...enums.keys()].filter(
    (name) => !name.includes('.'),
  );
  const blocks = roots.flatMap(
    (name) => block(name, parts, enums, used, '') ?? [],
  );
  return `syntax = "proto2";\n\npackage caffe;\n\n${blocks.join('\n\n')}\n`;
}

interface MessageParts {
  readonly isNew: boolean;
  readonly fields: readonly FieldFacts[];
  readonly reserved: readonly string[];
}

function messageParts(
  name: string,
  base: SchemaFacts,
  fork: SchemaFacts,
  { exact, redefined }: OverlayOptions,
): MessageParts {
  const before = new Map(
    base.messages[name]?.fields.map((field) => [field.name, field]),
  );
  const now = fork.messages[name]?.fields ?? [];
  const fields = now.filter((field) => {
    const old = before.get(field.name);
    if (old === undefined) return true;
    return exact
      ? definition(old) !== definition(field)
      : redefined.includes(`${name}.${field.name}`);
  });
  const names = new Set(now.map((field) => field.name));
  const reserved = exact
    ? [...before.keys()].filter((field) => !names.has(field))
    : [];
  return {
    isNew: base.messages[name] === undefined,
    fields: fields.toSorted((a, b) => a.number - b.number),
    reserved,
  };
}

const definition = (field: FieldFacts): string =>
  JSON.stringify([
    field.number,
    field.type,
    field.type_name,
    field.label,
    field.default,
    field.packed,
  ]);

function addedValues(
  name: string,
  base: SchemaFacts,
  fork: SchemaFacts,
): readonly (readonly [string, number])[] {
  const before = base.enums[name] ?? {};
  return Object.entries(fork.enums[name] ?? {}).filter(
    ([value]) => !Object.hasOwn(before, value),
  );
}

/** The types that the fields of the base's messages lead to. */
function usedTypes(
  base: SchemaFacts,
  parts: ReadonlyMap<string, MessageParts>,
): ReadonlySet<string> {
  const used = new Set([
    ...Object.keys(base.messages),
    ...Object.keys(base.enums),
  ]);
  const visit = (name: string): void => {
    for (const { type_name: type } of parts.get(name)?.fields ?? []) {
      if (type === undefined || used.has(type)) continue;
      used.add(type);
      visit(type);
    }
  };
  for (const name of Object.keys(base.messages)) visit(name);
  return used;
}

function block(
  name: string,
  parts: ReadonlyMap<string, MessageParts>,
  enums: ReadonlyMap<string, readonly (readonly [string, number])[]>,
  used: ReadonlySet<string>,
  margin: string,
): string | undefined {
  const short = name.slice(name.lastIndexOf('.') + 1);
  const inner = `${margin}  `;
  const values = enums.get(name);
  if (values !== undefined) {
    if (values.length === 0 || !used.has(name)) return undefined;
    const lines = values.map(
      ([value, number]) => `${inner}${value} = ${number};`,
    );
    return `${margin}enum ${short} {\n${lines.join('\n')}\n${margin}}`;
  }
  const part = parts.get(name);
  const nested = [...parts.keys(), ...enums.keys()]
    .filter((other) => other.slice(0, other.lastIndexOf('.')) === name)
    .flatMap((other) => block(other, parts, enums, used, inner) ?? []);
  const isUsed = used.has(name) || nested.length > 0;
  if (part === undefined || !isUsed) return undefined;
  const lines = [
    ...(part.reserved.length === 0
      ? []
      : [
          `${inner}reserved ${part.reserved.map((field) => `"${field}"`).join(', ')};`,
        ]),
    // A message that is there for a type in it has no fields of its own.
    ...(used.has(name) ? part.fields : []).map(
      (field) => `${inner}${fieldText(name, field)}`,
    ),
    ...nested,
  ];
  if (lines.length === 0) {
    return part.isNew ? `${margin}message ${short} {}` : undefined;
  }
  return `${margin}message ${short} {\n${lines.join('\n')}\n${margin}}`;
}

function fieldText(message: string, field: FieldFacts): string {
  const { name, number, label, default: standard } = field;
  const type =
    field.type_name === undefined
      ? field.type
      : field.type_name.startsWith(`${message}.`)
        ? field.type_name.slice(message.length + 1)
        : field.type_name;
  const options = [
    ...(standard === undefined
      ? []
      : [
          `default = ${field.type === 'string' ? JSON.stringify(standard) : standard}`,
        ]),
    ...(field.packed === true ? ['packed = true'] : []),
  ];
  const tail = options.length === 0 ? '' : ` [${options.join(', ')}]`;
  return `${label} ${type} ${name} = ${number}${tail};`;
}

const readFacts = (path: string): SchemaFacts =>
  JSON.parse(readFileSync(path, 'utf8')) as SchemaFacts;

// `tsx scripts/draft-overlay.ts BASE.json FORK.json [--exact] [Message.field ...]`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [base = '', fork = '', ...rest] = process.argv.slice(2);
  const text = draftOverlay(readFacts(base), readFacts(fork), {
    exact: rest.includes('--exact'),
    redefined: rest.filter((word) => !word.startsWith('--')),
  });
  process.stdout.write(text);
}
