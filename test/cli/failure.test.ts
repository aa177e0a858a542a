import { expect } from 'chai';

import { InternalError } from '../../compiler/diagnostics.js';

import { LayerFailure } from '../../runtime/evaluator.js';
import { EnvironmentFailure } from '../../runtime/native/failure.js';
import { RuntimeFailure } from '../../runtime/runtime-failure.js';

import { failureOf } from '../../cli/failure.js';
import { UsageError } from '../../cli/usage-error.js';

describe('Failures of the command line', () => {
  it('have a status each, and advice', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const cases = [
      [new UsageError('no file', 'did you mean x?'), 2, 'did you mean x?'],
      [
        new EnvironmentFailure('no library', 'install it'),
        3,
        'cure: install it',
      ],
      [full, 3, 'cure: free some space on that disk'],
      [
        new InternalError('bug'),
        1,
        'please report it with the prototxt and this message',
      ],
    ] as const;
    for (const [thrown, status, advice] of cases) {
      const { status: found, event } = failureOf(thrown);
      expect(found, thrown.message).to.equal(status);
      expect(event).to.have.nested.property('advice[0]', advice);
    }
  });

  it("give TensorFlow's words a place in the prototxt", () => {
    const source = { name: 'net.prototxt', text: 'layer { }' };
    const span = { source, start: 0, end: 5 };
    const thrown = new LayerFailure(
      new RuntimeFailure('out of memory', 'conv1/Conv2D'),
      { layer: 'conv1', span, pass: 'fuse-bias' },
    );
    const { status, event } = failureOf(thrown);
    expect(status).to.equal(1);
    expect(event).to.have.nested.property('diagnostics[0].span', span);
    expect(event).to.have.nested.property(
      'diagnostics[0].message',
      "TensorFlow failed in layer 'conv1': out of memory",
    );
  });

  it('show where a fault happened only to those who ask', () => {
    const before = process.env['RANCC_DEBUG'];
    try {
      delete process.env['RANCC_DEBUG'];
      expect(failureOf(new TypeError('x')).event).to.include({ message: 'x' });
      process.env['RANCC_DEBUG'] = '1';
      expect(failureOf(new TypeError('x')).event)
        .to.have.property('message')
        .that.matches(/failure\.test\.ts/);
    } finally {
      if (before === undefined) delete process.env['RANCC_DEBUG'];
      else process.env['RANCC_DEBUG'] = before;
    }
  });
});
