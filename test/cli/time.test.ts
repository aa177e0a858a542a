import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

import { requireNative } from '../support/require-native.js';
import {
  documentIn,
  launcher,
  lenet,
  rancc,
  reference,
} from './rancc-process.js';

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
    readonly folded?: number;
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

  it('takes weights, and passes forward and backward in phase TEST too', async () => {
    const said = await rancc(
      ...['time', '--model', lenet('deploy.prototxt'), '--iterations', '2'],
      ...[
        '--phase',
        'TEST',
        '--weights',
        lenet('lenet_iter_400.caffemodel'),
        '--json',
      ],
    );
    expect(said.status, said.stderr).to.equal(0);
    const { layers, averages } = documentIn(said) as TimeDocument;
    const product = layers.find(({ name }) => name === 'ip1');
    expect(product?.backward).to.be.above(0);
    expect(averages.folded).to.be.above(0);
  });

  it('ends on SIGINT while TensorFlow computes, with nothing left over', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'rancc-time-'));
    const child = spawn(
      process.execPath,
      [
        launcher,
        ...['time', '--model', lenet('deploy.prototxt')],
        ...['--iterations', '1000000'],
      ],
      { env: { ...process.env, TMPDIR: scratch } },
    );
    const ended = once(child, 'exit');
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (part: Buffer) => {
        said += String(part);
        if (said.includes('Iteration: 2 ')) resolve();
      });
      child.once('exit', () => {
        resolve();
      });
    });
    child.kill('SIGINT');
    const [status] = (await ended) as [number | null];
    expect(status, said).to.equal(130);
    // tsx keeps what it has transformed there.
    const left = readdirSync(scratch).filter(
      (name) => !name.startsWith('tsx-'),
    );
    expect(left).to.deep.equal([]);
    rmSync(scratch, { recursive: true });
  });

  it('refuses weights that do not fit', async () => {
    const said = await rancc(
      ...['time', '--model', lenet('deploy.prototxt'), '--iterations', '1'],
      ...['--weights', reference('filter/README.md')],
    );
    expect(said.status).to.equal(1);
    expect(said.stdout).to.equal('');
  });

  it('refuses what it cannot read', async () => {
    const missing = await rancc('time', '--model', 'absent.prototxt');
    expect(missing.status).to.equal(2);
  });
});
