import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

import { optimising, unfolded } from '../../compiler/passes/index.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../runtime/session.js';

import { requireNative } from '../support/require-native.js';
import { differenceOf } from './compare.js';
import { compileCase } from './compile-case.js';
import { computeCase, type Computed } from './compute-case.js';
import {
  type CaseBlob,
  type CaseFile,
  numberOf,
  readCases,
  wantsBackward,
} from './layer-case.js';

/** How far gradients that are computed in two ways may be apart, by the largest of a blob. */
const tolerance = 1e-5;

/** All gradients of a case, by input or by parameter. */
const gradientsOf = ({
  input_diffs,
  param_diffs,
}: Computed): ReadonlyMap<string, CaseBlob> =>
  new Map([
    ...Object.entries(input_diffs),
    ...Object.entries(param_diffs).flatMap(([layer, blobs]) =>
      blobs.map((blob, index) => [`${layer}[${index}]`, blob] as const),
    ),
  ]);

describe('The optimised and the unfolded pipeline', () => {
  let thread: SessionThread;

  before(async function () {
    requireNative(this);
    thread = await startSessionThread();
  });

  after(async () => {
    await thread.close();
  });

  const computed = async (
    file: CaseFile,
    pipeline: typeof optimising,
  ): Promise<ReadonlyMap<string, CaseBlob>> => {
    const { model, errors } = compileCase(file, pipeline, 'outputs');
    if (model === undefined) {
      throw new Error(errors.map(({ message }) => message).join('\n'));
    }
    return gradientsOf(await computeCase(thread, model, file, pipeline, false));
  };

  const graphs = readCases(
    fileURLToPath(new URL('../reference/layers/_graphs', import.meta.url)),
  );
  for (const file of graphs) {
    const { content, relative } = file;
    if (!wantsBackward(content) || content.error !== undefined) continue;
    it(`give the same gradients: ${relative}`, async () => {
      const folded = await computed(file, optimising);
      const plain = await computed(file, unfolded);
      expect([...folded.keys()]).to.deep.equal([...plain.keys()]);
      for (const [name, { data }] of plain) {
        const found = folded.get(name)?.data.map(numberOf) ?? [];
        const difference = differenceOf(found, data.map(numberOf));
        expect(difference, name).to.be.at.most(tolerance);
      }
    });
  }
});
