import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Command } from 'commander';

import { buildProgram } from '../cli/program.js';
import {
  diagnosticDocs,
  diagnosticDocsPath,
} from '../scripts/generate-diagnostic-docs.js';
import { layerDocs, layerDocsPath } from '../scripts/generate-layer-docs.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The pages that people wrote or that are generated; not those about reference numbers. */
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  'prototxts/README.md',
];

const commandNames = (command: Command): readonly string[] =>
  command.commands.map((each) => each.name());

describe('Generated docs', () => {
  const generated = [
    [layerDocsPath, layerDocs],
    [diagnosticDocsPath, diagnosticDocs],
  ] as const;
  for (const [path, make] of generated) {
    it(`${path} is what the generator writes`, async () => {
      const isCurrent = read(path) === (await make());
      expect(isCurrent, 'stale: run `npm run generate`').to.equal(true);
    });
  }
});

describe('The docs', () => {
  const program = buildProgram('0.0.0', () => Promise.resolve());

  for (const page of pages) {
    it(`${page} names commands that exist, with flags that they have`, () => {
      const calls = [
        ...read(page).matchAll(/\brancc ((?!`)[a-z]+)((?: (?!#)[^\n`|]*)?)/g),
      ];
      for (const [call, name = '', rest = ''] of calls) {
        const isCall = call.includes('--') || page === 'README.md';
        if (!isCall && !commandNames(program).includes(name)) continue;
        if (!isInCode(read(page), call)) continue;
        const command = program.commands.find((each) => each.name() === name);
        expect(command, call).not.to.equal(undefined);
        const [word = ''] = rest.trim().split(' ');
        const inner = command?.commands.find((each) => each.name() === word);
        // Some are spelt in Caffe's way too, which commander takes for the short one.
        const known = (inner ?? command)?.options.flatMap(({ long, short }) => [
          long,
          short,
        ]);
        for (const [flag] of rest.matchAll(/--[a-z_-]+/g)) {
          expect([...(known ?? []), '--help'], call).to.include(flag);
        }
      }
    });

    it(`${page} links to files that exist`, () => {
      for (const [, target = ''] of read(page).matchAll(/\]\(([^)#]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const path = join(root, dirname(page), target);
        expect(existsSync(path), relative(root, path)).to.equal(true);
      }
    });
  }

  it('the README tells of every command', () => {
    const text = read('README.md');
    const untold = commandNames(program).filter(
      (name) => name !== 'help' && !text.includes(`\`rancc ${name}\``),
    );
    expect(untold).to.deep.equal([]);
  });

  it('CONTRIBUTING and ARCHITECTURE name files and folders that exist', () => {
    for (const page of ['CONTRIBUTING.md', 'ARCHITECTURE.md']) {
      const paths = read(page).matchAll(
        /`((?:grammar|compiler|runtime|cli|prototxts|scripts|test)\/[\w./-]*)`/g,
      );
      for (const [, path = ''] of paths) {
        expect(existsSync(join(root, path)), `${page}: ${path}`).to.equal(true);
      }
    }
  });
});

/** Whether the words stand in a code block or between backticks, and not in a sentence. */
function isInCode(text: string, words: string): boolean {
  const at = text.indexOf(words);
  const fences = text.slice(0, at).match(/^```/gm)?.length ?? 0;
  if (fences % 2 === 1) return true;
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return (line.match(/`/g)?.length ?? 0) % 2 === 1;
}
