import { expect } from 'chai';

import { printedProgress } from '../../../runtime/native/progress.js';

function record(isTTY: boolean): readonly string[] {
  const written: string[] = [];
  let time = 0;
  const progress = printedProgress(
    { isTTY, write: (text: string) => written.push(text) },
    () => time,
  );
  const stage = progress.begin('Downloading');
  for (let second = 1; second <= 25; second++) {
    time = second * 1000;
    stage.update(second * 10e6, 250e6);
  }
  stage.end();
  return written;
}

describe('Progress of the set-up', () => {
  it('is a few lines where there is no terminal', () => {
    expect(record(false)).to.deep.equal([
      'Downloading ...\n',
      'Downloading: 40 % of 250 MB\n',
      'Downloading: 80 % of 250 MB\n',
      'Downloading: done in 25.0 s\n',
    ]);
  });

  it('is one line rewritten on a terminal', () => {
    const written = record(true);
    expect(written).to.have.length(27);
    for (const text of written) expect(text).to.match(/^\r\x1b\[K/);
    expect(written.filter((text) => text.endsWith('\n'))).to.have.length(1);
  });
});
