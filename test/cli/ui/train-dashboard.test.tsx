import { expect } from 'chai';
import { cleanup, render } from 'ink-testing-library';

import type { TrainingEvent } from '../../../runtime/training/training-event.js';

import { TrainDashboard } from '../../../cli/ui/TrainDashboard.js';
import {
  curveText,
  durationText,
  TrainingWatch,
} from '../../../cli/ui/training-view.js';

const started: TrainingEvent = {
  kind: 'started',
  net: 'tiny',
  policy: 'fixed',
  iteration: 10,
  maxIterations: 110,
};

const iteration = (number: number, loss: number): TrainingEvent => ({
  kind: 'iteration',
  iteration: number,
  rate: 0.003,
  loss,
  smoothedLoss: loss,
  scores: [],
  gradientNorm: undefined,
  step: undefined,
  waited: 100,
});

/** Ten iterations of 100 ms, 16 images each, from iteration 10 on. */
function watched(): TrainingWatch {
  const watch = new TrainingWatch(16);
  watch.follow(started, 0);
  for (let done = 0; done < 10; done++)
    watch.follow(iteration(10 + done, 3 - done / 10), 100 * (done + 1));
  watch.follow(
    {
      kind: 'tested',
      iteration: 20,
      net: 0,
      scores: [{ name: 'accuracy', value: 0.25, lossWeight: 0 }],
      loss: undefined,
    },
    1000,
  );
  return watch;
}

describe('A training on a terminal', () => {
  afterEach(cleanup);

  it('shows how far it is, how fast it goes and what its tests were', () => {
    const view = watched().view(1000, 512e6);
    const { lastFrame } = render(
      <TrainDashboard view={view} width={120} colour={false} />,
    );
    expect(
      (lastFrame() ?? '').split('\n').map((line) => line.trimEnd()),
    ).to.eql([
      'tiny  iteration 20 of 110  ████▍',
      'loss 2.1  lr 0.003  ██▇▆▅▄▃▂▁▁',
      '10 iterations/s  160 images/s  10 % waited for data  9 s left  512 MB of memory',
      'test #0 at 20: accuracy 0.25',
    ]);
  });

  it('keeps to a narrow terminal', () => {
    const { lastFrame } = render(
      <TrainDashboard
        view={watched().view(1000, 1e9)}
        width={30}
        colour={false}
      />,
    );
    for (const line of (lastFrame() ?? '').split('\n'))
      expect(line.length).to.be.at.most(30);
  });

  it('thins a long curve, and keeps its ends', () => {
    const watch = new TrainingWatch(undefined);
    watch.follow(started, 0);
    for (let done = 0; done < 1000; done++)
      watch.follow(iteration(done, 1000 - done), done);
    const { losses, imagesPerSecond } = watch.view(1000, 0);
    expect(losses.length).to.be.at.least(60).and.below(120);
    expect(losses[0]).to.be.above(990);
    expect(losses).to.eql(losses.toSorted((one, two) => two - one));
    expect(imagesPerSecond).to.equal(undefined);
  });

  it('draws curves and tells durations', () => {
    expect(curveText([1, 2, NaN, 3], 10)).to.equal('▁▅█');
    expect(curveText([5, 5], 10)).to.equal('▁▁');
    expect(curveText([], 10)).to.equal('');
    expect([12.4, 200, 7500].map(durationText)).to.eql([
      '12 s',
      '3 min 20 s',
      '2 h 05 min',
    ]);
  });
});
