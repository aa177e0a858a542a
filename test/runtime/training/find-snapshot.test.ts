import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';

import { fileDigest } from '../../../runtime/training/file-digest.js';
import {
  newestSnapshot,
  removeLeftovers,
  snapshotOf,
  unrecordedSnapshot,
} from '../../../runtime/training/find-snapshot.js';
import { snapshotNames } from '../../../runtime/training/snapshot-names.js';
import { recordText } from '../../../runtime/training/snapshot-record.js';
import { startingPoint } from '../../../runtime/training/starting-point.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';

/** Files of a snapshot, as far as finding one looks at them. */
function writeFiles(prefix: string, iteration: number): void {
  const names = snapshotNames(prefix, iteration, 'BINARYPROTO');
  const recorded = [names.weights, names.state].map((path) => {
    writeFileSync(path, `${basename(path)} of ${iteration}`);
    return { name: basename(path), ...fileDigest(path) };
  });
  const [weights, state] = recorded;
  if (weights === undefined || state === undefined) throw new Error();
  writeFileSync(
    names.record,
    recordText({
      iteration,
      files: { weights, state },
      data: { train: { data: 16 * iteration }, tests: [] },
      seed: 7,
      losses: [2.5],
      smoothedLoss: 2.5,
      environment: {
        threads: '2',
        oneDnn: '0',
        tensorflow: '2.21.0',
        processor: 'any',
      },
    }),
  );
}

const solver = (prefix: string) => ({ prefix, randomSeed: undefined });
const auto = { snapshot: 'auto', restartData: false };

describe('The newest snapshot of a prefix', () => {
  it('is by its iteration, not by its name', () =>
    withTemporaryFolder((folder) => {
      const prefix = join(folder, 'net');
      for (const iteration of [9, 100, 20]) writeFiles(prefix, iteration);
      writeFiles(join(folder, 'net_2'), 500);
      expect(newestSnapshot(prefix)?.record?.iteration).to.equal(100);
      expect(startingPoint(auto, solver(prefix)).point).to.deep.include({
        state: `${prefix}_iter_100.solverstate`,
        seed: 7,
      });
    }));

  it('is passed over where a file is cut off, changed, missing, or has no record', () =>
    withTemporaryFolder((folder) => {
      const prefix = join(folder, 'net');
      for (const iteration of [1, 2, 3, 4, 5]) writeFiles(prefix, iteration);
      writeFileSync(
        `${prefix}_iter_2.caffemodel`,
        'net_iter_2.caffemodel oF 2',
      );
      appendFileSync(`${prefix}_iter_3.solverstate`, 'more');
      rmSync(`${prefix}_iter_4.caffemodel`);
      rmSync(`${prefix}_iter_5.rancc.json`);
      expect(newestSnapshot(prefix)?.record?.iteration).to.equal(1);
      const { found, diagnostics } = snapshotOf(`${prefix}_iter_3.solverstate`);
      expect(found.record?.iteration).to.equal(3);
      expect(diagnostics.map(({ code }) => code)).to.eql([
        'solver/snapshot-damaged',
      ]);
    }));

  it('is told of where it is not of rancc', () =>
    withTemporaryFolder((folder) => {
      const prefix = join(folder, 'net');
      expect(startingPoint(auto, solver(prefix)).diagnostics).to.eql([]);
      writeFileSync(`${prefix}_iter_9.solverstate`, '');
      writeFileSync(`${prefix}_iter_10.solverstate.h5`, '');
      expect(unrecordedSnapshot(prefix)).to.equal(
        `${prefix}_iter_10.solverstate.h5`,
      );
      const { point, diagnostics } = startingPoint(auto, solver(prefix));
      expect(point?.state).to.equal(undefined);
      expect(diagnostics.map(({ code }) => code)).to.eql([
        'solver/unrecorded-snapshot',
      ]);
    }));

  it('counts without its record where data start again', () =>
    withTemporaryFolder((folder) => {
      const prefix = join(folder, 'net');
      writeFiles(prefix, 3);
      const state = `${prefix}_iter_3.solverstate`;
      appendFileSync(state, 'by another program');
      const { point, diagnostics } = startingPoint(
        { snapshot: state, restartData: true },
        { prefix, randomSeed: 5 },
      );
      expect(point).to.eql({ state, record: undefined, seed: 5 });
      expect(diagnostics).to.eql([]);
    }));
});

describe('Files of writes that never ended', () => {
  it('are removed where their process is no more, and only those', () =>
    withTemporaryFolder((folder) => {
      const prefix = join(folder, 'net');
      const parent = join(
        folder,
        `.net_iter_3.caffemodel.partial-${process.ppid}`,
      );
      // The largest id that Linux gives is 2^22.
      const dead = join(folder, '.net_iter_3.solverstate.partial-99999999');
      const other = join(folder, '.other_iter_3.solverstate.partial-99999999');
      for (const path of [parent, dead, other]) writeFileSync(path, '');
      removeLeftovers(prefix);
      expect([parent, dead, other].map(existsSync)).to.eql([true, false, true]);
    }));
});
