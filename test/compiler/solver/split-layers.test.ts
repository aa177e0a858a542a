import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { Net } from '../../../compiler/net/net.js';
import { readNet } from '../../../compiler/read-net.js';
import { backwardNeeds } from '../../../compiler/solver/backward-needs.js';
import {
  backwardLines,
  forwardLines,
} from '../../../compiler/solver/debug-lines.js';
import { withSplits } from '../../../compiler/solver/split-layers.js';

import { referenceFolder } from '../../support/reference.js';

const training = referenceFolder('training');

function netOf(text: string, phase: 'TRAIN' | 'TEST' = 'TRAIN'): Net {
  const inputShapes = new Map([
    ['data', [4, 3, 32, 32]],
    ['label', [4]],
  ]);
  const { net } = readNet({ name: 'net', text }, { phase, inputShapes });
  if (net === undefined) throw new Error('not read');
  return net;
}

const layer = (text: string): string => `layer { ${text} }\n`;
const data =
  layer('name: "data" type: "Input" top: "x"') +
  layer('name: "label" type: "Input" top: "y"');
const small = (text: string): Net => {
  const inputShapes = new Map([
    ['x', [2, 3]],
    ['y', [2]],
  ]);
  const { net } = readNet(
    { name: 'net', text: data + text },
    { phase: 'TRAIN', inputShapes },
  );
  if (net === undefined) throw new Error('not read');
  return net;
};
const ip = (name: string, bottom: string, more = ''): string =>
  layer(
    `name: "${name}" type: "InnerProduct" bottom: "${bottom}" top: "${name}"
     inner_product_param { num_output: 3 } ${more}`,
  );
const loss = (bottom: string, more = ''): string =>
  layer(
    `name: "loss" type: "SoftmaxWithLoss" bottom: "${bottom}" bottom: "y" top: "loss" ${more}`,
  );

const backward = (net: Net): readonly string[] =>
  backwardLines(net).map((line) =>
    line.kind === 'bottom-gradient'
      ? `${line.layer} < ${line.blob}`
      : `${line.layer} ${line.parameter}`,
  );

describe("Caffe's Splits", () => {
  // The train net comes first in the log, then the test net.
  for (const [at, phase] of (['TRAIN', 'TEST'] as const).entries())
    it(`stand where the reference has them, and go back where it does (${phase})`, function () {
      if (training === undefined) this.skip();
      const log = readFileSync(
        join(training, 'logs', 'train_two_losses.log'),
        'utf8',
      ).split('Initializing net from parameters')[at + 1];
      const text = readFileSync(
        join(training, 'nets', 'tiny_twoloss.prototxt'),
        'utf8',
      );
      const found = (pattern: RegExp): readonly string[] =>
        [...(log ?? '').matchAll(pattern)].map(([, name = '']) => name);
      const net = netOf(text, phase);
      const layers = withSplits(net);
      expect(layers.map(({ name }) => name)).to.deep.equal(
        found(/Creating Layer (\S+)/g),
      );
      expect(
        layers.flatMap(({ name, bottoms, tops }) => [
          ...bottoms.map((each) => `${name} <- ${each.name}`),
          ...tops.map((each) => `${name} -> ${each.name}`),
        ]),
      ).to.deep.equal(found(/net\.cpp:\d+\] (\S+ (?:<-|->) \S+)/g));
      const needs = backwardNeeds(net, layers);
      expect(
        layers
          .filter((_, index) => needs[index]?.isNeeded)
          .map(({ name }) => name),
      ).to.deep.equal(found(/\] (\S+) needs backward/g).toReversed());
    });

  it('count a loss weight that is written out as the first reader', () => {
    const net = small(
      ip('a', 'x') +
        loss('a', 'loss_weight: 2') +
        layer('name: "twice" type: "Power" bottom: "loss" top: "twice"'),
    );
    expect(
      forwardLines(net).flatMap((line) =>
        line.kind === 'top' ? [line.blob] : [],
      ),
    ).to.deep.equal([
      'x',
      'y',
      'a',
      'loss',
      'loss_loss_0_split_0',
      'loss_loss_0_split_1',
      'twice',
    ]);
  });
});

describe('What debug_info tells of a backward pass', () => {
  it('leaves out what has nothing to learn above, the last layer first', () => {
    const net = small(ip('a', 'x') + ip('b', 'a') + loss('b'));
    expect(backward(net)).to.deep.equal([
      'loss < b',
      'b < a',
      'b 0',
      'b 1',
      'a 0',
      'a 1',
    ]);
  });

  it('leaves out frozen parameters, and layers above which all are', () => {
    const frozen = 'param { lr_mult: 0 } param { lr_mult: 0 }';
    const net = small(
      ip('a', 'x', frozen) +
        ip('b', 'a', 'param { lr_mult: 0 } param { lr_mult: 1 }') +
        loss('b'),
    );
    expect(backward(net)).to.deep.equal(['loss < b', 'b 1']);
  });

  it('leaves out what propagate_down: false keeps back, and what leads to no loss', () => {
    const net = small(
      ip('a', 'x') +
        ip('b', 'a', 'propagate_down: false') +
        ip('aside', 'b') +
        loss('b'),
    );
    expect(backward(net)).to.deep.equal([
      'loss < b_b_0_split_1',
      'b_b_0_split < b',
      'b 0',
      'b 1',
    ]);
  });

  it('tells of everything with force_backward', () => {
    const net = small(`force_backward: true ${ip('a', 'x')} ${loss('a')}`);
    expect(backward(net)).to.include.members(['a < x', 'loss < y']);
  });
});
