import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import { loadMessage } from '../../../compiler/schema/load-net.js';
import type { Message } from '../../../compiler/schema/message.js';
import { messageToText } from '../../../compiler/schema/to-text.js';
import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import { messageBytes } from '../../../compiler/weights/message-writer.js';
import { recoverNet } from '../../../compiler/weights/recover-net.js';
import { upgradeCaffemodel } from '../../../compiler/weights/upgrade-caffemodel.js';
import type { WeightFile } from '../../../compiler/weights/weight-file.js';
import { WireWriter } from '../../../compiler/weights/wire-writer.js';

import { contentOf } from '../../support/weight-contents.js';
import { bytesSource, fileSource } from './file-source.js';

interface Case {
  readonly name: string;
  readonly kind: 'net' | 'solver';
  readonly status: 'upgraded' | 'incompatible' | 'up-to-date' | 'fatal';
}

const folder = new URL('../../reference/upgrade/', import.meta.url);
const text = (path: string): string =>
  readFileSync(new URL(path, folder), 'utf8');
const cases = JSON.parse(text('cases.json')) as readonly Case[];

const netIn = (path: string): Message<'NetParameter'> =>
  loadMessage({ name: path, text: text(path) }, 'NetParameter').message;

/** With enums, defaults and blobs: all that the text says. */
const bytesOf = (path: string): Uint8Array =>
  messageBytes(netIn(path)).finish();

function upgraded(bytes: Uint8Array) {
  const { upgraded: net, diagnostics } = upgradeCaffemodel(
    bytesSource(bytes, 'old.caffemodel'),
  );
  return {
    net,
    diagnostics,
    bytes: net && Uint8Array.from(Buffer.concat([...net.pieces])),
  };
}

function weightsIn(bytes: Uint8Array): WeightFile {
  const { file, diagnostics } = readCaffemodel(bytesSource(bytes));
  if (file === undefined) throw new Error(JSON.stringify(diagnostics));
  return file;
}

const lenet = 'test/reference/caffemodels/lenet';

