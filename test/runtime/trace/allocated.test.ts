import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  compileSolver,
  type SolverModel,
} from '../../../compiler/compile-solver.js';
import { elementCount } from '../../../compiler/ir/types.js';
import { loadSolver } from '../../../compiler/schema/load-solver.js';
import { stepMemory } from '../../../compiler/step-memory.js';

import { packageRoot } from '../../../runtime/package-root.js';
import { setEnvironment } from '../../../runtime/session-thread.js';
import type { Tensor } from '../../../runtime/tensor.js';
import {
  type Allocated,
  allocatedIn,
} from '../../../runtime/trace/step-stats.js';
import { TimedFunction } from '../../../runtime/trace/timed-function.js';
import {
  type TracedSession,
  TraceThread,
} from '../../../runtime/trace/trace-thread.js';

import { requireNative } from '../../support/require-native.js';

/** The net of the paper for CIFAR-10, in small batches. */
function cifarModel(): SolverModel {
  const read = (path: string) => ({
    name: path,
    text: readFileSync(join(packageRoot(), path), 'utf8'),
  });
  const { solver } = loadSolver(
    read('prototxts/cifar10/Attention-56/solver.prototxt'),
  );
  const shapes = new Map([
    ['data', [8, 3, 32, 32]],
    ['label', [8]],
  ]);
  const { model } = compileSolver(solver ?? expect.fail('refused'), read, {
    inputShapes: shapes,
  });
  return model ?? expect.fail('refused');
}

describe("TensorFlow's account of a step", function () {
  this.timeout(120_000);
  let model: SolverModel;
  let thread: TraceThread;
  let session: TracedSession;

  before(async function () {
    requireNative(this);
    setEnvironment({});
    model = cifarModel();
    const folder = mkdtempSync(join(tmpdir(), 'rancc-'));
    writeFileSync(join(folder, 'saved_model.pb'), model.savedModel.bytes);
    thread = new TraceThread();
    session = await thread.load(folder);
    rmSync(folder, { recursive: true });
  });
  after(async () => {
    await thread.close();
  });

  async function allocated(name: string): Promise<Allocated> {
    const { graph } = model.savedModel;
    const called = graph.functions.find((each) => each.name === name);
    const values = Array.from(
      called?.inputs ?? [],
      ([input, { type }]): [string, Tensor] => {
        const { shape } = type;
        const data = new Float32Array(elementCount(shape));
        return [input, { dtype: 'float32', shape, data }];
      },
    );
    const timed = new TimedFunction(session, graph, name, new Map(values));
    const { metadata } = await timed.run(true);
    return allocatedIn(metadata ?? expect.fail('it was not traced'));
  }

  it('holds what was foretold, and first values once', async () => {
    const foretold = stepMemory(model.graph, 'train_step');
    const first = await allocated('initialize');
    // Values of one shape that are all zero are one tensor until the first update.
    expect(first.left).to.be.within(
      0.9 * foretold.parameters,
      foretold.parameters + foretold.history,
    );
    const step = await allocated('train_step');
    expect(foretold.activations / step.most).to.be.within(0.85, 1.15);
    expect((foretold.parameters + foretold.history) / step.left).to.be.within(
      0.85,
      1.15,
    );
  });
});
