import { expect } from 'chai';

import type { TrainingEvent } from '../../../runtime/training/training-event.js';

import { TrainLog } from '../../../cli/report/train-log.js';

const iteration = (number: number): TrainingEvent => ({
  kind: 'iteration',
  iteration: number,
  rate: Math.fround(0.003),
  loss: 2.5,
  smoothedLoss: Math.fround(2.279034),
  scores: [
    { name: 'loss1', value: Math.fround(2.6), lossWeight: Math.fround(0.3) },
    { name: 'accuracy', value: 0.125, lossWeight: 0 },
  ],
  gradientNorm: Math.fround(5.74774),
  step: 2,
  waited: 0,
});

/** A log whose time goes on by half a second for each look. */
function log(): TrainLog {
  let now = 0;
  return new TrainLog({ display: 10, clipGradients: 1 }, () => (now += 500));
}

describe("The log of a training in Caffe's words", () => {
  it('tells an iteration that is displayed: loss, outputs, rate, clipping', () => {
    const lines = log();
    lines.lines(iteration(0));
    expect(lines.lines(iteration(10))).to.eql([
      [
        'solver.cpp:219',
        'Iteration 10 (20 iter/s, 0.5s/10 iters), loss = 2.27903',
      ],
      [
        'solver.cpp:238',
        '    Train net output #0: loss1 = 2.6 (* 0.3 = 0.78 loss)',
      ],
      ['solver.cpp:238', '    Train net output #1: accuracy = 0.125'],
      ['sgd_solver.cpp:46', 'MultiStep Status: Iteration 10, step = 2'],
      ['sgd_solver.cpp:105', 'Iteration 10, lr = 0.003'],
      [
        'sgd_solver.cpp:92',
        'Gradient clipping: scaling down gradients (L2 norm 5.74774 > 1) by scale factor 0.173981',
      ],
    ]);
  });

  it('tells of others only what happens', () => {
    expect(
      log()
        .lines(iteration(7))
        .map(([place]) => place),
    ).to.eql(['sgd_solver.cpp:46', 'sgd_solver.cpp:92']);
  });

  it('tells of snapshots in either form, of stops and interrupted tests', () => {
    const snapshot = {
      kind: 'snapshot',
      iteration: 5,
      weights: 'a.caffemodel.h5',
      state: 'a.solverstate.h5',
      format: 'HDF5',
    } as const;
    expect(log().lines(snapshot)).to.eql([
      ['solver.cpp:458', 'Snapshotting to HDF5 file a.caffemodel.h5'],
      [
        'sgd_solver.cpp:283',
        'Snapshotting solver state to HDF5 file a.solverstate.h5',
      ],
    ]);
    expect(log().lines({ kind: 'ended', why: 'stopped' })).to.eql([
      ['solver.cpp:295', 'Optimization stopped early.'],
      ['caffe.cpp:259', 'Optimization Done.'],
    ]);
    expect(log().lines({ kind: 'test-interrupted' })).to.eql([
      ['solver.cpp:380', 'Test interrupted.'],
    ]);
  });
});
