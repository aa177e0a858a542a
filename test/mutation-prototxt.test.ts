import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { parse } from '../grammar/parse.js';
import type { Source, Span } from '../grammar/source.js';
import { decodeText } from '../grammar/text-encoding.js';

import { renderDiagnostic } from '../compiler/code-frame.js';
import { type Diagnostic, isError } from '../compiler/diagnostics.js';
import { readNet } from '../compiler/read-net.js';
import { fileKind } from '../compiler/schema/file-kind.js';
import { loadMessage } from '../compiler/schema/load-net.js';
import { loadSolver } from '../compiler/schema/load-solver.js';
import { jsonText, messageToJson } from '../compiler/schema/to-json.js';
import { messageToText } from '../compiler/schema/to-text.js';

import {
  belowFrom,
  randomNumbers,
  textMutations,
} from './support/mutations.js';
import { referenceFolder } from './support/reference.js';

/** In CI; `RANCC_MUTATIONS=100000` by hand. */
const count = Number(process.env['RANCC_MUTATIONS'] ?? '2000');
/** Where to begin: what failed can be run alone. */
const first = Number(process.env['RANCC_MUTATIONS_FROM'] ?? '0');

/** For one text: what takes longer hangs, on however busy a machine. */
const mostMilliseconds = 60_000;
/** By which the JavaScript heap may grow, whatever the text says of sizes. */
const mostBytes = 1_000_000_000;
const longestText = 24_000;

/** Real prototxts: the project's own and those of others, as far as they are there. */
function realTexts(): readonly Uint8Array[] {
  const folders = ['reference/upgrade', 'reference/filter'].map((name) =>
    fileURLToPath(new URL(`${name}/`, import.meta.url)),
  );
  const published = referenceFolder('corpus/prototxts');
  return [...folders, ...(published === undefined ? [] : [published])]
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /\.(?:prototxt|pt)$/.test(name))
        .sort()
        .map((name) => readFileSync(join(folder, name))),
    )
    .filter(({ length }) => length > 0 && length <= longestText);
}

/** Every diagnostic has a place in the text, and can be shown. */
function checkPlaces(found: readonly Diagnostic[], { text }: Source): void {
  // There may be one in every line: an expectation for each would take the time.
  const isInside = (span: Span | undefined): boolean =>
    span === undefined ||
    (0 <= span.start && span.start <= span.end && span.end <= text.length);
  for (const { span, notes, message } of found) {
    const isRight =
      span !== undefined &&
      isInside(span) &&
      notes.every((note) => isInside(note.span)) &&
      !/undefined|\[object/.test(message);
    if (!isRight) throw new Error(`a diagnostic without its place: ${message}`);
  }
  for (const one of found.slice(0, 20)) {
    renderDiagnostic(one, { colour: false });
  }
}

/** What is accepted prints and reads back to the same message. */
function checkReading(source: Source): void {
  const type = fileKind(parse(source).document) ?? 'NetParameter';
  const { message, dialect, diagnostics } = loadMessage(source, type);
  checkPlaces(diagnostics, source);
  if (diagnostics.some(isError)) return;
  const printed = messageToText(message);
  const again = loadMessage({ name: 'printed', text: printed }, type, {
    dialect: dialect.dialect,
  });
  expect(again.diagnostics.filter(isError)).to.deep.equal([]);
  expect(jsonText(messageToJson(again.message))).to.equal(
    jsonText(messageToJson(message)),
  );
  if (type === 'NetParameter') {
    checkPlaces(readNet(source).diagnostics, source);
    checkPlaces(readNet(source, { phase: 'TRAIN' }).diagnostics, source);
  } else if (type === 'SolverParameter') {
    checkPlaces(loadSolver(source).diagnostics, source);
  }
}

describe('damaged prototxts', function () {
  this.timeout(0);
  const texts = realTexts();
  const kinds = Object.entries(textMutations);
  const rounds = 20;
  const perRound = Math.ceil(count / rounds);

  for (let round = 0; round < rounds; round += 1) {
    const from = first + round * perRound;
    it(`numbers ${from} to ${from + perRound - 1}`, () => {
      // What the tests before have left is not this one's.
      const heap = process.memoryUsage().heapUsed;
      for (let index = from; index < from + perRound; index += 1) {
        const below = belowFrom(randomNumbers(1701 + index));
        const original = texts[below(texts.length)] ?? new Uint8Array(1);
        const names: string[] = [];
        let bytes: Uint8Array = original;
        for (let times = below(3); times >= 0; times -= 1) {
          const [name, mutate] = kinds[below(kinds.length)] ?? [];
          if (name === undefined || mutate === undefined) continue;
          names.push(name);
          bytes = mutate(bytes, below, texts);
        }
        const start = performance.now();
        try {
          checkReading({ name: 'damaged', text: decodeText(bytes) });
        } catch (thrown) {
          const reason = thrown instanceof Error ? thrown : undefined;
          throw new Error(
            `number ${index} (${names.join(', ')}): ${reason?.message ?? ''}`,
            { cause: thrown },
          );
        }
        const place = `number ${index} (${names.join(', ')})`;
        expect(performance.now() - start, place).to.be.below(mostMilliseconds);
        expect(process.memoryUsage().heapUsed - heap, place).to.be.below(
          mostBytes,
        );
      }
    });
  }
});
