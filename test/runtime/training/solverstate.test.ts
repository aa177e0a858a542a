import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import type { SolverState } from '../../../compiler/weights/solverstate.js';
import {
  solverStateLength,
  writeSolverState,
} from '../../../compiler/weights/solverstate-writer.js';
import type { WeightBlob } from '../../../compiler/weights/weight-file.js';

import { openHdf5 } from '../../../runtime/hdf5/hdf5-file.js';
import { openSolverState } from '../../../runtime/training/open-solverstate.js';
import { writeHdf5State } from '../../../runtime/training/solverstate-hdf5.js';

import { referenceFolder } from '../../support/reference.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';

function withState<Result>(
  path: string,
  use: (state: SolverState<WeightBlob>) => Result,
): Result {
  const { state, diagnostics, close } = openSolverState(path);
  try {
    expect(diagnostics).to.eql([]);
    if (state === undefined) throw new Error(`${path} holds no state`);
    return use(state);
  } finally {
    close();
  }
}

const contentOf = (state: SolverState<WeightBlob>) => ({
  ...state,
  history: state.history.map((blob) => ({
    shape: blob.shape,
    values: Array.from(blob.read()),
  })),
});

describe('a solver state', () => {
  const training = referenceFolder('training');
  if (training === undefined) {
    it("of Caffe's (its files are missing)");
    return;
  }
  const binary = join(training, 'out/resume_binaryproto_iter_10.solverstate');
  const hdf5 = join(training, 'out/resume_hdf5_adam_iter_10.solverstate.h5');

  it("is written with the bytes of Caffe's own file", () => {
    withState(binary, (state) => {
      expect([state.iter, state.currentStep]).to.eql([10, 2]);
      const ours = Buffer.concat([...writeSolverState(state)]);
      expect(ours.length).to.equal(solverStateLength(state));
      expect(ours.equals(readFileSync(binary))).to.equal(true);
    });
  });

  it("is written with the datasets of Caffe's HDF5 file", () =>
    withTemporaryFolder((folder) => {
      const path = join(folder, 'own.solverstate.h5');
      const theirs = withState(hdf5, (state) => {
        writeHdf5State(path, state);
        return contentOf(state);
      });
      expect(withState(path, contentOf)).to.eql(theirs);
      expect([theirs.iter, theirs.currentStep]).to.eql([10, 1]);
      expect(theirs.history).to.have.length(12);
      const [own, caffes] = [openHdf5(path), openHdf5(hdf5)];
      expect(own.nodes).to.eql(caffes.nodes);
      own.close();
      caffes.close();
    }));

  it('that is cut off is refused', () =>
    withTemporaryFolder(async (folder) => {
      const { writeFile } = await import('node:fs/promises');
      const path = join(folder, 'cut.solverstate');
      await writeFile(path, readFileSync(binary).subarray(0, 1000));
      const { state, diagnostics, close } = openSolverState(path);
      close();
      expect(state).to.equal(undefined);
      expect(diagnostics.map(({ code }) => code)).to.eql([
        'solver/state-damaged',
      ]);
    }));
});
