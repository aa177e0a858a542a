import { expect } from 'chai';

import type { AttentionOptions } from '../../prototxts/attention.js';
import { learnings, masks } from '../../prototxts/choices.js';

import { countParameters } from './count-parameters.js';
import { generatedNet } from './generated-file.js';
import type { PlainLayer } from './plain-layers.js';

const usual = { depth: 56, unit: 'preact', dataset: 'cifar10' } as const;

const deployOf = (options: Partial<AttentionOptions>): readonly PlainLayer[] =>
  generatedNet({ ...usual, ...options }, 'deploy').layers;

function layerOf(layers: readonly PlainLayer[], name: string): PlainLayer {
  const layer = layers.find((each) => each.name === name);
  if (layer === undefined) throw new Error(`there is no ${name}`);
  return layer;
}

const isOfMask = ({ name }: PlainLayer): boolean =>
  /\/mask(\/normal)?$/.test(name);

describe('Kinds of attention', () => {
  it('have names of their own, for nets and folders', () => {
    const nameOf = (options: Partial<AttentionOptions>): string =>
      generatedNet({ ...usual, ...options }, 'deploy').name;
    expect(nameOf({ mask: 'mixed', learning: 'arl' })).to.equal('Attention-56');
    expect(nameOf({ mask: 'spatial' })).to.equal('Attention-56-spatial');
    expect(nameOf({ learning: 'nal' })).to.equal('Attention-56-nal');
    expect(nameOf({ mask: 'channel', learning: 'nal' })).to.equal(
      'Attention-56-channel-nal',
    );
  });

  it('have the same number of parameters', () => {
    const expected = countParameters(generatedNet(usual, 'deploy')).total;
    for (const mask of masks) {
      for (const learning of learnings) {
        const net = generatedNet({ ...usual, mask, learning }, 'deploy');
        const counts = countParameters(net);
        expect(counts.total, `${mask}, ${learning}`).to.equal(expected);
      }
    }
  });

  it('differ by the layers of the mask alone', () => {
    const others = deployOf({}).filter((layer) => !isOfMask(layer));
    for (const mask of ['channel', 'spatial'] as const) {
      expect(
        deployOf({ mask }).filter((layer) => !isOfMask(layer)),
      ).to.deep.equal(others);
    }
  });

  it('channel: LRN over a window that holds all channels, with the root of their sum', () => {
    const layers = deployOf({ mask: 'channel' });
    const channels = { A: 64, B: 128, C: 256 };
    for (const [letter, count] of Object.entries(channels)) {
      const mask = `Attention${letter}_1/mask`;
      const { type, bottoms, tops, fields } = layerOf(layers, mask);
      expect({ type, bottoms, tops }).to.deep.equal({
        type: 'LRN',
        bottoms: [`${mask}/linear_2`],
        tops: [mask],
      });
      const size = 2 * count - 1;
      expect(fields['lrn_param']).to.deep.equal([
        { local_size: [size], alpha: [size], beta: [0.5], k: [1e-12] },
      ]);
    }
    expect(layers.map(({ type }) => type)).not.to.include('Sigmoid');
  });

  it('spatial: MVN of each channel, then a sigmoid', () => {
    const layers = deployOf({ mask: 'spatial' });
    const mask = 'AttentionB_1/mask';
    const normal = layerOf(layers, `${mask}/normal`);
    expect(normal).to.include({ type: 'MVN' });
    expect(normal.bottoms).to.deep.equal([`${mask}/linear_2`]);
    // Caffe's defaults: variance too, each channel for itself.
    expect(normal.fields).to.deep.equal({});
    const sigmoid = layerOf(layers, mask);
    expect(sigmoid).to.include({ type: 'Sigmoid' });
    expect(sigmoid.bottoms).to.deep.equal([`${mask}/normal`]);
  });

  it('naive learning: the product goes on, nothing is added to it', () => {
    const residual = deployOf({});
    const naive = deployOf({ learning: 'nal' });
    const added = residual
      .map(({ name }) => name)
      .filter((name) => !naive.some((layer) => layer.name === name));
    // The sums, and the activations that are named after what they read.
    expect(added.filter((name) => !/\/bn(\/relu)?$/.test(name))).to.deep.equal([
      'AttentionA_1/fusion',
      'AttentionB_1/fusion',
      'AttentionC_1/fusion',
    ]);
    const { bottoms } = layerOf(naive, 'AttentionA_1');
    expect(bottoms).to.include('AttentionA_1_residual');
  });
});
