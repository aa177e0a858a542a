import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';

import { writeNpy } from '../../runtime/arrays/npy.js';
import { openHdf5 } from '../../runtime/hdf5/hdf5-file.js';
import type { Finished } from '../../runtime/native/command.js';
import { inFolder } from '../runtime/data/in-folder.js';
import {
  dataLayer,
  datumNumber,
  writeRecords,
} from '../runtime/data/made-sources.js';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, rancc, reference } from './rancc-process.js';

interface Blob {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface RunDocument {
  readonly iterations: readonly {
    readonly outputs: Readonly<Record<string, Blob>>;
  }[];
  readonly files: readonly string[];
  readonly skipped: number;
}

interface GoldenCase {
  readonly name: string;
  readonly prototxt: string;
  readonly batches: readonly {
    readonly data: {
      readonly shape: readonly number[];
      readonly crc32: number;
    };
    readonly label: { readonly values: readonly number[] };
  }[];
}

const { cases } = JSON.parse(
  readFileSync(reference('data/goldens.json'), 'utf8'),
) as { readonly cases: readonly GoldenCase[] };

function goldenOf(name: string): GoldenCase {
  const found = cases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found;
}

/** Float32 numbers, as they are printed and read back. */
const checksum = ({ data }: Blob): number =>
  crc32(new Uint8Array(Float32Array.from(data).buffer));

/** A net in a file of `folder`. */
function netIn(folder: string, text: string): string {
  const path = join(folder, 'net.prototxt');
  writeFileSync(path, text);
  return path;
}

function outcome(said: Finished): RunDocument {
  expect(said.status, said.stderr).to.equal(0);
  return documentIn(said) as RunDocument;
}

const arrayIn = (
  folder: string,
  name: string,
  shape: readonly number[],
): string => {
  const path = join(folder, `${name}.npy`);
  const count = shape.reduce((product, size) => product * size, 1);
  const data = Float32Array.from({ length: count }, (_, at) => at);
  writeFileSync(path, writeNpy(shape, data));
  return path;
};

const dataOf = (
  { iterations }: RunDocument,
  blob: string,
): readonly (readonly number[] | undefined)[] =>
  iterations.map(({ outputs }) => outputs[blob]?.data);

describe('run, fed by the data layers of the net', function () {
  this.timeout(120_000);
  before(function () {
    requireNative(this);
  });

  for (const name of [
    'lmdb_mean_value_crop24_scale',
    'image_mean_value_crop26',
    'hdf5_across_files_and_wrap',
  ]) {
    const golden = cases.find((one) => one.name === name);
    it(`gives the numbers of Caffe in three passes: ${name}`, () =>
      withTemporaryFolder(async (folder) => {
        const { prototxt, batches } = golden ?? goldenOf(name);
        const said = await inFolder(reference(''), () =>
          rancc(
            'run',
            netIn(folder, prototxt),
            ...['--iterations', '3', '--blob', 'data', '--blob', 'label'],
            ...['--json', '--workers', '2'],
          ),
        );
        const { iterations } = outcome(said);
        expect(iterations).to.have.length(3);
        for (const [index, { outputs }] of iterations.entries()) {
          const { data, label } = outputs;
          const wanted = batches[index];
          expect(data?.shape).to.deep.equal(wanted?.data.shape);
          expect(data && checksum(data)).to.equal(wanted?.data.crc32);
          expect(label?.data).to.deep.equal(wanted?.label.values);
        }
      }));
  }

  it('writes what HDF5Output reads as Caffe wrote it', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'out.h5');
      const text = `
        layer { name: "in" type: "HDF5Data" top: "data" top: "label"
          hdf5_data_param { source: "data/hdf5/list.txt" batch_size: 8 } }
        layer { name: "out" type: "HDF5Output" bottom: "data" bottom: "label"
          hdf5_output_param { file_name: "${out}" } }`;
      const said = await inFolder(reference(''), () =>
        rancc(...['run', netIn(folder, text), '--iterations', '5', '--json']),
      );
      expect(outcome(said).files).to.deep.equal([out]);
      const [written, caffes] = [
        openHdf5(out),
        openHdf5(reference('data/hdf5/part0.h5')),
      ];
      expect(written.nodes).to.deep.equal(caffes.nodes);
      for (const dataset of ['data', 'label']) {
        expect(written.read(dataset)).to.deep.equal(caffes.read(dataset));
      }
      written.close();
      caffes.close();
    }));

  it('takes arrays in the place of a data layer, and needs no label that nobody reads', () =>
    withTemporaryFolder(async (folder) => {
      const net = netIn(folder, dataLayer('nothing'));
      const image = arrayIn(folder, 'image', [2, 3, 4, 5]);
      const said = await rancc(
        ...['run', net, '--input', `data=${image}`, '--json'],
      );
      const [first] = outcome(said).iterations;
      expect(Object.keys(first?.outputs ?? {})).to.deep.equal(['data']);
      expect(first?.outputs['data']?.shape).to.deep.equal([2, 3, 4, 5]);
      const label = await rancc(
        ...['run', net, '--input', `data=${image}`, '--blob', 'label'],
      );
      expect(label.status).to.equal(1);
      expect(label.stderr).to.match(/net\.prototxt:1:\d+: .*missing-input/);
    }));

  it('gives arrays to MemoryData batch by batch, and from the first on again', () =>
    withTemporaryFolder(async (folder) => {
      const net = netIn(
        folder,
        `layer { name: "memory" type: "MemoryData" top: "data" top: "label"
          memory_data_param { batch_size: 2 channels: 1 height: 1 width: 1 } }`,
      );
      const label = ['--input', `label=${arrayIn(folder, 'label', [4])}`];
      const fed = ['--input', `data=${arrayIn(folder, 'data', [4, 1, 1, 1])}`];
      const said = await rancc(
        ...['run', net, ...fed, ...label, '--iterations', '3', '--json'],
      );
      const batches = [
        [0, 1],
        [2, 3],
        [0, 1],
      ];
      expect(dataOf(outcome(said), 'data')).to.deep.equal(batches);
      expect(dataOf(outcome(said), 'label')).to.deep.equal(batches);
      const odd = ['--input', `data=${arrayIn(folder, 'odd', [3, 1, 1, 1])}`];
      const refused = await rancc('run', net, ...odd, ...label);
      expect(refused.status).to.equal(1);
      expect(refused.stderr)
        .to.match(/net\.prototxt:1:\d+: error\[run\/input-records\]/)
        .and.match(/error\[run\/unequal-records\]/);
    }));

  it('draws DummyData anew in every pass, the same from the same seed', () =>
    withTemporaryFolder(async (folder) => {
      const net = netIn(
        folder,
        `layer { name: "dummy" type: "DummyData" top: "normal" top: "even" top: "three"
          dummy_data_param { shape { dim: 2000 }
            data_filler { type: "gaussian" mean: 5 std: 2 }
            data_filler { type: "uniform" min: 2 max: 3 }
            data_filler { type: "constant" value: 3 } } }`,
      );
      const drawn = async (seed: string): Promise<RunDocument> =>
        outcome(
          await rancc(
            ...['run', net, '--iterations', '2', '--json', '--seed', seed],
          ),
        );
      const [first, again, other] = [
        await drawn('3'),
        await drawn('3'),
        await drawn('4'),
      ];
      expect(again.iterations).to.deep.equal(first.iterations);
      for (const blob of ['normal', 'even']) {
        const [one, next] = dataOf(first, blob);
        expect(one).not.to.deep.equal(next);
        expect(one).not.to.deep.equal(dataOf(other, blob)[0]);
      }
      const sum = (numbers: readonly number[]): number =>
        numbers.reduce((total, number) => total + number, 0);
      const [normal = []] = dataOf(first, 'normal');
      expect(sum(normal) / 2000).to.be.closeTo(5, 0.2);
      const squares = normal.map((number) => (number - 5) ** 2);
      expect(sum(squares) / 2000).to.be.closeTo(4, 0.5);
      const [even = []] = dataOf(first, 'even');
      expect(Math.min(...even)).to.be.within(2, 2.1);
      expect(Math.max(...even)).to.be.within(2.9, 3);
      const [three] = dataOf(first, 'three');
      expect(new Set(three)).to.deep.equal(new Set([3]));
    }));

  it('names a bad record, or passes over it and counts it', () =>
    withTemporaryFolder(async (folder) => {
      const records = [0, 1, 2, 3, 4].map(datumNumber);
      records[2] = Uint8Array.of(255, 255, 255);
      await writeRecords(join(folder, 'db'), 'LMDB', records);
      const net = netIn(folder, dataLayer(join(folder, 'db')));
      const out = join(folder, 'out.json');
      const failed = await rancc('run', net, '-o', out);
      expect(failed.status).to.equal(1);
      expect(failed.stderr)
        .to.match(/db, record 2, key '00000002': layer 'data'/)
        .and.not.match(/report it|internal/);
      expect(existsSync(out)).to.equal(false);
      const passed = outcome(
        await rancc('run', net, '--skip-bad', '--json', '--blob', 'label'),
      );
      expect(passed.skipped).to.equal(1);
      expect(dataOf(passed, 'label')).to.deep.equal([[0, 1, 3, 3]]);
    }));

  it('says what is wrong with sources and files before anything is run', () =>
    withTemporaryFolder(async (folder) => {
      const absent = netIn(folder, dataLayer('nothing'));
      const first = await rancc('run', absent);
      expect(first.status).to.equal(1);
      expect(first.stderr)
        .to.match(/net\.prototxt:2:\d+: error\[data\/source-unreadable\]/)
        .and.match(/--input data=FILE\.npy --input label=FILE\.npy/)
        .and.not.match(/shape-unknown|missing-input/);
      await writeRecords(join(folder, 'db'), 'LMDB', [0, 1].map(datumNumber));
      const output = (file: string): string =>
        `${dataLayer(join(folder, 'db'))}
         layer { name: "out" type: "HDF5Output" bottom: "data" bottom: "label"
           hdf5_output_param { file_name: "${file}" } }`;
      const nowhere = netIn(folder, output(join(folder, 'no/out.h5')));
      const second = await rancc('run', nowhere);
      expect(second.status).to.equal(1);
      expect(second.stderr).to.match(
        /net\.prototxt:4:\d+: error\[data\/not-writable\].*there is no folder/,
      );
    }));
});

