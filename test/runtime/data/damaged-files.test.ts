import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { createHdf5 } from '../../../runtime/hdf5/hdf5-file.js';

import { withTemporaryFolder } from '../../support/temporary-folder.js';
import {
  failureIn,
  hdf5Layer,
  imageLayer,
  imageNumber,
  pngOf,
  refusalOf,
} from './made-sources.js';

const unreadable = /^data\/source-unreadable: /;

/** Six images and their list; gives the list. */
async function listIn(folder: string): Promise<string> {
  const lines: string[] = [];
  for (let number = 0; number < 6; number++) {
    const path = join(folder, `${number}.png`);
    writeFileSync(path, await pngOf(imageNumber(number)));
    lines.push(`${path} ${number}`);
  }
  const list = join(folder, 'list.txt');
  writeFileSync(list, `${lines.join('\n')}\n`);
  return list;
}

describe('image lists that are not as they should be', () => {
  const texts: readonly (readonly [string, string, RegExp])[] = [
    ['empty', '', /is empty/],
    ['of empty lines', '\n\n', /is empty/],
    ['without labels', 'a.png\n', /line 1 has no space/],
    ['with a word as a label', 'a.png cat\n', /line 1 has 'cat' as its label/],
    [
      'with a label beyond 32 bits, behind empty lines',
      '\na.png 1\n\nb.png 2147483648\n',
      /line 4 has the label 2147483648, which no Datum can hold/,
    ],
    ['binary', '\u0000\u0001\u0002', /line 1 /],
  ];
  for (const [name, text, problem] of texts) {
    it(`a list that is ${name} is refused`, () =>
      withTemporaryFolder(async (folder) => {
        const list = join(folder, 'list.txt');
        writeFileSync(list, text);
        const refusal = await refusalOf(imageLayer(list));
        expect(refusal).to.match(unreadable).and.match(problem);
        expect(refusal).to.contain(list);
      }));
  }

  it('a list that is not there, a folder or a pipe is refused', () =>
    withTemporaryFolder(async (folder) => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      for (const list of [join(folder, 'missing'), folder, pipe]) {
        expect(await refusalOf(imageLayer(list))).to.match(unreadable);
        expect(await refusalOf(hdf5Layer(list))).to.match(unreadable);
        expect(await refusalOf(windowLayer(list))).to.match(unreadable);
      }
    }));

  const damages: readonly (readonly [
    string,
    (path: string) => unknown,
    RegExp,
  ])[] = [
    ['is missing', (path) => rmSync(path), /does not exist/],
    ['is empty', (path) => writeFileSync(path, ''), /image/],
    ['is cut off', (path) => truncateSync(path, 60), /image/],
    ['is text', (path) => writeFileSync(path, 'text'), /image/],
    [
      'is a pipe',
      (path) => {
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
      /is no file/,
    ],
    [
      'is of another size',
      async (path) => writeFileSync(path, await pngOf(imageNumber(5, 6, 6))),
      /3x6x6 does not fit a batch of 3x4x5/,
    ],
  ];
  for (const [name, damage, problem] of damages) {
    it(`an image that ${name} is named with its line`, () =>
      withTemporaryFolder(async (folder) => {
        const list = await listIn(folder);
        const image = join(folder, '5.png');
        await damage(image);
        const { failure, given } = await failureIn(imageLayer(list));
        expect(given).to.equal(1);
        expect(failure.file).to.equal(list);
        expect(failure.key).to.equal(image);
        expect(failure.record).to.equal(6);
        expect(failure.message).to.match(problem);
      }));
  }
});

const windowLayer = (source: string): string =>
  `layer { name: "data" type: "WindowData" top: "data" top: "label"
    window_data_param { source: "${source}" batch_size: 4 }
    transform_param { crop_size: 3 } }`;

