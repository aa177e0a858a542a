import { expect } from 'chai';

import type { AttentionOptions } from '../../prototxts/attention.js';
import { generateAttention } from '../../prototxts/attention.js';

import type { PlainNet } from './plain-layers.js';
import { parseNet } from './plain-layers.js';

function refusalOf(options: AttentionOptions): string {
  const generated = generateAttention(options);
  return 'refusal' in generated ? generated.refusal : 'not refused';
}

function deployOf(options: AttentionOptions): PlainNet {
  const generated = generateAttention(options);
  if ('refusal' in generated) throw new Error(generated.refusal);
  const [deploy] = generated.files;
  return parseNet(generated.net, deploy?.text ?? '');
}

describe('Generating a net of the Residual Attention family', () => {
  it('gives the deploy net under its name', () => {
    const generated = generateAttention({
      depth: 92,
      unit: 'resnext',
      dataset: 'imagenet',
    });
    expect(generated).to.have.property('net', 'AttentionNeXt-92');
    expect(generated)
      .to.have.property('files')
      .that.has.nested.property('[0].name', 'deploy.prototxt');
  });

  it('names layers once and reads only blobs that exist', () => {
    for (const [depth, dataset] of [
      [92, 'imagenet'],
      [452, 'cifar10'],
    ] as const) {
      const { layers } = deployOf({ depth, unit: 'preact', dataset });
      const names = layers.map(({ name }) => name);
      expect(new Set(names)).to.have.lengthOf(names.length);
      const made = new Set<string>();
      for (const { bottoms, tops } of layers) {
        for (const bottom of bottoms) expect(made).to.include(bottom);
        for (const top of tops) made.add(top);
      }
    }
  });

  it('splits trunk and mask after p units, and pools after r', () => {
    const { layers } = deployOf({
      depth: 452,
      unit: 'preact',
      dataset: 'cifar10',
    });
    const bottomsOf = (name: string): readonly string[] | undefined =>
      layers.find((layer) => layer.name === name)?.bottoms;
    const module = 'AttentionB_1';
    const down = `${module}/mask/down_sample`;
    expect(bottomsOf(`${down}/pool1_3x3_s2`)).to.deep.equal([
      `${module}/trunk/res2`,
    ]);
    expect(bottomsOf(`${down}/pool2_3x3_s2`)).to.deep.equal([`${down}/res1_3`]);
    expect(bottomsOf(`${module}/mask/up_sample/interp_2`)).to.deep.equal([
      `${down}/res2_6`,
      `${down}/res1_3`,
    ]);
    expect(bottomsOf(`${module}/fusion`)).to.deep.equal([
      `${module}_residual`,
      `${module}/trunk/res6`,
    ]);
  });

  it('is as deep as its name says', () => {
    for (const depth of [56, 92, 128, 164, 236, 452]) {
      const { layers } = deployOf({
        depth,
        unit: 'preact',
        dataset: 'cifar10',
      });
      const alongTheTrunks = layers.filter(
        ({ name, type }) =>
          (type === 'Convolution' || type === 'InnerProduct') &&
          !name.includes('/mask/') &&
          !name.includes('/branch2/'),
      );
      expect(alongTheTrunks).to.have.lengthOf(depth);
    }
  });

  it('refuses a net that is not in the family and lists the family', () => {
    const family =
      'the family has Attention-56, 92 and AttentionNeXt-56, 92 for imagenet; ' +
      'Attention-56, 92, 128, 164, 236, 452 for cifar10; ' +
      'Attention-56, 92, 128, 164, 236, 452 for cifar100';
    expect(
      refusalOf({ depth: 128, unit: 'preact', dataset: 'imagenet' }),
    ).to.equal(`there is no Attention-128 for imagenet; ${family}`);
    expect(
      refusalOf({ depth: 56, unit: 'resnext', dataset: 'cifar100' }),
    ).to.equal(`there is no AttentionNeXt-56 for cifar100; ${family}`);
    expect(
      refusalOf({ depth: 57, unit: 'preact', dataset: 'cifar10' }),
    ).to.equal(`there is no Attention-57 for cifar10; ${family}`);
  });
});
