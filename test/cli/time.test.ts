import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import { documentIn, lenet, rancc } from './rancc-process.js';

interface TimeDocument {
  readonly iterations: number;
  readonly layers: readonly {
    readonly name: string;
    readonly forward: number;
    readonly backward: number;
  }[];
  readonly averages: {
    readonly forward: number;
    readonly forwardBackward: number;
    readonly gap: number;
  };
}

describe('rancc time', function () {
  this.timeout(120_000);
  before(function () {
    requireNative(this);
  });

  it("tells Caffe's table of a net", async () => {
    const model = lenet('deploy.prototxt');
    const said = await rancc(
      ...['time', '--model', model, '--iterations', '3', '--json'],
    );
    expect(said.status, said.stderr).to.equal(0);
    const { layers, averages, iterations } = documentIn(said) as TimeDocument;
    expect(iterations).to.equal(3);
    expect(layers.map(({ name }) => name)).to.include.members([
      'conv1',
      'pool1',
      'ip2',
    ]);
    const convolution = layers.find(({ name }) => name === 'conv2');
    expect(convolution?.forward).to.be.above(0);
    expect(convolution?.backward).to.be.above(0);
    expect(averages.forwardBackward).to.be.above(0);

    const lines = said.stderr.split('\n');
    const prefix = /^I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ caffe\.cpp:\d+\] /;
    const log = lines.flatMap((line) =>
      prefix.test(line) ? [line.replace(prefix, '')] : [],
    );
    expect(log.filter((line) => line.startsWith('Iteration: '))).to.have.length(
      3,
    );
    expect(log).to.include('Average time per layer: ');
    expect(log.find((line) => line.includes('forward:'))).to.match(
      /^ {0,10}\w+\tforward: [\d.e-]+ ms\.$/,
    );
    expect(log.at(-1)).to.equal('*** Benchmark ends ***');
  });

  it('refuses what it cannot read', async () => {
    const missing = await rancc('time', '--model', 'absent.prototxt');
    expect(missing.status).to.equal(2);
  });
});
