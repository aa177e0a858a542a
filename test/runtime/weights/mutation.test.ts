import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import { hashAt } from '../../../compiler/weights/streams.js';
import { UnreadableWeights } from '../../../compiler/weights/unreadable-weights.js';
import {
  countOf,
  numberedBlobs,
} from '../../../compiler/weights/weight-file.js';
import {
  type WeightForm,
  weightForms,
} from '../../../compiler/weights/weight-form.js';

import { patience } from '../../../runtime/hdf5/hdf5-file.js';
import { openWeightFile } from '../../../runtime/weights/open-weights.js';
import { writeWeights } from '../../../runtime/weights/write-weights.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';
import { contentOf, withWeights } from '../../support/weight-contents.js';

/** Of all forms together; `RANCC_MUTATIONS=100000` by hand. */
const mutations = Number(process.env['RANCC_MUTATIONS'] ?? 2000);
const perForm = Math.ceil(mutations / weightForms.length);

/**
 * The bound on memory: what the process, the HDF5 library's thread included, may have beyond
 * what it had before, for a file of a quarter of a megabyte. Packed arrays may claim 1032
 * times the bytes of the file (a deflated zip entry, a filtered dataset), all other reading
 * needs memory of the order of the file.
 */
const memoryBound = 600 * 2 ** 20;

const original = 'test/reference/caffemodels/lenet/lenet_iter_400.caffemodel';

/** Numbers from 0 to `below` - 1 that depend on the seed alone. */
function dice(seed: string): (below: number) => number {
  let at = 0;
  return (below) => hashAt(seed, at++) % below;
}

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts));

/** Bytes flipped, cut, doubled, moved, or made lengths beyond all bounds. */
function mutate(bytes: Uint8Array, seed: string): Uint8Array {
  const roll = dice(seed);
  let copy = Uint8Array.from(bytes);
  // Where names, shapes and lengths stand damage does most: at both ends of the file.
  const place = (): number =>
    [
      () => roll(copy.length),
      () => roll(Math.min(copy.length, 8192)),
      () => copy.length - 1 - roll(Math.min(copy.length, 4096)),
    ][roll(3)]?.() ?? 0;
  for (let times = 1 + roll(4); times > 0 && copy.length > 1; times--) {
    const at = place();
    switch (roll(6)) {
      case 0:
        copy[at] = (copy[at] ?? 0) ^ (1 << roll(8));
        break;
      case 1:
        copy[at] = roll(256);
        break;
      case 2:
        copy = copy.slice(0, at);
        break;
      case 3: {
        const part = copy.slice(at, at + 1 + roll(512));
        copy = joined(copy.slice(0, at), part, copy.slice(at));
        break;
      }
      case 4: {
        const end = at + 1 + roll(64);
        copy = joined(copy.slice(0, at), copy.slice(end));
        break;
      }
      default:
        copy.fill([0xff, 0x7f, 0x00][roll(3)] ?? 0, at, at + 1 + roll(8));
    }
  }
  return copy;
}

/** Opens and reads everything: a diagnostic, or values of the shapes that are told. */
function readSoundly(path: string): 'read' | 'refused' {
  const { file, diagnostics, close } = openWeightFile(path);
  try {
    expect(file === undefined).to.equal(diagnostics.some(isError));
    for (const layer of file?.layers ?? [])
      for (const [, blob] of numberedBlobs(layer)) {
        expect(blob.count).to.equal(countOf(blob.shape));
        expect(blob.read()).to.have.length(blob.count);
      }
    return file === undefined ? 'refused' : 'read';
  } catch (thrown) {
    if (!(thrown instanceof UnreadableWeights)) throw thrown;
    expect(thrown.diagnostics.some(isError)).to.equal(true);
    return 'refused';
  } finally {
    close();
  }
}

const endings: Readonly<Record<WeightForm, string>> = {
  caffemodel: 'caffemodel',
  hdf5: 'h5',
  npz: 'npz',
  safetensors: 'safetensors',
};

describe('damaged weight files', () => {
  const usual = patience.milliseconds;
  before(() => {
    // A library that loops is given up sooner, so that many such files can be tried.
    patience.milliseconds = 10_000;
  });
  after(() => {
    patience.milliseconds = usual;
  });

  for (const form of weightForms)
    it(`of form ${form} are refused or read, ${perForm} of them`, async function () {
      this.timeout(Math.max(120_000, perForm * 1000));
      await withTemporaryFolder(async (scratch) => {
        const sound = join(scratch, `sound.${endings[form]}`);
        const before = await withWeights(original, async (file) => {
          await writeWeights(sound, form, file);
          return contentOf(file);
        });
        const bytes = readFileSync(sound);
        const path = join(scratch, `damaged.${endings[form]}`);
        const again = join(scratch, 'again.caffemodel');
        const memory = process.memoryUsage.rss();
        let refused = 0;
        for (let round = 0; round < perForm; round++) {
          const seed = `${form} ${round}`;
          writeFileSync(path, mutate(bytes, seed));
          let result: ReturnType<typeof readSoundly>;
          try {
            result = readSoundly(path);
          } catch (thrown) {
            throw new Error(`mutation '${seed}'`, { cause: thrown });
          }
          if (result === 'refused') refused++;
          else if (round % 50 === 0) {
            // What was accepted is written and reads back as the same.
            const wanted = await withWeights(path, async (file) => {
              const said = await writeWeights(again, 'caffemodel', file);
              return said.some(isError) ? undefined : contentOf(file);
            });
            if (wanted !== undefined)
              expect(await withWeights(again, contentOf)).to.deep.equal(wanted);
          }
        }
        expect(process.memoryUsage.rss() - memory).to.be.below(memoryBound);
        expect(refused).to.be.above(perForm / 20);
        // The library, if it was ended meanwhile, starts again for the next file.
        expect(await withWeights(sound, contentOf)).to.deep.equal(before);
      });
    });
});
