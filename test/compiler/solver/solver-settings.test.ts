import { expect } from 'chai';

import { loadSolver } from '../../../compiler/schema/load-solver.js';
import { solverSettings } from '../../../compiler/solver/solver-settings.js';

const plain = 'net: "n" base_lr: 0.1 lr_policy: "fixed" max_iter: 5';

function read(text: string) {
  const { solver } = loadSolver({ name: 'solver.prototxt', text });
  if (solver === undefined) throw new Error('not loaded');
  return solverSettings(solver);
}

const codesOf = (text: string): readonly string[] =>
  read(text).diagnostics.map(({ code }) => code);

describe('Settings of a solver', () => {
  it('are what is written, in float32, and Caffe defaults', () => {
    const { settings, diagnostics } = read(plain);
    expect(diagnostics).to.deep.equal([]);
    expect(settings).to.deep.include({
      type: 'SGD',
      momentum: 0,
      momentum2: Math.fround(0.999),
      delta: Math.fround(1e-8),
      clipGradients: undefined,
      passes: 1,
      averageLoss: 1,
      randomSeed: undefined,
      mode: 'GPU',
      regularization: 'L2',
    });
    expect(settings?.rate.baseRate).to.equal(Math.fround(0.1));
    expect(settings?.test.atStart).to.equal(true);
    expect(settings?.snapshot).to.deep.equal({
      interval: 0,
      prefix: '',
      format: 'BINARYPROTO',
      afterTraining: true,
      withUpdates: false,
    });
  });

  it('know the old enum of types', () => {
    expect(read(`${plain} solver_type: ADAGRAD`).settings?.type).to.equal(
      'AdaGrad',
    );
  });

  const refused: Readonly<Record<string, string>> = {
    'type: "Adma"': 'solver/unknown-name',
    'weight_decay: 1 regularization_type: "L3"': 'solver/unknown-name',
    'type: "AdaGrad" momentum: 0.9': 'solver/momentum',
    'type: "RMSProp" momentum: 0.9': 'solver/momentum',
    'type: "RMSProp" rms_decay: 1': 'solver/rms-decay',
    'iter_size: 0': 'solver/too-small',
    'average_loss: 0': 'solver/too-small',
    'test_iter: 1': 'solver/too-small',
    'test_iter: -1 test_interval: 1': 'solver/too-small',
    'snapshot: -1': 'solver/too-small',
  };
  for (const [text, code] of Object.entries(refused)) {
    it(`${text}: ${code}`, () => {
      expect(codesOf(`${plain} ${text}`)).to.deep.equal([code]);
    });
  }

  it('lack a policy, or one that there is', () => {
    expect(codesOf('net: "n" base_lr: 1')).to.deep.equal([
      'solver/unknown-name',
    ]);
    expect(codesOf('net: "n" lr_policy: "stpe"')).to.deep.equal([
      'solver/unknown-name',
    ]);
    expect(codesOf('net: "n" lr_policy: "step"')).to.deep.equal([
      'solver/too-small',
    ]);
    expect(codesOf('net: "n" lr_policy: "poly"')).to.deep.equal([
      'solver/too-small',
    ]);
  });

  it('suggest the name that is meant, at its place', () => {
    const { diagnostics } = read(`${plain} type: "Adma"`);
    expect(diagnostics[0]?.span?.start).to.equal(plain.length + 7);
    expect(diagnostics[0]?.notes).to.deep.equal([
      { message: "did you mean 'Adam'?" },
    ]);
  });
});
