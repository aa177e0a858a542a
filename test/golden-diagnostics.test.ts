import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { decodeText } from '../grammar/text-encoding.js';

import { renderDiagnostic } from '../compiler/code-frame.js';
import { readNet } from '../compiler/read-net.js';

import { expectGolden } from './support/golden-file.js';

const folder = fileURLToPath(new URL('golden-diagnostics/', import.meta.url));

const casesWith = (ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();

/** What a user sees of the mistakes in a net. */
function shown(name: string): string {
  const text = decodeText(readFileSync(`${folder}${name}.prototxt`));
  const { diagnostics } = readNet({ name: 'net.prototxt', text });
  return diagnostics
    .map((found) => `${renderDiagnostic(found, { colour: false })}\n`)
    .join('\n');
}

describe('what is said of typical mistakes', () => {
  for (const name of casesWith('.prototxt')) {
    it(name, () => {
      const text = shown(name);
      expect(text).not.to.equal('');
      expectGolden(`${folder}${name}.txt`, text);
    });
  }

  it('has no golden without its case', () => {
    expect(casesWith('.txt')).to.deep.equal(casesWith('.prototxt'));
  });
});
