import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';

import { openFile } from '../../runtime/file-source.js';
import { RuntimeFailure } from '../../runtime/runtime-failure.js';
import { readSignatures } from '../../runtime/saved-model-signatures.js';
import {
  deviceReport,
  openSession,
  type Session,
} from '../../runtime/session.js';
import type { Feed, Tensor } from '../../runtime/tensor.js';

import { requireNative } from '../support/require-native.js';
import { writeSmallSavedModel } from '../support/small-saved-model.js';

const floats = (
  name: string,
  shape: readonly number[],
  data: readonly number[] | Float32Array,
  transfer = false,
): Feed => ({
  name,
  tensor: {
    dtype: 'float32',
    shape,
    data: data instanceof Float32Array ? data : Float32Array.from(data),
  },
  transfer,
});

const integers = (
  name: string,
  shape: readonly number[],
  data: readonly number[],
): Feed => ({
  name,
  tensor: { dtype: 'int32', shape, data: Int32Array.from(data) },
});

async function failureOf(work: Promise<unknown>): Promise<RuntimeFailure> {
  try {
    await work;
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(RuntimeFailure);
    return thrown as RuntimeFailure;
  }
  throw new Error('nothing failed');
}

const only = (tensors: readonly Tensor[]): Tensor => {
  expect(tensors).to.have.length(1);
  const [tensor] = tensors;
  if (tensor === undefined) throw new Error('no tensor came back');
  return tensor;
};

const weights = floats('new_weights:0', [3, 2], [1, 2, 3, 4, 5, 6]);
const ones = floats('x:0', [1, 3], [1, 1, 1]);

