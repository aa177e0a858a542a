import { expect } from 'chai';

import { DataFailure } from '../../../runtime/data/data-failure.js';
import { EnvironmentFailure } from '../../../runtime/native/failure.js';
import { runtimeFailure } from '../../../runtime/runtime-failure.js';
import {
  TrainingFailure,
  withIteration,
  withMemoryCure,
} from '../../../runtime/training/training-failure.js';

const thrownBy = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
};

const fails = (thrown: Error) => () => Promise.reject(thrown);

/** As TensorFlow said it where memory was limited. */
const exhausted = runtimeFailure(
  'Session fail to run with error: OOM when allocating tensor with shape[10000,10000] and type float on /job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu\n\t [[{{node train_step/a/MatMul}}]]\nHint: If you want to see a list of allocated tensors when OOM happens, add report_tensor_allocations_upon_oom to RunOptions for current allocation info.',
);

describe('Why a training cannot go on', () => {
  it('is told with the iteration where memory, disk or data fail it', async () => {
    const memory = await thrownBy(withIteration(7, fails(exhausted)));
    expect(memory).to.be.instanceOf(EnvironmentFailure);
    expect(memory)
      .to.have.property('message')
      .that.matches(
        /^iteration 7: there is not enough memory: OOM .* by allocator cpu$/,
      );
    expect(memory)
      .to.have.property('cure')
      .that.matches(/batch_size smaller/);
    for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']) {
      const thrown = Object.assign(new Error(`${code}: write`), { code });
      const disk = await thrownBy(withIteration(7, fails(thrown)));
      expect(disk, code).to.be.instanceOf(EnvironmentFailure);
      expect(disk)
        .to.have.property('message')
        .that.equals(`iteration 7: ${code}: write`);
    }
    const data = await thrownBy(
      withIteration(7, fails(new DataFailure('gone', { file: 'x_lmdb' }))),
    );
    expect(data).to.be.instanceOf(TrainingFailure);
    expect(data).to.have.property('message', 'iteration 7: x_lmdb: gone');
  });

  it('is told of memory before the first iteration, too', async () => {
    const memory = await thrownBy(withMemoryCure(fails(exhausted)));
    expect(memory).to.be.instanceOf(EnvironmentFailure);
    expect(memory)
      .to.have.property('message')
      .that.matches(/^there is not enough memory: OOM .* by allocator cpu$/);
    const other = runtimeFailure('no such op');
    expect(await thrownBy(withMemoryCure(fails(other)))).to.equal(other);
  });
});
