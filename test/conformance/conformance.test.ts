import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { optimising, unfolded } from '../../compiler/passes/index.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../runtime/session.js';

import { expectGolden } from '../support/golden-file.js';
import { requireNative } from '../support/require-native.js';
import { readCases } from './layer-case.js';
import { type CaseResult, runCase } from './run-case.js';
import { tallyOf } from './tally.js';

const folder = fileURLToPath(new URL('../reference/layers', import.meta.url));
const countsFile = fileURLToPath(new URL('counts.txt', import.meta.url));

/** A line for each layer type: a case that is no longer run changes it. */
const countsText = (results: readonly CaseResult[]): string =>
  tallyOf(results)
    .types.map(({ type, counts }) =>
      [
        type,
        ...Object.entries(counts)
          .filter(([, count]) => count > 0)
          .map(([verdict, count]) => `${verdict} ${count}`),
      ].join(', '),
    )
    .join('\n') + '\n';

describe('Layer cases', () => {
  const cases = readCases(folder);
  let thread: SessionThread;

  before(async function () {
    requireNative(this);
    thread = await startSessionThread();
  });

  after(async () => {
    // Not started where the tests were skipped.
    await (thread as SessionThread | undefined)?.close();
  });

  for (const [name, pipeline] of Object.entries({ optimising, unfolded })) {
    const results: CaseResult[] = [];
    const types = new Set(cases.map(({ content }) => content.layer_type));

    describe(`through the ${name} passes`, () => {
      for (const type of types) {
        it(type, async () => {
          const reasons: string[] = [];
          for (const file of cases) {
            if (file.content.layer_type !== type) continue;
            const options = { pipeline, everything: false };
            const result = await runCase(thread, file, options);
            results.push(result);
            if (result.verdict !== 'failed') continue;
            reasons.push(`${file.relative}: ${result.reasons.join('; ')}`);
          }
          expect(reasons).to.deep.equal([]);
        });
      }

      it('are counted', () => {
        expect(results).to.have.length(cases.length);
        expectGolden(countsFile, countsText(results));
      });
    });
  }
});
