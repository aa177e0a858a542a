import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import {
  type Kill,
  killOnce,
  trainTo,
  writeKilledNet,
} from './support/killed-training.js';
import { referenceFolder } from './support/reference.js';
import { requireNative } from './support/require-native.js';
import { withTemporaryFolder } from './support/temporary-folder.js';

const training = referenceFolder('training');
const data = training?.replace(/training$/, 'data') ?? '';

/** More for a trial by hand. */
const kills = Number(process.env['RANCC_KILLS'] ?? '6');
/** In milliseconds: a step with its snapshot takes some hundredths of a second. */
const longest = 500;

/** The last losses and scores that a log tells. */
const ending = (log: string): readonly string[] =>
  log
    .split('\n')
    .filter((line) => /net output|loss = /.test(line))
    .map((line) =>
      line.replace(/^.*?\] /, '').replace(/ \(\S+ iter\/s.*?\)/, ''),
    )
    .slice(-6);

describe('A training killed at random moments', function () {
  this.timeout(60_000 + kills * 60_000);

  before(function () {
    requireNative(this);
    if (training === undefined) this.skip();
  });

  it(`goes on to the numbers of one that never was (${kills} kills)`, () =>
    withTemporaryFolder(async (root) => {
      const [killed, whole] = ['killed', 'whole'].map((name) => {
        const folder = join(root, name);
        mkdirSync(join(folder, 'out'), { recursive: true });
        symlinkSync(data, join(folder, 'data'));
        writeKilledNet(folder);
        return folder;
      });
      if (killed === undefined || whole === undefined) throw new Error();
      const found: Kill[] = [];
      while (found.length < kills)
        found.push(
          await killOnce(killed, {
            milliseconds: Math.random() * longest,
            // Few of the others fall inside one by chance.
            inSnapshot: found.length % 2 === 1,
          }),
        );
      const inside = found.filter(({ inSnapshot }) => inSnapshot).length;
      const reached = found.map(({ iteration }) => iteration);
      process.stderr.write(
        `      killed after iterations ${reached.join(', ')}; ${inside} of ${kills} inside a snapshot\n`,
      );
      // What was whole stays so: no kill takes a snapshot back.
      expect(reached).to.eql(reached.toSorted((one, two) => one - two));
      expect(inside).to.be.at.least(kills / 4);
      const end = (reached.at(-1) ?? 0) + 5;
      const resumed = await trainTo(killed, end);
      const never = await trainTo(whole, end);
      expect(resumed.weights.equals(never.weights), 'weights').to.equal(true);
      expect(resumed.state.equals(never.state), 'state').to.equal(true);
      expect(ending(resumed.log)).to.eql(ending(never.log));
      expect(
        readdirSync(join(killed, 'out')).filter((name) =>
          name.includes('partial'),
        ),
      ).to.eql([]);
    }));
});
