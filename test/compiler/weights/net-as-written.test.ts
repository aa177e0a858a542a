import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { Net } from '../../../compiler/net/net.js';
import { readNet } from '../../../compiler/read-net.js';
import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import {
  caffemodelLength,
  type NetToWrite,
  writeCaffemodel,
} from '../../../compiler/weights/caffemodel-writer.js';
import { layersAsWritten } from '../../../compiler/weights/net-as-written.js';

import { referenceFolder } from '../../support/reference.js';
import { fileSource } from './file-source.js';

/** The net with the blobs of a snapshot of it, as it is written. */
function netWith(net: Net, snapshot: string): NetToWrite {
  const { file } = readCaffemodel(fileSource(snapshot));
  const blobs = new Map(file?.layers.map((layer) => [layer.name, layer.blobs]));
  return {
    name: net.name,
    layers: layersAsWritten(net).map((message) => ({
      name: message.get('name'),
      type: message.get('type'),
      blobs: blobs.get(message.get('name')) ?? [],
      message,
    })),
  };
}

function expectSameBytes(prototxt: string, snapshot: string): void {
  const { net, diagnostics } = readNet(
    { name: prototxt, text: readFileSync(prototxt, 'utf8') },
    { phase: 'TRAIN' },
  );
  if (net === undefined) throw new Error(JSON.stringify(diagnostics));
  const written = netWith(net, snapshot);
  const ours = Buffer.concat([...writeCaffemodel(written)]);
  const theirs = readFileSync(snapshot);
  expect(caffemodelLength(written)).to.equal(theirs.length);
  expect(ours.equals(theirs)).to.equal(true);
}

describe('a net as a snapshot holds it', () => {
  for (const [net, iteration] of [
    ['lenet', 400],
    ['attention_small', 400],
    ['resnet_batchnorm', 300],
  ] as const) {
    it(`has the bytes of Caffe's own file of ${net}`, () => {
      const folder = `test/reference/caffemodels/${net}`;
      const snapshot = `${net}_iter_${iteration}.caffemodel`;
      expectSameBytes(`${folder}/train_val.prototxt`, join(folder, snapshot));
    });
  }

  const training = referenceFolder('training');
  if (training === undefined) it('of a training (its snapshots are missing)');
  else {
    it("has the bytes of Caffe's own file of tiny", () => {
      expectSameBytes(
        join(training, 'nets/tiny.prototxt'),
        join(training, 'out/resume_binaryproto_iter_10.caffemodel'),
      );
    });
    for (const net of [
      'attention_tiny_spec',
      'tiny_twoloss',
      'tiny_shared',
      'tiny_batchnorm',
      'tiny_bn',
    ])
      it(`has the bytes of the weights that ${net} starts from`, () => {
        expectSameBytes(
          join(training, `nets/${net}.prototxt`),
          join(training, `init/${net}.caffemodel`),
        );
      });
  }
});
