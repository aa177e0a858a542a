import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { parse } from '../../../grammar/parse.js';
import { positionAt } from '../../../grammar/source.js';
import { decodeText } from '../../../grammar/text-encoding.js';

import { type Diagnostic, isError } from '../../../compiler/diagnostics.js';
import { fileKind } from '../../../compiler/schema/file-kind.js';
import { loadMessage, loadNet } from '../../../compiler/schema/load-net.js';
import { loadSolver } from '../../../compiler/schema/load-solver.js';
import { messageToText } from '../../../compiler/schema/to-text.js';

import { referenceFolder } from '../../support/reference.js';

interface Row {
  readonly file: string;
  /** net, solver, other */
  readonly kind: string;
  readonly version: string;
  readonly tolerant_parse: string;
  readonly fork_strict: string;
  readonly fork_error: string;
  readonly bvlc_strict: string;
  readonly bvlc_error: string;
}

function rowsOf(table: string): readonly Row[] {
  const [head = '', ...lines] = table.trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(
      names.map((name, index) => [name, cells[index] ?? '']),
    ) as unknown as Row;
  });
}

const errorsOf = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.filter(isError).map(({ code, message, span }) => {
    const place = span && positionAt(span.source, span.start);
    return `${place?.line ?? '?'}:${place?.column ?? '?'} ${code}: ${message}`;
  });

/** Words and lists in place of numbers, as templates and other forks have them. */
const oddNumbers: Readonly<Record<string, number>> = {
  '011': 30,
  '036': 2527,
  '150': 284,
};

describe('prototxts that people published', () => {
  const folder = referenceFolder('corpus/prototxts');
  if (folder === undefined) {
    it('needs the corpus');
    return;
  }
  for (const row of rowsOf(readFileSync(join(folder, 'expect.tsv'), 'utf8'))) {
    const source = {
      name: row.file,
      text: decodeText(readFileSync(join(folder, row.file))),
    };
    const type = row.kind === 'solver' ? 'SolverParameter' : 'NetParameter';
    if (row.tolerant_parse === 'yes') {
      it(`${row.file} is read with warnings at most`, () => {
        if (row.kind !== 'other') {
          expect(fileKind(parse(source).document)).to.equal(type);
        }
        const { diagnostics } = loadMessage(source, type);
        expect(errorsOf(diagnostics)).to.deep.equal([]);
        if (row.kind === 'net') {
          const { net, diagnostics } = loadNet(source);
          expect(errorsOf(diagnostics)).to.deep.equal([]);
          expect(net).not.to.equal(undefined);
        } else if (row.kind === 'solver') {
          const { solver, diagnostics } = loadSolver(source);
          expect(errorsOf(diagnostics)).to.deep.equal([]);
          expect(solver).not.to.equal(undefined);
        }
      });
      const oddLine = oddNumbers[row.file.slice(0, 3)];
      if (oddLine !== undefined) {
        it(`${row.file} is warned of in line ${oddLine}`, () => {
          const { diagnostics } = loadMessage(source, type);
          const found = diagnostics.find(
            ({ code }) => code === 'text/expected-integer',
          );
          expect(found?.severity).to.equal('warning');
          const start = found?.span?.start ?? 0;
          expect(positionAt(source, start).line).to.equal(oddLine);
        });
      }
      const upgraded = join(folder, 'upgraded', row.file);
      if (existsSync(upgraded)) {
        it(`${row.file} is upgraded as Caffe does`, () => {
          const { net } = loadNet(source);
          const text = readFileSync(upgraded, 'utf8');
          const expected = loadMessage({ name: upgraded, text }, type).message;
          expect(net && messageToText(net)).to.equal(messageToText(expected));
        });
      }
    } else {
      it(`${row.file} has one error, where it is broken`, () => {
        const wrong = errorsOf(loadMessage(source, type).diagnostics);
        const [, line = ''] = /^line (\d+)/.exec(row.tolerant_parse) ?? [];
        expect(wrong).to.have.length(1);
        expect(wrong[0]).to.match(new RegExp(`^${line}:`));
      });
    }
    for (const [dialect, schema] of [
      ['ran', 'fork'],
      ['bvlc', 'bvlc'],
    ] as const) {
      const passes = row[`${schema}_strict`] === 'yes';
      it(`${row.file} ${passes ? 'passes' : 'does not pass'} ${dialect}`, () => {
        const { diagnostics } = loadMessage(source, type, {
          strict: true,
          dialect,
        });
        const found = errorsOf(diagnostics);
        if (passes) {
          expect(found).to.deep.equal([]);
          return;
        }
        const [, culprit] =
          /named "(.*)"\.$|value of "(.*)" for/.exec(row[`${schema}_error`]) ??
          [];
        expect(found).not.to.deep.equal([]);
        if (culprit !== undefined) {
          expect(found[0]).to.include(`'${culprit}'`);
        }
      });
    }
  }
});
