import { expect } from 'chai';

import type { Net } from '../../compiler/net/net.js';
import { readNet } from '../../compiler/read-net.js';

import {
  type AttentionOptions,
  generateAttention,
} from '../../prototxts/attention.js';
import { unitNames } from '../../prototxts/choices.js';
import { family } from '../../prototxts/family.js';

import { generatedText } from './generated-file.js';

const usual = { depth: 56, unit: 'preact', dataset: 'cifar10' } as const;

/** Sets a net up as `rancc check --strict` does; nothing but an absent database is said. */
function setUp(
  options: AttentionOptions,
  kind: 'deploy' | 'train_val',
  phase: 'TRAIN' | 'TEST',
): Net {
  const source = { name: kind, text: generatedText(options, kind) };
  const { net, diagnostics } = readNet(source, { strict: true, phase });
  const said = diagnostics.filter(({ code }) => code !== 'data/source-missing');
  expect(said, 'diagnostics').to.deep.equal([]);
  if (net === undefined) throw new Error('no net was set up');
  return net;
}

/** `name/index shape` of every blob of parameters, in the order of the net. */
const blobsOf = (net: Net): readonly string[] =>
  net.layers.flatMap(({ parameters }) =>
    parameters.map(
      ({ layer, index, spec }) => `${layer}/${index} ${spec.shape.join('x')}`,
    ),
  );

/** CIFAR-100 has the nets of CIFAR-10 with more classes. */
const everyNet = (['imagenet', 'cifar10'] as const).flatMap((dataset) =>
  unitNames.flatMap((unit) =>
    family[dataset][unit].map(({ depth }) => ({ dataset, unit, depth })),
  ),
);

describe('train_val nets of the family', () => {
  for (const options of everyNet) {
    const { dataset, unit, depth } = options;
    it(`${dataset}, ${unit}, ${depth}: their weights fit the deploy net`, () => {
      const deployed = blobsOf(setUp(options, 'deploy', 'TEST'));
      expect(blobsOf(setUp(options, 'train_val', 'TRAIN'))).to.deep.equal(
        deployed,
      );
    });
  }

  for (const kind of [
    { mask: 'channel' },
    { mask: 'spatial' },
    { learning: 'nal' },
  ] as const) {
    it(`can be set up with ${JSON.stringify(kind)} in both phases`, () => {
      const options = { ...usual, ...kind };
      const deployed = blobsOf(setUp(options, 'deploy', 'TEST'));
      for (const phase of ['TRAIN', 'TEST'] as const) {
        expect(blobsOf(setUp(options, 'train_val', phase))).to.deep.equal(
          deployed,
        );
      }
    });
  }

  it('learn slope and bias of BN, and keep the solver off its statistics', () => {
    const { layers } = setUp(usual, 'train_val', 'TRAIN');
    const normalisations = layers.filter(({ type }) => type === 'BN');
    expect(normalisations).to.have.lengthOf(106);
    for (const { message, parameters } of normalisations) {
      expect(message.get('bn_param').get('frozen')).to.equal(false);
      const rates = parameters.map(({ lrMult, decayMult }) => [
        lrMult,
        decayMult,
      ]);
      expect(rates).to.deep.equal([
        [1, 1],
        [1, 1],
        [0, 0],
        [0, 0],
      ]);
      const param = message.get('bn_param');
      expect(param.get('slope_filler').get('value')).to.equal(1);
      expect(param.get('bias_filler').get('value')).to.equal(0);
    }
  });

  it('start convolutions and the classifier as He et al. do', () => {
    const { layers } = setUp(usual, 'train_val', 'TRAIN');
    for (const { type, message } of layers) {
      if (type === 'Convolution') {
        const filler = message.get('convolution_param').get('weight_filler');
        expect(filler.get('type')).to.equal('msra');
      }
      if (type === 'InnerProduct') {
        const param = message.get('inner_product_param');
        expect(param.get('weight_filler').get('type')).to.equal('msra');
        expect(param.get('bias_filler').get('value')).to.equal(0);
      }
    }
  });

  it('have the loss in both phases, and two accuracies in TEST', () => {
    const outputsOf = (phase: 'TRAIN' | 'TEST'): readonly string[] =>
      setUp(usual, 'train_val', phase).outputs.map(({ name }) => name);
    expect(outputsOf('TRAIN')).to.deep.equal(['loss']);
    expect([...outputsOf('TEST')].sort()).to.deep.equal([
      'accuracy_top1',
      'accuracy_top5',
      'loss',
    ]);
    const { layers } = setUp(usual, 'train_val', 'TEST');
    const most = layers
      .filter(({ type }) => type === 'Accuracy')
      .map(({ message }) => message.get('accuracy_param').get('top_k'));
    expect(most).to.deep.equal([1, 5]);
  });
});

