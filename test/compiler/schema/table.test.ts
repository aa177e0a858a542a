import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import {
  type DialectName,
  enumEntry,
  enumNames,
  isIn,
  messageEntry,
  messageNames,
} from '../../../compiler/schema/message-type.js';
import type { FieldEntry } from '../../../compiler/schema/schema-table.js';

import { generatedSchema } from '../../../scripts/generate-schema.js';

/** What protoc says of a `caffe.proto`. */
interface Facts {
  readonly messages: Readonly<
    Record<string, { readonly fields: readonly FieldFacts[] }>
  >;
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface FieldFacts {
  readonly name: string;
  readonly number: number;
  readonly type: string;
  readonly type_name?: string;
  readonly label: string;
  readonly default?: unknown;
  readonly packed?: boolean;
}

const factsOf = (schema: string): Facts =>
  JSON.parse(
    readFileSync(
      new URL(`../../reference/schema/${schema}.json`, import.meta.url),
      'utf8',
    ),
  ) as Facts;

const byNumber = (
  a: { readonly number: number },
  b: { readonly number: number },
): number => a.number - b.number;

function inFacts(entry: FieldEntry): FieldFacts {
  const { name, number, type, typeName, label, packed } = entry;
  return {
    name,
    number,
    type,
    ...(typeName === undefined ? {} : { type_name: typeName }),
    label,
    ...(entry.default === undefined ? {} : { default: entry.default }),
    ...(packed === undefined ? {} : { packed }),
  };
}

function dialectInFacts(dialect: DialectName): unknown {
  const entriesOf = <
    Name extends string,
    Entry extends { readonly dialects?: readonly string[] },
  >(
    names: readonly Name[],
    entryOf: (name: Name) => Entry,
  ) =>
    names
      .map((name) => [name, entryOf(name)] as const)
      .filter(([, entry]) => isIn(entry, dialect));
  return {
    messages: Object.fromEntries(
      entriesOf(messageNames, messageEntry).map(([name, { fields }]) => [
        name,
        fields.filter((field) => isIn(field, dialect)).map(inFacts),
      ]),
    ),
    enums: Object.fromEntries(
      entriesOf(enumNames, enumEntry).map(([name, { values }]) => [
        name,
        values
          .filter((value) => isIn(value, dialect))
          .map((value) => [value.name, value.number]),
      ]),
    ),
  };
}

/** The facts in the form of `dialectInFacts`: order of number, no comments. */
function expectedOf({ messages, enums }: Facts): unknown {
  return {
    messages: Object.fromEntries(
      Object.entries(messages).map(([name, { fields }]) => [
        name,
        fields.toSorted(byNumber).map((field) => {
          const { deprecated_in_comment, ...facts } = field as FieldFacts & {
            deprecated_in_comment?: boolean;
          };
          deprecated_in_comment;
          return facts;
        }),
      ]),
    ),
    enums: Object.fromEntries(
      Object.entries(enums).map(([name, values]) => [
        name,
        Object.entries(values),
      ]),
    ),
  };
}

describe('the schema', () => {
  for (const [dialect, facts] of [
    ['bvlc', 'bvlc'],
    ['ran', 'fork'],
    ['happynear', 'happynear'],
  ] as const) {
    it(`has the messages, fields and enums of ${dialect}`, () => {
      expect(dialectInFacts(dialect)).to.deep.equal(expectedOf(factsOf(facts)));
    });
  }

  it('is the one that its proto files make', async function () {
    this.timeout(30_000);
    for (const [path, text] of await generatedSchema()) {
      expect(
        readFileSync(path, 'utf8') === text,
        `${path} is stale: npm run generate`,
      ).to.equal(true);
    }
  });
});