describe('Commands that take shapes from the sources of data layers', function () {
  this.timeout(120_000);

  const shapesIn = (document: unknown): readonly unknown[] =>
    (
      document as {
        readonly layers: readonly { readonly tops: readonly unknown[] }[];
      }
    ).layers.flatMap(({ tops }) => tops);

  it('read those that are there, unless the shape is given', () =>
    withTemporaryFolder(async (folder) => {
      await writeRecords(join(folder, 'db'), 'LMDB', [0, 1].map(datumNumber));
      const net = netIn(folder, dataLayer(join(folder, 'db')));
      const said = await rancc('summary', net, '--json');
      expect(shapesIn(documentIn(said))).to.deep.equal([
        { name: 'data', shape: [4, 3, 4, 5] },
        { name: 'label', shape: [4] },
      ]);
      const given = ['--input-shape', 'data=2,3,8,8'];
      const other = await rancc('summary', net, '--json', ...given);
      expect(shapesIn(documentIn(other))).to.deep.equal([
        { name: 'data', shape: [2, 3, 8, 8] },
        { name: 'label', shape: [2] },
      ]);
      const solver = join(folder, 'solver.prototxt');
      writeFileSync(
        solver,
        `net: "${net}" test_iter: 1 base_lr: 1 max_iter: 1`,
      );
      const both = await rancc('summary', '--solver', solver, '--json');
      const { nets } = documentIn(both) as {
        readonly nets: readonly unknown[];
      };
      expect(nets).to.have.length(2);
      for (const one of nets) {
        expect(shapesIn(one)).to.deep.include({
          name: 'data',
          shape: [4, 3, 4, 5],
        });
      }
      for (const command of [
        ['summary', net],
        ['check', net],
        ['compile', net, '-o', join(folder, 'out')],
        ['summary', '--solver', solver],
      ]) {
        const stray = await rancc(...command, '--input-shape', 'dta=1,3,8,8');
        expect(stray.status, command.join(' ')).to.equal(1);
        expect(stray.stderr)
          .to.match(/error\[run\/unknown-input\]: 'dta'/)
          .and.match(/did you mean 'data'/);
      }
      expect(existsSync(join(folder, 'out'))).to.equal(false);
    }));

  it('refuse one that is no good, and warn of one that is not there', () =>
    withTemporaryFolder(async (folder) => {
      mkdirSync(join(folder, 'db'));
      writeFileSync(join(folder, 'db/data.mdb'), 'no database');
      const bad = netIn(folder, dataLayer(join(folder, 'db')));
      for (const command of ['check', 'summary', 'compile']) {
        const said = await rancc(command, bad);
        expect(said.status, command).to.equal(1);
        expect(said.stderr)
          .to.match(/net\.prototxt:2:\d+: error\[data\/source-unreadable\]/)
          .and.not.match(/shape-unknown/);
      }
      const transform = 'transform_param { crop_size: 3 }';
      const absent = netIn(folder, dataLayer('nothing', 'LMDB', transform));
      const warned = await rancc('check', absent);
      expect(warned.status, warned.stderr).to.equal(0);
      expect(warned.stderr).to.match(/warning\[data\/source-missing\]/);
    }));
});
