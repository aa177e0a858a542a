import { expect } from 'chai';

import { compile } from '../../../compiler/compile.js';

import {
  type SessionThread,
  startSessionThread,
} from '../../../runtime/session.js';

import { inputText, layerText } from '../../support/lowered.js';
import { requireNative } from '../../support/require-native.js';
import { runModel } from '../../support/run-model.js';

describe("BatchNorm with NVIDIA's scale_bias (C4)", () => {
  let thread: SessionThread;

  before(async function () {
    requireNative(this);
    thread = await startSessionThread();
  });

  after(async () => {
    await thread.close();
  });

  /** With the same blobs in the same order, whichever layers have them. */
  const outputOf = async (
    text: string,
    phase: 'TRAIN' | 'TEST',
  ): Promise<Float32Array> => {
    const { model, diagnostics } = compile(
      { name: 'net.prototxt', text },
      { phase, dialect: 'nvidia' },
    );
    if (model === undefined) throw new Error(diagnostics[0]?.message);
    const [output] = (await runModel(thread, model)).values();
    return output?.data as Float32Array;
  };

  for (const phase of ['TRAIN', 'TEST'] as const)
    it(`is BatchNorm and Scale with a bias in ${phase}`, async () => {
      const x = inputText('x', [3, 4, 5, 2]);
      // The made-up variances may be below 0.
      const eps = 'eps: 1000';
      const together = await outputOf(
        x +
          layerText(
            'y',
            'BatchNorm',
            'x',
            `batch_norm_param { ${eps} scale_bias: true }`,
          ),
        phase,
      );
      const apart = await outputOf(
        x +
          layerText('n', 'BatchNorm', 'x', `batch_norm_param { ${eps} }`) +
          layerText('y', 'Scale', 'n', 'scale_param { bias_term: true }'),
        phase,
      );
      expect(together).to.have.length(120);
      together.forEach((value, at) => {
        expect(value).to.be.closeTo(apart[at] ?? NaN, 1e-6);
      });
      expect(new Set(together).size).to.be.above(100);
    });
});