describe('Session', () => {
  let folder: string;
  let session: Session;

  before(async function () {
    folder = await writeSmallSavedModel();
    requireNative(this);
    session = await openSession(folder);
  });

  after(async () => {
    // Not opened where the tests were skipped.
    await (session as Session | undefined)?.close();
    rmSync(dirname(folder), { recursive: true });
  });

  it('keeps variables from run to run', async () => {
    await session.run([weights], ['assigned:0']);
    const y = only(await session.run([ones], ['y:0']));
    expect(y.dtype).to.equal('float32');
    expect(y.shape).to.deep.equal([1, 2]);
    expect([...y.data]).to.deep.equal([9, 12]);
    const read = only(await session.run([], ['read:0']));
    expect([...read.data]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('gives results in the order of the fetches', async () => {
    await session.run([weights], ['assigned:0']);
    const results = await session.run([ones], ['read:0', 'y:0']);
    expect(results.map((tensor) => tensor.shape)).to.deep.equal([
      [3, 2],
      [1, 2],
    ]);
  });

  it('answers calls that were made at once, each with its own result', async () => {
    await session.run([weights], ['assigned:0']);
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        session.run([floats('x:0', [1, 3], [n, 0, 0])], ['y:0']),
      ),
    );
    expect(results.map((found) => only(found).data[0])).to.deep.equal([
      1, 2, 3, 4, 5,
    ]);
  });

  it('leaves the caller its array, and takes it where it may', async () => {
    const kept = floats('x:0', [2, 3], [1, 2, 3, 4, 5, 6]);
    await session.run([kept], ['y:0']);
    expect(kept.tensor.data).to.have.length(6);
    const given = floats('x:0', [2, 3], [1, 2, 3, 4, 5, 6], true);
    await session.run([given], ['y:0']);
    expect(given.tensor.data).to.have.length(0);
  });

  it('feeds a part of a larger array, and shared memory', async () => {
    await session.run([weights], ['assigned:0']);
    const all = Float32Array.from([7, 7, 1, 1, 1, 7]);
    const part = floats('x:0', [1, 3], all.subarray(2, 5), true);
    expect([...only(await session.run([part], ['y:0'])).data]).to.deep.equal([
      9, 12,
    ]);
    expect(all).to.have.length(6);
    const shared = new Float32Array(new SharedArrayBuffer(12));
    shared.fill(2);
    const y = only(await session.run([floats('x:0', [1, 3], shared)], ['y:0']));
    expect([...y.data]).to.deep.equal([18, 24]);
  });

  it('carries strings, truth values and wide integers', async () => {
    const results = await session.run(
      [
        {
          name: 'text:0',
          tensor: { dtype: 'string', shape: [2], data: ['häuser', ''] },
        },
        integers('flag:0', [2], [1, 0]),
        integers('wide:0', [2], [5, 2147483647]),
      ],
      ['text_out:0', 'flag_out:0', 'wide_out:0'],
    );
    expect(results.map((tensor) => tensor.dtype)).to.deep.equal([
      'string',
      'int32',
      'int32',
    ]);
    expect(results.map((tensor) => [...tensor.data])).to.deep.equal([
      ['häuser', ''],
      [1, 0],
      [5, 2147483647],
    ]);
  });

  it('refuses feeds that the graph does not take, before TensorFlow sees them', async () => {
    const cases: readonly (readonly [Feed, RegExp])[] = [
      [floats('x:0', [1, 4], [1, 2, 3, 4]), /shape \[1, 4\].*takes \[\?, 3\]/],
      [floats('x:0', [3], [1, 2, 3]), /shape \[3\]/],
      [floats('x:0', [2, 3], [1, 2, 3]), /3 elements, which do not fill/],
      [
        integers('x:0', [1, 3], [1, 2, 3]),
        /is int32, and the graph takes float32/,
      ],
      [integers('wide:0', [2], [-1, 2]), /negative/],
    ];
    for (const [feed, message] of cases) {
      const failure = await failureOf(session.run([feed], ['y:0']));
      expect(failure.message).to.match(message);
    }
  });

  it('says in TensorFlow’s words what failed, and in which op', async () => {
    await session.run([weights], ['assigned:0']);
    const failure = await failureOf(
      session.run([floats('x:0', [1, 3], [Infinity, 0, 0])], ['layer/check:0']),
    );
    expect(failure.message).to.match(/^y of my layer : Tensor had Inf/);
    expect(failure.message).not.to.include('{{node');
    expect(failure.nodeName).to.equal('layer/check');
  });

  it('refuses names that are not in the graph, and goes on', async () => {
    const failure = await failureOf(session.run([], ['nothing:0']));
    expect(failure.message).to.match(/Output op name can not be found/);
    await session.run([ones], ['y:0']);
  });

  it('keeps the variables of two sessions apart', async () => {
    const other = await openSession(folder);
    await session.run([weights], ['assigned:0']);
    await other.run(
      [floats('new_weights:0', [3, 2], [0, 0, 0, 0, 0, 0])],
      ['assigned:0'],
    );
    const [mine, theirs] = await Promise.all([
      session.run([], ['read:0']),
      other.run([], ['read:0']),
    ]);
    expect(only(mine).data[5]).to.equal(6);
    expect(only(theirs).data[5]).to.equal(0);
    await other.close();
    const failure = await failureOf(other.run([], ['read:0']));
    expect(failure.message).to.match(/closed/);
    await other.close();
  });

  it('answers what was asked before it was closed, and nothing after', async () => {
    const closed = await openSession(folder);
    const asked = closed.run([weights], ['assigned:0']);
    const closing = closed.close();
    const failure = await failureOf(closed.run([], ['read:0']));
    expect(failure.message).to.match(/closed/);
    expect(only(await asked).data).to.have.length(6);
    await closing;
  });

  it('says why a folder cannot be loaded', async () => {
    const absent = await failureOf(openSession(dirname(folder)));
    expect(absent.message).to.match(/holds no saved_model.pb/);
    const damaged = join(dirname(folder), 'damaged');
    mkdirSync(damaged);
    for (const content of ['', 'no protobuf', '\n\x7f', '\0\0\0']) {
      writeFileSync(join(damaged, 'saved_model.pb'), content);
      await failureOf(openSession(damaged));
    }
    const tags = await failureOf(openSession(folder, { tags: ['other'] }));
    expect(tags.message).to.match(/Could not find meta graph def/);
  });

  it('reports the library, the devices and oneDNN', async () => {
    const report = await deviceReport();
    expect(report.tensorflow).to.equal('2.21.0');
    expect(report.devices[0]?.kind).to.equal('CPU');
    expect(report.oneDnn).to.equal(
      process.env['TF_ENABLE_ONEDNN_OPTS'] !== '0',
    );
    expect(report.library).to.match(/libtensorflow_cc\.so\.2$/);
  });
});

describe('Signatures of a SavedModel', () => {
  it('end in a failure, never in a hang, wherever the file was cut', async () => {
    const folder = await writeSmallSavedModel();
    const bytes = readFileSync(join(folder, 'saved_model.pb'));
    rmSync(dirname(folder), { recursive: true });
    for (let length = 1; length < bytes.length; length++) {
      const file = {
        name: 'cut.pb',
        size: length,
        readInto: (target: Uint8Array, offset: number) => {
          const part = bytes.subarray(
            offset,
            Math.min(length, offset + target.length),
          );
          target.set(part);
          return part.length;
        },
      };
      if (length > 2)
        expect(() => readSignatures(file)).to.throw(RuntimeFailure);
    }
  });

  it('are read without its graph', async () => {
    const folder = await writeSmallSavedModel();
    const file = openFile(`${folder}/saved_model.pb`);
    const { everything } = readSignatures(file);
    file.close();
    rmSync(dirname(folder), { recursive: true });
    expect(everything?.inputs['x']).to.deep.equal({
      name: 'x:0',
      dtype: 1,
      shape: [-1, 3],
    });
    expect(Object.keys(everything?.inputs ?? {})).to.have.length(5);
    expect(everything?.outputs['y']?.shape).to.deep.equal([-1, 2]);
  });
});
