import { join } from 'node:path';
import { expect } from 'chai';

import { compile } from '../../../../compiler/compile.js';

import { openEvaluatorIn } from '../../../../runtime/evaluator.js';
import { startSessionThread } from '../../../../runtime/session.js';

import { requireNative } from '../../../support/require-native.js';
import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import {
  dataLayer,
  datums,
  imageNumber,
  writeRecords,
} from '../made-sources.js';
import { withNetData } from '../net-data-of.js';

const net = `
  layer { name: "in" type: "Input" top: "data"
    input_param { shape { dim: 4 dim: 3 dim: 4 dim: 5 } } }
  layer { name: "twice" type: "Power" bottom: "data" top: "twice"
    power_param { scale: 2 shift: 1 } }`;

describe('batches that are fed to TensorFlow without a copy', () => {
  before(function () {
    requireNative(this);
  });

  it('are what it computes with, batch after batch in the same memory', () =>
    withTemporaryFolder(async (folder) => {
      const path = await writeRecords(join(folder, 'db'), 'LMDB', datums(10));
      const { model } = compile({ name: 'net', text: net });
      if (model === undefined) throw new Error('it does not compile');
      const thread = await startSessionThread();
      const evaluator = await openEvaluatorIn(thread, model);
      try {
        // Memory for one batch ahead: each is filled while the one before is computed with.
        const options = { workers: 1, memory: 1 };
        await withNetData(dataLayer(path), options, async (data) => {
          for (let number = 0; number < 12; number++) {
            const batch = await data.next();
            const fed = batch.tensors.get('data')?.data as Float32Array;
            expect(fed.buffer).to.be.instanceOf(SharedArrayBuffer);
            const given = new Map(
              [...batch.tensors].filter(([name]) => name === 'data'),
            );
            const outputs = await evaluator.predict(given);
            batch.release();
            const wanted = [0, 1, 2, 3].flatMap((item) =>
              Array.from(
                imageNumber((4 * number + item) % 10).pixels,
                (pixel) => 2 * pixel + 1,
              ),
            );
            expect([...(outputs.get('twice')?.data ?? [])]).to.deep.equal(
              wanted,
            );
          }
        });
      } finally {
        await evaluator.close();
        await thread.close();
      }
    }));
});
