import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

import { readCaffemodel } from '../../../compiler/weights/caffemodel-reader.js';
import { readGolden } from '../../../compiler/weights/golden-reader.js';
import { inspectWeights } from '../../../compiler/weights/inspect.js';
import { statisticsOf } from '../../../compiler/weights/statistics.js';
import type { WeightFile } from '../../../compiler/weights/weight-file.js';

import { referenceFolder } from '../../support/reference.js';
import { bytesSource, fileSource } from './file-source.js';

const folder = 'test/reference/caffemodels';
const lenet = `${folder}/lenet/lenet_iter_400.caffemodel`;

function mustRead(path: string): WeightFile {
  const { file, diagnostics } = readCaffemodel(fileSource(path));
  expect(diagnostics).to.deep.equal([]);
  if (file === undefined) throw new Error(`${path} was refused`);
  return file;
}

/** The blobs by layer and number; layers without any are left out. */
const blobsOf = (file: WeightFile): Map<string, number[]> =>
  new Map(
    file.layers.flatMap(({ name, blobs }) =>
      blobs.map((blob, index) => [`${name}#${index}`, [...blob.read()]]),
    ),
  );

describe('reading caffemodels', () => {
  for (const net of ['attention_small', 'lenet', 'resnet_batchnorm']) {
    const expected = `${folder}/${net}/expected.json`;
    const { golden } = readGolden(expected, readFileSync(expected, 'utf8'));
    for (const model of readdirSync(`${folder}/${net}`).filter((name) =>
      name.endsWith('.caffemodel'),
    )) {
      it(`finds every blob of ${model}`, () => {
        const file = mustRead(`${folder}/${net}/${model}`);
        const layers = new Map(file.layers.map((layer) => [layer.name, layer]));
        expect(golden?.parameters).to.not.be.empty;
        for (const parameter of golden?.parameters ?? []) {
          const blob = layers.get(parameter.layer)?.blobs[parameter.index];
          const where = `${parameter.layer}#${parameter.index}`;
          if (blob === undefined) throw new Error(`${where} is missing`);
          if (blob.storedAs === 'shape')
            expect(blob.shape, where).to.deep.equal(parameter.shape);
          const values = blob.read();
          expect([...values.subarray(0, 16)], where).to.deep.equal(
            parameter.first16.map(Math.fround),
          );
          const { l2, sum } = statisticsOf(values);
          expect(l2, where).to.be.closeTo(parameter.l2, 1e-8 * parameter.l2);
          expect(sum, where).to.be.closeTo(parameter.sum, 1e-7 * parameter.l2);
        }
        const count = [...layers.values()].reduce(
          (sum, { blobs }) => sum + blobs.length,
          0,
        );
        expect(count).to.equal(golden?.parameters.length);
      });
    }
  }

  it('gives the same blobs for every age and form of file', () => {
    const wanted = blobsOf(mustRead(lenet));
    for (const form of ['v0', 'v1', 'legacy_dims', 'double_data'])
      expect(
        blobsOf(mustRead(`${folder}/lenet/lenet_${form}.caffemodel`)),
        form,
      ).to.deep.equal(wanted);
  });

  it("names old layers' types in today's words", () => {
    const typesOf = (path: string): Map<string, string> =>
      new Map(
        mustRead(path)
          .layers.filter(({ blobs }) => blobs.length > 0)
          .map(({ name, type }) => [name, type]),
      );
    const wanted = typesOf(lenet);
    expect(typesOf(`${folder}/lenet/lenet_v1.caffemodel`)).to.deep.equal(
      wanted,
    );
    expect(typesOf(`${folder}/lenet/lenet_v0.caffemodel`)).to.deep.equal(
      wanted,
    );
  });

  it('keeps the old four numbers of a blob', () => {
    const [conv1] = mustRead(
      `${folder}/lenet/lenet_legacy_dims.caffemodel`,
    ).layers;
    expect(
      conv1?.blobs.map(({ shape, storedAs }) => [storedAs, shape]),
    ).to.deep.equal([
      ['nchw', [20, 3, 5, 5]],
      ['nchw', [1, 1, 1, 20]],
    ]);
  });

  it('gives each blob a buffer of its own', () => {
    const blob = mustRead(lenet).layers.find(({ blobs }) => blobs.length > 0)
      ?.blobs[0];
    const values = blob?.read();
    expect(values?.byteOffset).to.equal(0);
    expect(values?.buffer.byteLength).to.equal((blob?.count ?? 0) * 4);
    values?.fill(0);
    expect(blob?.read()[0]).to.not.equal(0);
  });

  it('reads the same through sources that give little at a time', () => {
    const bytes = readFileSync(lenet);
    const whole = bytesSource(bytes);
    const slow = {
      ...whole,
      readInto: (target: Uint8Array, offset: number) =>
        whole.readInto(target.subarray(0, 100), offset),
    };
    const { file } = readCaffemodel(slow);
    if (file === undefined) throw new Error('refused');
    expect(blobsOf(file)).to.deep.equal(blobsOf(mustRead(lenet)));
  });
});

describe('reading published caffemodels', () => {
  const models = referenceFolder('corpus/models');
  if (models === undefined) {
    it('needs the corpus');
    return;
  }
  interface Expected {
    file: string;
    layers: number;
    version: string;
    parameters: number;
    layers_with_blobs: {
      name: string;
      type: string;
      blobs?: {
        shape: number[];
        stored_as: string;
        count: number;
        l2: number;
        mean: number;
        absmax: number;
        first: number;
      }[];
    }[];
  }
  const lists = readdirSync(models, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.weights.json'))
    .sort();
  for (const list of lists) {
    it(`agrees with ${list}`, () => {
      const expected = JSON.parse(
        readFileSync(`${models}/${list}`, 'utf8'),
      ) as Expected;
      const file = mustRead(
        `${models}/${list.replace(/\.weights\.json$/, '.caffemodel')}`,
      );
      const report = inspectWeights(file, 1);
      expect(report.format).to.equal(`caffemodel, ${expected.version}`);
      expect(report.layers).to.have.length(expected.layers);
      expect(report.parameters).to.equal(expected.parameters);
      const found = report.layers.filter(({ blobs }) => blobs.length > 0);
      const wanted = expected.layers_with_blobs.filter(
        ({ blobs }) => (blobs ?? []).length > 0,
      );
      expect(found.map(({ name, type }) => [name, type])).to.deep.equal(
        wanted.map(({ name, type }) => [name, type]),
      );
      wanted.forEach(({ name, blobs }, at) => {
        blobs?.forEach((blob, index) => {
          const own = found[at]?.blobs[index];
          if (own === undefined) throw new Error(`${name}#${index}`);
          expect(own.shape, name).to.deep.equal(blob.shape);
          expect(own.storedAs, name).to.equal(blob.stored_as);
          expect(own.count, name).to.equal(blob.count);
          expect(own.first[0], name).to.equal(Math.fround(blob.first));
          expect(Math.fround(own.absmax), name).to.equal(
            Math.fround(blob.absmax),
          );
          expect(own.l2, name).to.be.closeTo(blob.l2, 1e-8 * blob.l2);
        });
      });
    });
  }
});
