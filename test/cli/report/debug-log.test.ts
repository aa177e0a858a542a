import { expect } from 'chai';

import { debugLine } from '../../../cli/report/debug-log.js';

describe("debug_info in Caffe's words", () => {
  it('tells tops, parameters and gradients', () => {
    expect(
      debugLine({
        kind: 'top',
        layer: 'conv1',
        blob: 'conv1',
        mean: 0.06450371,
      }),
    ).to.deep.equal([
      'net.cpp:591',
      '    [Forward] Layer conv1, top blob conv1 data: 0.0645037',
    ]);
    expect(
      debugLine({ kind: 'parameter', layer: 'ip', parameter: 'w', mean: 2 }),
    ).to.deep.equal([
      'net.cpp:603',
      '    [Forward] Layer ip, param blob w data: 2',
    ]);
    expect(
      debugLine({
        kind: 'bottom-gradient',
        layer: 'ip',
        blob: 'x',
        mean: 1.5e-7,
      }),
    ).to.deep.equal([
      'net.cpp:619',
      '    [Backward] Layer ip, bottom blob x diff: 1.5e-07',
    ]);
    expect(
      debugLine({
        kind: 'parameter-gradient',
        layer: 'ip',
        parameter: '0',
        mean: NaN,
      }),
    ).to.deep.equal([
      'net.cpp:630',
      '    [Backward] Layer ip, param blob 0 diff: nan',
    ]);
  });

  it('tells the norms as an error, as glog has them', () => {
    expect(
      debugLine({
        kind: 'norms',
        l1: { data: 309.656, gradient: 390.321 },
        l2: { data: 6.95755, gradient: 14.7451 },
      }),
    ).to.deep.equal([
      'net.cpp:719',
      '    [Backward] All net params (data, diff): L1 norm = (309.656, 390.321); L2 norm = (6.95755, 14.7451)',
      'E',
    ]);
  });
});
