import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { encodeDatum } from '../../../../runtime/data/datum.js';

import { withTemporaryFolder } from '../../../support/temporary-folder.js';
import {
  dataLayer,
  datums,
  imageLayer,
  imageNumber,
  pngOf,
  writeRecords,
} from '../made-sources.js';
import { type OpenOptions, takeBatches, withNetData } from '../net-data-of.js';

type Batches = Awaited<ReturnType<typeof takeBatches>>;

const random = 'transform_param { mirror: true crop_size: 3 mean_value: 9 }';

/** A list of ten images, each of them twice as high as wide. */
async function listIn(folder: string): Promise<string> {
  const lines: string[] = [];
  for (let number = 0; number < 10; number++) {
    const path = join(folder, `${number}.png`);
    writeFileSync(path, await pngOf(imageNumber(number, 8, 4)));
    lines.push(`${path} ${number}`);
  }
  const list = join(folder, 'list.txt');
  writeFileSync(list, lines.join('\n'));
  return list;
}

interface Taken {
  readonly batches: Batches;
  readonly skipped: number;
}

const taken = (
  net: string,
  count: number,
  options: OpenOptions,
): Promise<Taken> =>
  withNetData(net, { phase: 'TRAIN', ...options }, async (data) => ({
    batches: await takeBatches(data, count),
    skipped: data.skipped,
  }));

const labelsOf = (batches: Batches): readonly number[] =>
  batches.flatMap((batch) => [...(batch.get('label') ?? [])]);

describe('batches of data layers', () => {
  it('are the same for any number of threads, records shuffled, cropped and mirrored', () =>
    withTemporaryFolder(async (folder) => {
      const list = await listIn(folder);
      const net = imageLayer(
        list,
        'shuffle: true',
        'mirror: true crop_size: 3',
      );
      const alone = await taken(net, 12, { workers: 0 });
      for (const workers of [1, 3]) {
        expect(await taken(net, 12, { workers })).to.deep.equal(alone);
      }
      const other = await taken(net, 12, { workers: 0, seed: 2 });
      expect(labelsOf(other.batches)).not.to.deep.equal(
        labelsOf(alone.batches),
      );
    }));

  it('pass over bad records alike, and count them', () =>
    withTemporaryFolder(async (folder) => {
      const bad = new Set([0, 5, 6, 11]);
      const records = datums(12).map((datum, number) =>
        bad.has(number) ? datum.subarray(0, 30) : datum,
      );
      const path = await writeRecords(join(folder, 'db'), 'LMDB', records);
      const net = dataLayer(path, 'LMDB', random);
      const alone = await taken(net, 6, { workers: 0, skipBad: true });
      // The next good record stands in for each; behind the last one comes the first one.
      expect(labelsOf(alone.batches).slice(0, 12)).to.deep.equal([
        1, 1, 2, 3, 4, 7, 7, 7, 8, 9, 10, 1,
      ]);
      expect(alone.skipped).to.equal(2 * (1 + 2 + 1 + 2));
      expect(await taken(net, 6, { workers: 2, skipBad: true })).to.deep.equal(
        alone,
      );
    }));

  it('repeat the one good record where all others are bad', () =>
    withTemporaryFolder(async (folder) => {
      const path = join(folder, 'db');
      const other = encodeDatum({ label: 1, image: imageNumber(1, 2, 2) });
      const [first = other] = datums(1);
      await writeRecords(path, 'LMDB', [first, other, other]);
      const net = dataLayer(path);
      const { batches, skipped } = await taken(net, 1, {
        workers: 0,
        skipBad: true,
      });
      expect(labelsOf(batches)).to.deep.equal([0, 0, 0, 0]);
      expect(skipped).to.equal(2 + 1);
    }));

  it('go on from a position as if there had been no stop', () =>
    withTemporaryFolder(async (folder) => {
      const list = await listIn(folder);
      const path = await writeRecords(
        join(folder, 'db'),
        'LEVELDB',
        datums(13),
      );
      const nets = [
        imageLayer(list, 'shuffle: true', 'mirror: true crop_size: 3'),
        dataLayer(path, 'LEVELDB', random),
      ];
      for (const net of nets) {
        const { batches: all } = await taken(net, 9, { workers: 0 });
        for (const workers of [0, 1]) {
          const options = { phase: 'TRAIN', workers } as const;
          const position = await withNetData(net, options, async (data) => {
            expect(await takeBatches(data, 4)).to.deep.equal(all.slice(0, 4));
            // What is filled ahead does not count.
            return data.position();
          });
          expect(position).to.deep.equal({ data: 4 });
          const written = JSON.parse(JSON.stringify(position)) as never;
          const rest = await taken(net, 5, { workers, position: written });
          expect(rest.batches).to.deep.equal(all.slice(4));
        }
      }
    }));
});

describe('orders of data layers', () => {
  it('shuffle takes each image once an epoch, in an order of the seed', () =>
    withTemporaryFolder(async (folder) => {
      const net = imageLayer(await listIn(folder), 'shuffle: true');
      const { batches } = await taken(net, 10, { workers: 0 });
      const labels = labelsOf(batches);
      const epochs = [0, 10, 20, 30].map((from) =>
        labels.slice(from, from + 10),
      );
      const inOrder = Array.from({ length: 10 }, (_, number) => number);
      for (const epoch of epochs) {
        expect(epoch.toSorted((a, b) => a - b)).to.deep.equal(inOrder);
      }
      expect(new Set(epochs.map(String)).size).to.equal(4);
      const again = await taken(net, 10, { workers: 0 });
      expect(labelsOf(again.batches)).to.deep.equal(labels);
    }));

  it('rand_skip passes over records at first, by the seed, and none afterwards', () =>
    withTemporaryFolder(async (folder) => {
      const path = await writeRecords(join(folder, 'db'), 'LMDB', datums(10));
      const list = await listIn(folder);
      const database = `layer { name: "data" type: "Data" top: "data" top: "label"
        data_param { source: "${path}" backend: LMDB batch_size: 4 rand_skip: 7 } }`;
      for (const net of [database, imageLayer(list, 'rand_skip: 7')]) {
        const firsts = new Set<number>();
        for (let seed = 0; seed < 10; seed++) {
          const { batches } = await taken(net, 5, { workers: 0, seed });
          const labels = labelsOf(batches);
          const [first = -1] = labels;
          firsts.add(first);
          expect(labels).to.deep.equal(
            Array.from({ length: 20 }, (_, index) => (first + index) % 10),
          );
        }
        expect(Math.min(...firsts)).to.be.at.least(0);
        expect(Math.max(...firsts)).to.be.below(7);
        expect(firsts.size).to.be.above(3);
      }
    }));
});
