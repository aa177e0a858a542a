import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';

import { openEvaluatorIn } from '../../../runtime/evaluator.js';
import { startSessionThread } from '../../../runtime/session.js';
import type { Tensor } from '../../../runtime/tensor.js';

import { referenceFolder } from '../../support/reference.js';
import { requireNative } from '../../support/require-native.js';
import { inFolder } from './in-folder.js';
import { withNetData } from './net-data-of.js';

const reference = join(import.meta.dirname, '../../reference');

type GoldenBlob =
  | { readonly shape: readonly number[]; readonly values: readonly number[] }
  | {
      readonly shape: readonly number[];
      readonly crc32: number;
      readonly sha256: string;
      readonly first32: readonly number[];
      readonly last8: readonly number[];
    };

interface GoldenCase {
  readonly name: string;
  readonly phase: 'TRAIN' | 'TEST';
  readonly prototxt: string;
  readonly batches: readonly Readonly<Record<string, GoldenBlob>>[];
}

const { cases } = JSON.parse(
  readFileSync(join(reference, 'data/goldens.json'), 'utf8'),
) as { readonly cases: readonly GoldenCase[] };

/** Float32 numbers, written with as many digits as tell them apart. */
const floats = (written: readonly number[]): readonly number[] =>
  written.map((number) => Math.fround(number));

function expectBlob(name: string, tensor: Tensor, golden: GoldenBlob): void {
  expect(tensor.shape, name).to.deep.equal(golden.shape);
  const values = tensor.data as Float32Array;
  if ('values' in golden) {
    expect([...values], name).to.deep.equal(floats(golden.values));
    return;
  }
  expect([...values.subarray(0, 32)], name).to.deep.equal(
    floats(golden.first32),
  );
  expect([...values.subarray(-8)], name).to.deep.equal(floats(golden.last8));
  const bytes = new Uint8Array(
    values.buffer,
    values.byteOffset,
    values.byteLength,
  );
  expect(crc32(bytes), name).to.equal(golden.crc32);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(sha256, name).to.equal(golden.sha256);
}

function expectPass(
  tensors: ReadonlyMap<string, Tensor>,
  golden: Readonly<Record<string, GoldenBlob>>,
): void {
  expect([...tensors.keys()].sort()).to.deep.equal(Object.keys(golden).sort());
  for (const [name, tensor] of tensors) {
    const blob = golden[name];
    if (blob !== undefined) expectBlob(name, tensor, blob);
  }
}

/** The reference without its largest database is part of the project. */
function folderOf({ prototxt }: GoldenCase): string | undefined {
  const source = /source: "([^"]*)"/.exec(prototxt)?.[1];
  if (source === undefined || existsSync(join(reference, source))) {
    return reference;
  }
  const folder = referenceFolder('data');
  return folder === undefined ? undefined : join(folder, '..');
}

const isDummy = ({ prototxt }: GoldenCase): boolean =>
  prototxt.includes('type: "DummyData"');

describe("batches of data layers, as the reference Caffe's", () => {
  const files = cases.filter((one) => !isDummy(one));

  it('has the cases of every source', () => {
    expect(cases).to.have.length(41);
    expect(files).to.have.length(36);
  });

  for (const golden of files) {
    const { name, prototxt, phase, batches } = golden;
    const folder = folderOf(golden);
    (folder === undefined ? it.skip : it)(name, () =>
      inFolder(folder ?? '', () =>
        withNetData(prototxt, { phase }, async (data) => {
          expect(batches).to.have.length(3);
          for (const batch of batches) {
            const given = await data.next();
            expectPass(given.tensors, batch);
            given.release();
          }
        }),
      ),
    );
  }
});

describe('batches of DummyData, computed by the graph', () => {
  before(function () {
    requireNative(this);
  });

  for (const { name, prototxt, batches } of cases.filter(isDummy)) {
    it(name, async () => {
      const { model } = compile({ name, text: prototxt });
      if (model === undefined) throw new Error('it does not compile');
      const thread = await startSessionThread();
      const evaluator = await openEvaluatorIn(thread, model);
      try {
        for (const batch of batches) {
          expectPass(await evaluator.predict(new Map()), batch);
        }
      } finally {
        await evaluator.close();
        await thread.close();
      }
    });
  }
});
