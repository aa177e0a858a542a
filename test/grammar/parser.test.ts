import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';

import { VERSION } from '../../grammar/chevrotain.js';
import { validateAstBuilder } from '../../grammar/cst-to-ast.js';
import { TextFormatParser } from '../../grammar/parser.js';

import { cstTypes } from '../../scripts/generate-cst-types.js';

describe('Parser: grammar of the text format', () => {
  it('is one that Chevrotain finds no fault with', () => {
    expect(() => new TextFormatParser()).not.to.throw();
  });

  it('has the types in cst.d.ts (else: tsx scripts/generate-cst-types.ts)', () => {
    const file = new URL('../../grammar/cst.d.ts', import.meta.url);
    expect(readFileSync(file, 'utf8')).to.equal(cstTypes());
  });

  it('has a visitor method for each rule', () => {
    expect(validateAstBuilder).not.to.throw();
  });

  it('runs on the version of Chevrotain that the project names', () => {
    const require = createRequire(import.meta.url);
    const { dependencies } = require('../../package.json') as {
      dependencies: Record<string, string>;
    };
    expect(VERSION).to.equal(dependencies['chevrotain']);
  });
});
