import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';

/** `npm run golden:update`: write what is found instead of comparing. */
export const updatesGoldens = process.env['UPDATE_GOLDENS'] === '1';

/** Compares a text with its file, byte by byte; a file that is not there is a failure. */
export function expectGolden(path: string, text: string): void {
  if (updatesGoldens) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  expect(
    existsSync(path),
    `${path} is missing (npm run golden:update)`,
  ).to.equal(true);
  expect(text).to.equal(readFileSync(path, 'utf8'));
}
