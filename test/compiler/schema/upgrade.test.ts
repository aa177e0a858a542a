import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import { loadMessage } from '../../../compiler/schema/load-net.js';
import { messageToJson } from '../../../compiler/schema/to-json.js';
import { messageToText } from '../../../compiler/schema/to-text.js';
import { upgradeNet } from '../../../compiler/schema/upgrade/upgrade-net.js';
import { upgradeSolver } from '../../../compiler/schema/upgrade/upgrade-solver.js';

interface Case {
  readonly name: string;
  readonly kind: 'net' | 'solver';
  readonly about: string;
  readonly status: 'upgraded' | 'incompatible' | 'up-to-date' | 'fatal';
}

const folder = new URL('../../reference/upgrade/', import.meta.url);
const text = (path: string): string =>
  readFileSync(new URL(path, folder), 'utf8');

const cases = JSON.parse(text('cases.json')) as readonly Case[];

function upgrade({ name, kind }: Case) {
  const source = {
    name: `${name}.prototxt`,
    text: text(`${name}.prototxt`),
  };
  if (kind === 'net') {
    const { message } = loadMessage(source, 'NetParameter');
    const { net, steps, isComplete, diagnostics } = upgradeNet(message);
    return { made: net, wasOld: steps.length > 0, isComplete, diagnostics };
  }
  const { message } = loadMessage(source, 'SolverParameter');
  const { solver, wasOld, diagnostics } = upgradeSolver(message);
  return { made: solver, wasOld, isComplete: true, diagnostics };
}

describe('upgrades of old nets and solvers', () => {
  for (const one of cases) {
    it(`${one.name}: ${one.about}`, () => {
      const { made, wasOld, isComplete, diagnostics } = upgrade(one);
      if (one.status === 'fatal') {
        expect(made).to.equal(undefined);
        const [found] = diagnostics.filter(isError);
        expect(found?.span).not.to.equal(undefined);
        return;
      }
      expect(diagnostics.filter(isError)).to.deep.equal([]);
      expect(wasOld).to.equal(one.status !== 'up-to-date');
      expect(isComplete).to.equal(one.status !== 'incompatible');
      if (made === undefined) throw new Error('not upgraded');
      expect(messageToText(made)).to.equal(
        text(`${one.name}.expected.prototxt`),
      );
      expect(messageToJson(made)).to.deep.equal(
        JSON.parse(text(`${one.name}.expected.json`)),
      );
    });
  }

  it('refuses inputs without a size for each', () => {
    for (const written of [
      'input: "a" input: "b" input_dim: [1, 2, 3, 4, 5]',
      'input: "a" input: "b" input_shape { dim: 1 }',
    ]) {
      const source = { name: 'net', text: written };
      const { message } = loadMessage(source, 'NetParameter');
      const { net, diagnostics } = upgradeNet(message);
      expect(net).to.equal(undefined);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([
        'schema/input-without-shape',
      ]);
      const span = diagnostics[0]?.span;
      expect(span && written.slice(span.start, span.end)).to.equal('"b"');
    }
  });

  it('keeps the places where things were written', () => {
    const written =
      'input: "data" input_dim: [1, 2, 3, 4] layers { name: "c" type: CONVOLUTION blobs_lr: 2 }';
    const { message } = loadMessage(
      { name: 'net', text: written },
      'NetParameter',
    );
    const { net } = upgradeNet(message);
    const [input, layer] = net?.get('layer') ?? [];
    const at = (span?: { start: number; end: number }) =>
      span && written.slice(span.start, span.end);
    expect(at(input?.spanOf('top'))).to.equal('"data"');
    const shape = input?.get('input_param').get('shape')[0];
    expect(at(shape?.spanOf('dim', 2))).to.equal('3');
    expect(at(layer?.spanOf('type'))).to.equal('CONVOLUTION');
    expect(at(layer?.get('param')[0]?.spanOf('lr_mult'))).to.equal('2');
    expect(at(layer?.span)).to.match(/^\{ name.*\}$/);
  });
});
