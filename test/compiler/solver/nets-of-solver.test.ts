import { expect } from 'chai';

import { loadSolver } from '../../../compiler/schema/load-solver.js';
import { netsOfSolver } from '../../../compiler/solver/nets-of-solver.js';

const layer = (phase: string): string =>
  `layer { name: "in ${phase}" type: "DummyData" top: "x" include { phase: ${phase} }
   dummy_data_param { shape { dim: 2 } } }`;
const files: Readonly<Record<string, string>> = {
  'both.prototxt': `name: "both" ${layer('TRAIN')} ${layer('TEST')}`,
  'broken.prototxt': 'layer { name: }',
  'debugged.prototxt': `debug_info: true ${layer('TRAIN')}`,
};

/** The layers of each net, then the codes of all diagnostics. */
function netsOf(text: string): readonly string[] {
  const { solver } = loadSolver({ name: 'solver', text });
  if (solver === undefined) throw new Error('not loaded');
  const { nets, diagnostics } = netsOfSolver(solver, (name) => {
    const found = files[name];
    return found === undefined ? undefined : { name, text: found };
  });
  return [
    ...nets.map(
      ({ net, state }) =>
        `${state.phase}: ${net?.layers.map(({ name }) => name).join() ?? 'none'}`,
    ),
    ...[diagnostics, ...nets.map((one) => one.diagnostics)]
      .flat()
      .map(({ code }) => code),
  ];
}

describe('the nets of a solver', () => {
  it('are the common one for training and for each test_iter', () => {
    expect(netsOf('net: "both.prototxt" test_iter: [1, 1]')).to.deep.equal([
      'TRAIN: in TRAIN',
      'TEST: in TEST',
      'TEST: in TEST',
    ]);
  });

  it('are those inside the solver, which come first', () => {
    expect(
      netsOf(
        `train_net: "both.prototxt" test_iter: [1, 1] test_net: "both.prototxt"
         test_net_param { ${layer('TEST').replace('in TEST', 'inside')} }`,
      ),
    ).to.deep.equal(['TRAIN: in TRAIN', 'TEST: inside', 'TEST: in TEST']);
  });

  it('leave debug_info to the solver, and say so', () => {
    expect(netsOf('net: "debugged.prototxt"')).to.deep.equal([
      'TRAIN: in TRAIN',
      'solver/net-debug-info',
    ]);
    expect(netsOf('net: "debugged.prototxt" debug_info: true')).to.deep.equal([
      'TRAIN: in TRAIN',
    ]);
  });

  it('are told of where one is missing or broken', () => {
    expect(netsOf('net: "none.prototxt"')).to.deep.equal([
      'TRAIN: none',
      'solver/net-file-missing',
    ]);
    expect(netsOf('net: "broken.prototxt"')).to.deep.equal([
      'TRAIN: none',
      'text/expected-string',
    ]);
  });

  for (const [text, code] of [
    ['base_lr: 1', 'solver/no-net'],
    ['net: "a" train_net: "b"', 'solver/two-train-nets'],
    ['train_net: "a" test_iter: 1', 'solver/test-iter-count'],
    ['net: "a" test_net: "b"', 'solver/test-iter-count'],
    [
      'net: "a" test_iter: 1 test_state {} test_state {}',
      'solver/test-state-count',
    ],
  ] as const) {
    it(`${text} is refused`, () => {
      expect(netsOf(text)).to.deep.equal([code]);
    });
  }
});