describe('Data of the train_val nets', () => {
  const dataOf = (
    options: AttentionOptions,
    phase: 'TRAIN' | 'TEST',
  ): string => {
    const layers = generatedText(options, 'train_val').split('layer {');
    const data = layers.find(
      (layer) =>
        layer.includes('type: "Data"') && layer.includes(`phase: ${phase}`),
    );
    if (data === undefined) throw new Error(`no data in ${phase}`);
    return data;
  };
  const imagenet = { ...usual, dataset: 'imagenet' } as const;

  it('of CIFAR: padded in TRAIN, less the mean of each pixel', () => {
    const train = dataOf(usual, 'TRAIN');
    expect(train).to.include(
      'transform_param { mirror: true crop_size: 32 mean_file: "data/cifar10/mean.binaryproto" rancc_augment { pad: 4 } }',
    );
    expect(train).to.include(
      'data_param { source: "data/cifar10/train_lmdb" batch_size: 64 backend: LMDB }',
    );
    const test = dataOf(usual, 'TEST');
    expect(test).to.include(
      'transform_param { crop_size: 32 mean_file: "data/cifar10/mean.binaryproto" }',
    );
    expect(test).to.include('source: "data/cifar10/test_lmdb" batch_size: 100');
  });

  it('of ImageNet: scale, aspect and colours vary in TRAIN alone', () => {
    const train = dataOf(imagenet, 'TRAIN');
    expect(train).to.match(/mirror: true crop_size: 224 .*min_area: 0.08/);
    expect(train).to.include('lighting: 0.1');
    const test = dataOf(imagenet, 'TEST');
    expect(test).to.include('rancc_augment { short_side: 256 std:');
    expect(test).not.to.match(/mirror|area|aspect|lighting/);
    expect(test).to.include('source: "data/imagenet/val_lmdb" batch_size: 50');
  });

  it('come without fields of rancc where Caffe is to read them', () => {
    for (const options of [usual, imagenet]) {
      const text = generatedText(
        { ...options, augmentation: 'caffe' },
        'train_val',
      );
      expect(text).not.to.include('rancc_augment');
      expect(text).to.include('mirror: true');
    }
  });

  it('have wrong labels in TRAIN where that is wanted', () => {
    const options = { ...usual, labelNoise: 0.3, noiseSeed: 5 };
    const train = dataOf(options, 'TRAIN');
    expect(train).to.include(
      'rancc_augment { pad: 4 } rancc_label_noise { rate: 0.3 seed: 5 classes: 10 } }',
    );
    expect(dataOf(options, 'TEST')).not.to.include('noise');
    expect(dataOf({ ...imagenet, labelNoise: 1 }, 'TRAIN')).to.include(
      'rancc_label_noise { rate: 1 seed: 0 classes: 1000 }',
    );
    expect(generatedText(usual, 'train_val')).not.to.include('noise');
    setUp(options, 'train_val', 'TRAIN');
  });

  it('have no wrong labels where Caffe is to read them', () => {
    const generated = generateAttention({
      ...usual,
      augmentation: 'caffe',
      labelNoise: 0.3,
    });
    expect(generated).to.have.property('refusal');
  });

  it('of ImageNet are read in colours: some files are gray', () => {
    for (const phase of ['TRAIN', 'TEST'] as const) {
      expect(dataOf(imagenet, phase)).to.include('force_color: true');
      expect(dataOf(usual, phase)).not.to.include('force_color');
    }
  });

  it('come from another folder, in batches of another size', () => {
    const options = { ...usual, dataFolder: 'small/set', batchSize: 8 };
    const train = dataOf(options, 'TRAIN');
    expect(train).to.include('source: "small/set/train_lmdb" batch_size: 8');
    expect(train).to.include('mean_file: "small/set/mean.binaryproto"');
    expect(dataOf(options, 'TEST')).to.include('source: "small/set/test_lmdb"');
  });
});
