import { expect } from 'chai';

import { parse } from '../../grammar/parse.js';
import { positionAt } from '../../grammar/source.js';

import {
  acceptedCases,
  acceptedText,
  mistakes,
  refusedCases,
  refusedText,
} from './text-format-cases.js';

/** Kinds of mistakes that a text shows by itself, and those of them that it does not. */
const checkedHere: Readonly<Record<string, readonly string[]>> = {
  'unterminated-string': [],
  'invalid-escape': [],
  'invalid-number': [],
  'invalid-character': [],
  'expected-identifier': ['string-for-bool', 'minus-before-identifier'],
  'expected-token': [
    'any-expansion',
    'message-for-scalar',
    'scalar-for-message',
    'list-for-singular-message',
  ],
};

/** Kinds that need the schema. */
const checkedBySchema = [
  'duplicate-field',
  'expected-enum-value',
  'expected-integer',
  'expected-number',
  'expected-string',
  'float-not-decimal',
  'integer-out-of-range',
  'invalid-bool',
  'missing-required',
  'unknown-enum-value',
  'unknown-extension',
  'unknown-field',
];

/** Where a value is missing; of which kind it should be is for the schema to say. */
const missingValues = [
  'missing-value',
  'missing-value-at-end',
  'double-colon',
  'list-trailing-comma',
  'list-nested',
  'dollar-sign',
  'number-with-two-minus',
  'minus-without-number',
  'deep-brackets',
];

/** Mistakes for the schema in texts with others besides. */
const mixedMistakes = ['yaml', 'missing-inner-closing-brace', 'deep-braces'];

const isChecked = ({ name, essence }: { name: string; essence: string }) =>
  checkedHere[essence]?.includes(name) === false;

describe('Parse: texts that protoc accepts', () => {
  for (const accepted of acceptedCases)
    it(accepted.name, () => {
      expect(parse(acceptedText(accepted)).diagnostics).to.deep.equal([]);
    });
});

describe('Parse: texts that protoc refuses', () => {
  it('knows who checks which kind of mistake', () => {
    const all = new Set(refusedCases.map(({ essence }) => essence));
    expect([...all].sort()).to.deep.equal(
      [...Object.keys(checkedHere), ...checkedBySchema].sort(),
    );
  });

  for (const refused of refusedCases.filter(isChecked))
    it(refused.name, () => {
      const source = refusedText(refused);
      const { diagnostics } = parse(source, { strict: true });
      const found = diagnostics.map(({ code, severity, span }) => {
        const { line } = positionAt(source, span?.start ?? 0);
        return `${severity} ${code} on line ${line}`;
      });
      // One mistake, one diagnostic (the Windows path has two wrong escapes).
      expect([...new Set(found)]).to.deep.equal([
        `error text/${refused.essence} on line ${refused.at?.line ?? 0}`,
      ]);
      const count = refused.name === 'escape-windows-path' ? 2 : 1;
      expect(diagnostics).to.have.length(count);
    });

  for (const name of missingValues)
    it(`${name} (a value is missing)`, () => {
      const refused = refusedCases.find((one) => one.name === name);
      if (refused === undefined) throw new Error('no such case');
      const { line = 0, column = 0 } = refused.at ?? {};
      expect(mistakes(refusedText(refused).text)[0]).to.equal(
        `${line}:${column} text/expected-value`,
      );
    });

  for (const refused of refusedCases) {
    const { name } = refused;
    const others = [...missingValues, ...mixedMistakes];
    if (isChecked(refused) || others.includes(name)) continue;
    it(`${name} (left to the schema)`, () => {
      expect(mistakes(refusedText(refused).text)).to.deep.equal([]);
    });
  }
});

describe('Parse: byte order mark', () => {
  it('is a warning, and an error where strict', () => {
    const source = { name: 'test', text: '\ufeffname: "x"' };
    const severities = (strict: boolean) =>
      parse(source, { strict }).diagnostics.map(({ severity }) => severity);
    expect(severities(false)).to.deep.equal(['warning']);
    expect(severities(true)).to.deep.equal(['error']);
    expect(parse(source).document.fields).to.have.length(1);
  });

  it('is an invalid character anywhere else', () => {
    const source = { name: 'test', text: 'name: \ufeff"x"' };
    expect(parse(source).diagnostics[0]?.severity).to.equal('error');
  });
});
