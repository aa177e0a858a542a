import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { positionAt } from '../../../grammar/source.js';
import { decodeText } from '../../../grammar/text-encoding.js';

import { isError } from '../../../compiler/diagnostics.js';
import { dialectNamed } from '../../../compiler/schema/dialect.js';
import { loadMessage } from '../../../compiler/schema/load-net.js';
import type { MessageName } from '../../../compiler/schema/message.js';
import { jsonText, messageToJson } from '../../../compiler/schema/to-json.js';
import { messageToText } from '../../../compiler/schema/to-text.js';

interface Case {
  readonly name: string;
  readonly type: MessageName;
  readonly schema: string;
}

interface Accepted extends Case {
  readonly json: boolean;
}

interface Refused extends Case {
  readonly essence: string;
  readonly at: { readonly line: number; readonly column: number } | null;
}

const folder = new URL('../../reference/textformat/', import.meta.url);
const bytes = (path: string): Buffer => readFileSync(new URL(path, folder));

const read = (path: string): unknown => JSON.parse(bytes(path).toString());

/** Cases of dialects that are not there yet are left out. */
const isKnown = ({ schema }: Case): boolean =>
  dialectNamed(schema) !== undefined;

const accepted = (read('accept/cases.json') as Accepted[]).filter(isKnown);
const refused = (read('reject/cases.json') as Refused[]).filter(isKnown);

const load = (path: string, text: string, { type, schema }: Case) =>
  loadMessage({ name: path, text }, type, {
    strict: true,
    dialect: dialectNamed(schema),
  });

describe('text format', () => {
  describe('accepts, as protoc does', () => {
    for (const one of accepted) {
      it(one.name, () => {
        const path = `accept/${one.name}.prototxt`;
        const { message, diagnostics } = load(
          path,
          decodeText(bytes(path)),
          one,
        );
        expect(diagnostics).to.deep.equal([]);
        if (one.json) {
          const expected = read(`accept/${one.name}.json`);
          const text = jsonText(messageToJson(message));
          const made: unknown = JSON.parse(text);
          expect(made).to.deep.equal(expected);
          // Deep equality does not see the order of the fields.
          expect(JSON.stringify(made)).to.equal(JSON.stringify(expected));
        }
        const printed = messageToText(message);
        expect(printed).to.equal(
          bytes(`accept/${one.name}.printed.prototxt`).toString(),
        );
        expect(messageToText(load(path, printed, one).message)).to.equal(
          printed,
        );
      });
    }
  });

  describe('refuses, as protoc does', () => {
    for (const one of refused) {
      it(one.name, () => {
        const path = `reject/${one.name}.prototxt`;
        const { diagnostics } = load(path, decodeText(bytes(path)), one);
        const found = diagnostics
          .filter(isError)
          .map(({ code, span }) =>
            one.at === null || span === undefined
              ? code
              : `${code} in line ${positionAt(span.source, span.start).line}`,
          );
        expect(found).to.include(
          one.at === null
            ? `text/${one.essence}`
            : `text/${one.essence} in line ${one.at.line}`,
        );
      });
    }
  });
});