describe('window files that are not as they should be', () => {
  const texts: readonly (readonly [string, string, RegExp])[] = [
    ['empty', '', /has no foreground window/],
    ['without a mark', 'a.png 3 4 5', /line 1 has 'a.png' where '#'/],
    ['cut off', '# 0 a.png 3 4 5 1\n1 0.9 0', /line 2 ends where y1/],
    ['without background', '# 0 a.png 3 4 5 1\n1 0.9 0 0 3 3', /no background/],
    ['of no order', '# 1 a.png 3 4 5 0', /counted from 0/],
  ];
  for (const [name, text, problem] of texts) {
    it(`a file that is ${name} is refused`, () =>
      withTemporaryFolder(async (folder) => {
        const file = join(folder, 'windows.txt');
        writeFileSync(file, text);
        const refusal = await refusalOf(windowLayer(file));
        expect(refusal).to.match(unreadable).and.match(problem);
      }));
  }

  it('a window that is not in its image is named', () =>
    withTemporaryFolder(async (folder) => {
      const image = join(folder, 'a.png');
      writeFileSync(image, await pngOf(imageNumber(1)));
      const file = join(folder, 'windows.txt');
      writeFileSync(
        file,
        `# 0 ${image} 3 4 5 2\n1 0.9 0 0 9 9\n1 0.1 0 0 3 3\n`,
      );
      const { failure } = await failureIn(windowLayer(file));
      expect(failure.message).to.match(/does not hold the window 0 0 9 9/);
      expect(failure).to.include({ file, key: image });
    }));
});

describe('HDF5 files that are not as they should be', () => {
  const rows = (count: number, width = 3) => ({
    data: [[count, width], new Float32Array(count * width).fill(count)],
    label: [[count], new Float32Array(count)],
  });
  type Datasets = Readonly<Record<string, unknown[]>>;

  function write(path: string, datasets: Datasets): void {
    const writer = createHdf5(path);
    for (const [name, [shape, data]] of Object.entries(datasets)) {
      writer.makeDataset(name, shape as number[], data as Float32Array);
    }
    writer.close();
  }

  function listOf(folder: string, ...files: readonly Datasets[]): string {
    const paths = files.map((datasets, index) => {
      const path = join(folder, `part${index}.h5`);
      write(path, datasets);
      return path;
    });
    const list = join(folder, 'list.txt');
    writeFileSync(list, paths.join('\n'));
    return list;
  }

  const cases: readonly (readonly [string, readonly Datasets[], RegExp])[] = [
    [
      'without a dataset',
      [{ data: rows(4).data }],
      /part0.h5: has no dataset 'label'/,
    ],
    [
      'with as many rows in one dataset as not in the other',
      [{ data: rows(4).data, label: rows(3).label }],
      /3 rows in 'label' and 4 in 'data'/,
    ],
    ['without rows', [rows(0)], /has no rows/],
    [
      'of which the second has other rows',
      [rows(4), rows(4, 5)],
      /part1.h5: rows of 'data' are of shape 5, those of the first file of 3/,
    ],
  ];
  for (const [name, files, problem] of cases) {
    it(`files ${name} are refused`, () =>
      withTemporaryFolder(async (folder) => {
        const text = await refusalOf(hdf5Layer(listOf(folder, ...files)));
        expect(text).to.match(unreadable).and.match(problem);
      }));
  }

  it('a list without files, or of files that are not there, is refused', () =>
    withTemporaryFolder(async (folder) => {
      const list = join(folder, 'list.txt');
      writeFileSync(list, '\n');
      expect(await refusalOf(hdf5Layer(list))).to.match(/lists no file/);
      writeFileSync(list, join(folder, 'missing.h5'));
      expect(await refusalOf(hdf5Layer(list))).to.match(/does not exist/);
      mkdirSync(join(folder, 'missing.h5'));
      expect(await refusalOf(hdf5Layer(list))).to.match(/is no file/);
    }));

  it('a file that is cut off, empty or no HDF5 is refused', () =>
    withTemporaryFolder(async (folder) => {
      const list = listOf(folder, rows(40));
      const file = join(folder, 'part0.h5');
      const whole = readFileSync(file);
      for (const length of [0, 4, 100, whole.length - 100]) {
        writeFileSync(file, whole.subarray(0, length));
        const text = await refusalOf(hdf5Layer(list));
        expect(text, `${length} bytes`).to.match(unreadable);
        expect(text).to.contain(file);
      }
      writeFileSync(file, 'no HDF5');
      expect(await refusalOf(hdf5Layer(list))).to.match(unreadable);
    }));

  it('a file that is changed or goes away after it was opened ends with a failure', () =>
    withTemporaryFolder(async (folder) => {
      const list = listOf(folder, rows(4), rows(4));
      const file = join(folder, 'part1.h5');
      const changes = [
        () => {
          write(file, rows(4, 7));
        },
        () => {
          rmSync(file);
        },
      ];
      for (const change of changes) {
        const { failure, given } = await failureIn(hdf5Layer(list), {}, change);
        expect(given).to.equal(1);
        expect(failure.file).to.equal(file);
        write(file, rows(4));
      }
    }));
});
