import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

import type {
  FieldEntry,
  SchemaTable,
} from '../compiler/schema/schema-table.js';

import { tableOf } from './proto-dialects.js';

const folder = fileURLToPath(new URL('../compiler/schema/', import.meta.url));

/** The dialect of compiler/schema/caffe.proto itself. */
const baseDialect = 'bvlc';

/** The files that the proto files make, by path. */
export async function generatedSchema(): Promise<ReadonlyMap<string, string>> {
  const overlays = readdirSync(join(folder, 'dialects'))
    .filter((file) => file.endsWith('.proto'))
    .sort()
    .map((file) => ({
      dialect: basename(file, '.proto'),
      text: readFileSync(join(folder, 'dialects', file), 'utf8'),
    }));
  const text = readFileSync(join(folder, 'caffe.proto'), 'utf8');
  const table = tableOf({ dialect: baseDialect, text }, overlays);
  const files = new Map<string, string>();
  for (const [name, code] of [
    ['messages.ts', messagesFile(table)],
    ['table.ts', tableFile(table)],
  ] as const) {
    const path = join(folder, 'generated', name);
    const config = await resolveConfig(path);
    files.set(path, await format(code, { ...config, filepath: path }));
  }
  return files;
}

const heading =
  '// Made by `npm run generate` from caffe.proto and dialects/: do not edit.\n';

function tableFile(table: SchemaTable): string {
  const line = (value: unknown) => `\n    ${JSON.stringify(value)},`;
  const messages = Object.entries(table.messages).map(
    ([name, { fields, dialects }]) =>
      `'${name}': { ${dialectsText(dialects)}fields: [${fields.map(line).join('')}\n  ] },`,
  );
  const enums = Object.entries(table.enums).map(
    ([name, { values, dialects }]) =>
      `'${name}': { ${dialectsText(dialects)}values: [${values.map(line).join('')}\n  ] },`,
  );
  return `${heading}
import type { SchemaTable } from '../schema-table.js';
import type { DialectName } from './messages.js';

// prettier-ignore
export const table: SchemaTable<DialectName> = {
dialects: ${JSON.stringify(table.dialects)},
messages: {
  ${messages.join('\n  ')}
},
enums: {
  ${enums.join('\n  ')}
},
};
`;
}

const dialectsText = (dialects: readonly string[] | undefined): string =>
  dialects === undefined ? '' : `dialects: ${JSON.stringify(dialects)}, `;

function messagesFile(table: SchemaTable): string {
  const enums = Object.entries(table.enums).map(([name, entry]) => {
    const words = new Set(entry.values.map((value) => `'${value.name}'`));
    return `'${name}': ${[...words].join(' | ')};`;
  });
  const messages = Object.entries(table.messages).map(([name, entry]) => {
    const types = new Map<string, Set<string>>();
    for (const field of entry.fields) {
      const known = types.get(field.name);
      if (known === undefined) {
        types.set(field.name, new Set([typeText(field)]));
      } else known.add(typeText(field));
    }
    const fields = [...types].map(
      ([field, type]) => `readonly ${field}: ${[...type].join(' | ')};`,
    );
    return `'${name}': { ${fields.join('\n')} };`;
  });
  const dialects = table.dialects.map((name) => `'${name}'`).join(' | ');
  return `${heading}
import type { Message } from '../message.js';

export type DialectName = ${dialects};

/** The names of the values of each enum, of all dialects. */
export interface Enums {
${enums.join('\n')}
}

/** The fields of each message, of all dialects. */
export interface Messages {
${messages.join('\n')}
}
`;
}

function typeText(field: FieldEntry): string {
  const one = elementType(field);
  return field.label === 'repeated' ? `readonly ${wrapped(one)}[]` : one;
}

const wrapped = (type: string): string =>
  type.includes('|') ? `(${type})` : type;

function elementType(field: FieldEntry): string {
  switch (field.type) {
    case 'bool':
      return 'boolean';
    case 'string':
      return 'string';
    case 'bytes':
      return 'Uint8Array';
    case 'enum':
      return `Enums['${field.typeName ?? ''}']`;
    case 'message':
      return `Message<'${field.typeName ?? ''}'>`;
    case 'int32':
    case 'int64':
    case 'uint32':
    case 'uint64':
    case 'float':
    case 'double':
      return 'number';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of await generatedSchema()) writeFileSync(path, text);
}
