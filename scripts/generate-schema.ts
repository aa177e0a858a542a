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

/**
 * The overlays in order: of two dialects that explain a file equally well the first is
 * taken, and the first that has a field defines it where the dialect of a file lacks it.
 */
const order = [
  'ran',
  'happynear',
  'ssd',
  'nvidia',
  'intel',
  'yolo',
  'faster-rcnn',
  'rfcn',
  'microsoft',
  'pvanet',
  'pspnet',
  'yjxiong',
  'segnet',
  'enet',
  'deeplab',
  'deeplab-v2',
  'parsenet',
  'flownet2',
  'ocr',
  'crnn',
  'ctpn',
  'crfrnn',
  'segstereo',
  'ducha-aiki',
  'mini-caffe',
  'caffe-face',
  'wenwei202',
  'opencl',
  'densenet',
  'lltcggie',
  'rancc',
];

/** The files that the proto files make, by path. */
export async function generatedSchema(): Promise<ReadonlyMap<string, string>> {
  const found = readdirSync(join(folder, 'dialects')).map((file) =>
    basename(file, '.proto'),
  );
  for (const dialect of found) {
    if (!order.includes(dialect)) throw new Error(`${dialect} has no place`);
  }
  const overlays = order.map((dialect) => ({
    dialect,
    text: readFileSync(join(folder, 'dialects', `${dialect}.proto`), 'utf8'),
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

type Dialects = readonly string[] | undefined;

/** As compiler/schema/unpack-table.ts reads it. */
function tableFile(table: SchemaTable): string {
  // Few sets of dialects have many entries: each set is there once.
  const sets: string[] = [];
  const mark = (dialects: Dialects): string => {
    if (dialects === undefined) return '';
    const text = JSON.stringify(dialects);
    if (!sets.includes(text)) sets.push(text);
    return `@${sets.indexOf(text)}`;
  };
  const messages = Object.entries(table.messages).map(
    ([name, { fields, dialects }]) =>
      packed(
        name,
        mark(dialects),
        fields.map((field) => fieldLine(field, mark)),
      ),
  );
  const enums = Object.entries(table.enums).map(
    ([name, { values, dialects }]) =>
      packed(
        name,
        mark(dialects),
        values.map((value) =>
          words(value.name, value.number, mark(value.dialects)),
        ),
      ),
  );
  return `${heading}
import type { PackedTable } from '../unpack-table.js';
import type { DialectName } from './messages.js';

// prettier-ignore
export const table: PackedTable<DialectName> = {
dialects: ${JSON.stringify(table.dialects)},
dialectSets: [
${sets.map((set) => `${set},`).join('\n')}
],
messages: {
${messages.join('\n')}
},
enums: {
${enums.join('\n')}
},
};
`;
}

const packed = (name: string, mark: string, lines: readonly string[]) =>
  `'${name}': \`${[mark, ...lines].join('\n').replace(/[\\`$]/g, '\\$&')}\`,`;

const fieldLine = (
  field: FieldEntry,
  mark: (dialects: Dialects) => string,
): string =>
  words(
    field.label,
    field.typeName === undefined
      ? field.type
      : `${field.type}:${field.typeName}`,
    field.name,
    field.number,
    field.packed ? 'packed' : '',
    mark(field.dialects),
    field.default === undefined ? '' : `= ${JSON.stringify(field.default)}`,
  );

const words = (...parts: readonly (string | number)[]): string =>
  parts.filter((part) => part !== '').join(' ');

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