describe('upgrades of binary nets', () => {
  for (const { name, status } of cases.filter(({ kind }) => kind === 'net'))
    it(`${name} becomes what its text becomes`, () => {
      const { net, bytes, diagnostics } = upgraded(bytesOf(`${name}.prototxt`));
      if (status === 'fatal') {
        expect(net).to.equal(undefined);
        expect(diagnostics.some(isError)).to.equal(true);
        return;
      }
      expect(diagnostics.filter(isError)).to.deep.equal([]);
      expect(net?.isComplete).to.equal(status !== 'incompatible');
      expect(net?.steps.length === 0).to.equal(status === 'up-to-date');
      expect(Buffer.from(bytes ?? [])).to.deep.equal(
        Buffer.from(bytesOf(`${name}.expected.prototxt`)),
      );
    });

  for (const age of ['v0', 'v1'])
    it(`keep the weights of ${age} and its net`, () => {
      const old = readFileSync(`${lenet}/lenet_${age}.caffemodel`);
      const { bytes = old } = upgraded(old);
      const before = weightsIn(old);
      const made = weightsIn(bytes);
      // Its inputs have become a layer.
      expect(made.layers[0]?.type).to.equal('Input');
      const after = { ...made, layers: made.layers.slice(1) };
      expect(after.format).to.equal('caffemodel, V2');
      expect(contentOf(after)).to.deep.equal(contentOf(before));
      const wanted = readFileSync(
        `${lenet}/lenet_${age}.upgraded.prototxt`,
        'utf8',
      );
      expect(recoverNet(bytesSource(bytes))?.prototxt).to.equal(
        messageToText(
          loadMessage({ name: 'wanted', text: wanted }, 'NetParameter').message,
        ),
      );
    });

  for (const net of ['attention_small', 'lenet', 'resnet_batchnorm'])
    for (const file of readdirSync(`test/reference/caffemodels/${net}`))
      if (file.endsWith('.caffemodel') && !/_v[01]\./.test(file))
        it(`leave ${file} as it is, byte for byte`, () => {
          const path = `test/reference/caffemodels/${net}/${file}`;
          const source = fileSource(path);
          const { upgraded: made } = upgradeCaffemodel(source);
          expect(
            Buffer.concat([...(made?.pieces ?? [])]).equals(readFileSync(path)),
          ).to.equal(true);
        });

  it('keep fields that are not known, where they have a place', () => {
    const inside = new WireWriter()
      .text(1, 'one')
      .text(2, 'BatchNorm')
      .message(6, new WireWriter().text(1, 'shared').number(99, 3))
      .message(6, new WireWriter())
      .message(6, new WireWriter())
      .text(148, 'of another fork');
    const { bytes, net } = upgraded(
      new WireWriter()
        .text(1, 'net')
        .number(77, 5)
        .message(100, inside)
        .finish(),
    );
    expect(net?.steps).to.deep.equal(['batch-norm']);
    const frozen = new WireWriter()
      .varint(3 * 8 + 5)
      .raw(new Uint8Array(4))
      .varint(4 * 8 + 5)
      .raw(new Uint8Array(4));
    const wanted = new WireWriter()
      .text(1, 'net')
      .number(77, 5)
      .message(
        100,
        new WireWriter()
          .text(1, 'one')
          .text(2, 'BatchNorm')
          .message(
            6,
            new WireWriter().text(1, 'shared').append(frozen).number(99, 3),
          )
          .message(6, frozen)
          .message(6, frozen)
          .text(148, 'of another fork'),
      );
    expect(bytes).to.deep.equal(wanted.finish());
  });

  it('say which field of an old layer has no place any more', () => {
    const layer = new WireWriter().text(4, 'one').number(5, 18).number(900, 1);
    const { net, diagnostics } = upgraded(
      new WireWriter().message(2, layer).finish(),
    );
    expect(net?.isComplete).to.equal(false);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal([
      'weights/old-field-unknown',
    ]);
  });

  for (const [number, whose] of [
    [4242, 'of no dialect'],
    [41, 'about which forks disagree'],
  ] as const)
    it(`leave out a type number ${whose}, and say so`, () => {
      const layer = new WireWriter().text(4, 'one').number(5, number);
      const { bytes, net, diagnostics } = upgraded(
        new WireWriter().message(2, layer).finish(),
      );
      expect(net?.isComplete).to.equal(false);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([
        'weights/old-type-unknown',
      ]);
      expect(diagnostics[0]?.message).to.include(`'one'`);
      expect(diagnostics[0]?.message).to.include(`${number}`);
      expect(bytes).to.deep.equal(
        new WireWriter().message(100, new WireWriter().text(1, 'one')).finish(),
      );
    });

  it('refuse old layers beside those of today, but for V0', () => {
    const today = new WireWriter().text(1, 'new').text(2, 'ReLU');
    const v1 = new WireWriter().text(4, 'old').number(5, 18);
    const v0 = new WireWriter().message(
      1,
      new WireWriter().text(1, 'old').text(2, 'relu'),
    );
    for (const [old, taken] of [
      [v1, false],
      [v0, true],
    ] as const) {
      const bytes = new WireWriter()
        .message(2, old)
        .message(100, today)
        .finish();
      expect(upgraded(bytes).net !== undefined).to.equal(taken);
      const { file, diagnostics } = readCaffemodel(bytesSource(bytes));
      expect(file?.layers.map(({ name }) => name)).to.deep.equal(
        taken ? ['old'] : undefined,
      );
      expect(diagnostics.map(({ code }) => code)).to.deep.equal([
        taken ? 'weights/mixed-versions' : 'weights/mixed-layers',
      ]);
    }
  });

  it('refuse damaged files and files of other kinds', () => {
    const whole = readFileSync(`${lenet}/lenet_v1.caffemodel`);
    const cut = upgraded(whole.subarray(0, whole.length - 7));
    expect(cut.diagnostics[0]?.code).to.equal('weights/corrupt');
    const other = upgraded(
      readFileSync(`${lenet}/lenet_iter_400.caffemodel.h5`),
    );
    expect(other.diagnostics[0]?.code).to.equal('weights/foreign-file');
  });
});
