import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { filterLayers } from '../../../compiler/net/filter-layers.js';
import { loadNet } from '../../../compiler/schema/load-net.js';
import { withFields } from '../../../compiler/schema/make-message.js';
import type { Message } from '../../../compiler/schema/message.js';
import { messageToText } from '../../../compiler/schema/to-text.js';
import {
  type RecoveredNet,
  recoverNet,
} from '../../../compiler/weights/recover-net.js';

import { fileSource } from './file-source.js';

const folder = 'test/reference/caffemodels';

function recovered(path: string): RecoveredNet {
  const net = recoverNet(fileSource(path));
  if (net === undefined) throw new Error(`${path} was refused`);
  return net;
}

function layersOf(name: string, text: string): Message<'NetParameter'> {
  const { net, diagnostics } = loadNet({ name, text });
  if (net === undefined) throw new Error(JSON.stringify(diagnostics));
  return net;
}

/** Of each layer its text, without what Caffe adds when it writes a net. */
const textsOf = (
  layers: readonly Message<'LayerParameter'>[],
): readonly string[] =>
  layers.map((layer) =>
    messageToText(
      withFields(layer, { phase: undefined, loss_weight: undefined }),
    ),
  );

describe('recovering the net of a caffemodel', () => {
  for (const [net, iteration] of [
    ['attention_small', 400],
    ['lenet', 400],
    ['resnet_batchnorm', 300],
  ] as const)
    it(`gives ${net} as its train_val.prototxt has it for TRAIN`, () => {
      const { prototxt } = recovered(
        `${folder}/${net}/${net}_iter_${iteration}.caffemodel`,
      );
      const path = `${folder}/${net}/train_val.prototxt`;
      const written = layersOf(path, readFileSync(path, 'utf8'));
      const { layers } = filterLayers(written, {
        phase: 'TRAIN',
        level: 0,
        stages: [],
      });
      const own = layersOf('recovered', prototxt);
      expect(own.get('name')).to.equal(written.get('name'));
      expect(textsOf(own.get('layer'))).to.deep.equal(textsOf(layers));
    });

  it("tells the authors' Caffe by the numbers of its fields", () => {
    const { dialect } = recovered(
      `${folder}/attention_small/attention_small_iter_400.caffemodel`,
    );
    expect(dialect).to.equal('ran');
  });

  for (const age of ['v0', 'v1'])
    it(`brings a net of ${age} to today's form`, () => {
      const { prototxt } = recovered(`${folder}/lenet/lenet_${age}.caffemodel`);
      const path = `${folder}/lenet/lenet_${age}.upgraded.prototxt`;
      const wanted = layersOf(path, readFileSync(path, 'utf8'));
      expect(
        textsOf(layersOf('recovered', prototxt).get('layer')),
      ).to.deep.equal(textsOf(wanted.get('layer')));
    });

  it('says what the file does not carry', () => {
    const { notes } = recovered(`${folder}/lenet/lenet_iter_400.caffemodel`);
    expect(notes.join()).to.contain('this is the net that was trained');
  });
});
