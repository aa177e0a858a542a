import { expect } from 'chai';
import { cleanup, render } from 'ink-testing-library';

import { ProgressBar } from '../../../cli/ui/ProgressBar.js';
import { StageList } from '../../../cli/ui/StageList.js';

describe('The stages on a terminal', () => {
  afterEach(cleanup);

  it('stand below each other, the last with how far it is', () => {
    const { lastFrame } = render(
      <StageList
        colour={false}
        width={80}
        stages={[
          { name: 'compiling net.prototxt', milliseconds: 340 },
          {
            name: 'assigning weights',
            progress: { done: 15_900_000, total: 31_800_000 },
          },
        ]}
      />,
    );
    expect(lastFrame()).to.equal(
      '✓ compiling net.prototxt 340 ms\n• assigning weights ████████████             15.9 M of 31.8 M',
    );
  });

  it('say less where the terminal is narrow', () => {
    const name = 'reading a_file_with_a_long_name.caffemodel';
    const { lastFrame } = render(
      <StageList
        colour={false}
        width={30}
        stages={[{ name, progress: { done: 1, total: 2 } }]}
      />,
    );
    const frame = lastFrame() ?? '';
    for (const line of frame.split('\n')) expect(line.length).to.be.at.most(30);
    expect(frame).to.include('1 of 2').and.not.include('█');
  });

  it('fill a bar by eighths', () => {
    const frameOf = (share: number) =>
      render(<ProgressBar share={share} width={4} />)
        .lastFrame()
        ?.trimEnd();
    expect([0, 0.25, 0.28125, 1, 7].map(frameOf)).to.eql([
      '',
      '█',
      '█▏',
      '████',
      '████',
    ]);
  });
});
