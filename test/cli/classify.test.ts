import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { writeNpy } from '../../runtime/arrays/npy.js';
import { encodeImage } from '../../runtime/data/images/encode-image.js';
import type { RawImage } from '../../runtime/data/raw-image.js';

import { requireNative } from '../support/require-native.js';
import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, lenet, rancc } from './rancc-process.js';

const net = lenet('deploy.prototxt');
const weights = ['--weights', lenet('lenet_iter_400.caffemodel')];

/** Pixels that differ from image to image, H x W x C. */
function picture(number: number, height: number, width: number): RawImage {
  const pixels = Uint8Array.from(
    { length: 3 * height * width },
    (_, i) => 128 + 90 * Math.sin(0.01 * (number + 1) * i + (i % 3)),
  );
  return { layout: 'interleaved', channels: 3, height, width, pixels };
}

/** 32 x 32 pixels from a corner on, C x H x W, by `(pixel - mean) * scale`. */
function cropOf(
  { pixels, width }: RawImage,
  [top, left]: readonly [number, number],
  mirrored: boolean,
  normal: (pixel: number, channel: number) => number,
): readonly number[] {
  const values: number[] = [];
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 32; x++) {
        const column = left + (mirrored ? 31 - x : x);
        const pixel = pixels[((top + y) * width + column) * 3 + c] ?? 0;
        values.push(normal(pixel, c));
      }
    }
  }
  return values;
}

interface Classified {
  readonly images: readonly {
    readonly file: string;
    readonly predictions: readonly {
      readonly index: number;
      readonly label: string | null;
      readonly score: number;
    }[];
  }[];
}

/** What `run` gives of `count` crops, a row each. */
async function probabilities(
  folder: string,
  count: number,
  values: readonly number[],
): Promise<readonly (readonly number[])[]> {
  const file = join(folder, 'crops.npy');
  const shape = [count, 3, 32, 32];
  const data = Float32Array.from(values);
  writeFileSync(file, writeNpy(shape, data));
  const said = await rancc(
    ...['run', net, ...weights, '--input', `data=${file}`],
    ...['--input-shape', `data=${shape.join(',')}`, '--json'],
  );
  expect(said.status, said.stderr).to.equal(0);
  const { iterations } = documentIn(said) as {
    iterations: { outputs: { prob?: { data: readonly number[] } } }[];
  };
  const data1 = iterations[0]?.outputs.prob?.data ?? [];
  return Array.from({ length: count }, (_, i) =>
    data1.slice(10 * i, 10 * (i + 1)).map(Math.fround),
  );
}

/** Scores by class, as they were before they were sorted. */
const scoresIn = ({ images }: Classified): readonly (readonly number[])[] =>
  images.map(({ predictions }) =>
    predictions
      .toSorted((a, b) => a.index - b.index)
      .map(({ score }) => Math.fround(score)),
  );

describe('rancc classify', function () {
  this.timeout(120_000);
  before(function () {
    requireNative(this);
  });

  it('gives the scores that run gives of the same numbers', () =>
    withTemporaryFolder(async (folder) => {
      const pictures = [0, 1, 2].map((number) => picture(number, 32, 32));
      const files = pictures.map((_, i) => join(folder, `${i}.png`));
      for (const [i, file] of files.entries()) {
        const [image = picture(0, 32, 32)] = pictures.slice(i);
        writeFileSync(file, await encodeImage(image, 'png'));
      }
      const labels = join(folder, 'labels.txt');
      const names = Array.from({ length: 10 }, (_, i) => `class ${i}`);
      writeFileSync(labels, `${names.join('\n')}\n`);
      // Two passes of two images: the last is filled up.
      const said = await rancc(
        ...['classify', net, ...files, ...weights, '--labels', labels],
        ...['--mean', '104,117,123', '--scale', '0.00390625'],
        ...['--input-shape', 'data=2,3,32,32', '--top', '10', '--json'],
      );
      expect(said.status, said.stderr).to.equal(0);
      const document = documentIn(said) as Classified;
      expect(document.images.map(({ file }) => file)).to.deep.equal(files);
      for (const { predictions } of document.images) {
        const scores = predictions.map(({ score }) => score);
        expect(scores).to.deep.equal(scores.toSorted((a, b) => b - a));
        for (const { index, label } of predictions) {
          expect(label).to.equal(`class ${index}`);
        }
      }
      const mean = [104, 117, 123];
      const values = [...pictures, picture(9, 32, 32)].map((image) =>
        cropOf(
          image,
          [0, 0],
          false,
          (pixel, c) => (pixel - (mean[c] ?? 0)) / 256,
        ),
      );
      const first = await probabilities(folder, 2, values.slice(0, 2).flat());
      const last = await probabilities(folder, 2, values.slice(2).flat());
      expect(scoresIn(document)).to.deep.equal([...first, last[0]]);
    }));

  it('takes the mean over ten crops with --oversample', () =>
    withTemporaryFolder(async (folder) => {
      const image = picture(3, 40, 37);
      const file = join(folder, 'image.png');
      writeFileSync(file, await encodeImage(image, 'png'));
      const said = await rancc(
        ...['classify', net, file, ...weights, '--oversample', '--json'],
        ...['--image-size', '40,37', '--input-shape', 'data=10,3,32,32'],
        ...['--top', '10', '--scale', '0.00390625'],
      );
      expect(said.status, said.stderr).to.equal(0);
      const corners = [
        [0, 0],
        [0, 5],
        [8, 0],
        [8, 5],
        [4, 2],
      ] as const;
      const crops = [false, true].flatMap((mirrored) =>
        corners.map((corner) =>
          cropOf(image, corner, mirrored, (pixel) => pixel / 256),
        ),
      );
      const rows = await probabilities(folder, 10, crops.flat());
      const means = Array.from({ length: 10 }, (_, k) =>
        Math.fround(rows.reduce((sum, row) => sum + (row[k] ?? 0), 0) / 10),
      );
      expect(scoresIn(documentIn(said) as Classified)).to.deep.equal([means]);
    }));

  it('tells which file is broken, and what does not fit', () =>
    withTemporaryFolder(async (folder) => {
      const file = join(folder, 'image.png');
      const whole = await encodeImage(picture(0, 32, 32), 'png');
      writeFileSync(file, whole.slice(0, 200));
      const call = ['classify', net, file, ...weights];
      const [broken, labels, mean, blob, weightless] = await Promise.all([
        rancc(...call),
        rancc(...call, '--labels', net),
        rancc(...call, '--mean', '1,2'),
        rancc(...call, '--blob', 'conv1'),
        rancc('classify', net, file),
      ]);
      expect(broken.status).to.equal(1);
      expect(broken.stderr)
        .to.match(/error\[data\/unreadable-image\]/)
        .and.contain(`${file}: the image cannot be decoded`);
      expect(labels.status).to.equal(1);
      expect(labels.stderr).to.match(/data\/label-count.*for 10 classes/);
      expect(mean.status).to.equal(2);
      expect(mean.stderr).to.match(/--mean 1,2 has 2 values/);
      expect(blob.status).to.equal(1);
      expect(blob.stderr).to.match(/error\[data\/no-scores\]/);
      expect(weightless.status).to.equal(2);
      expect(weightless.stderr).to.contain('classify needs --weights');
    }));
});
