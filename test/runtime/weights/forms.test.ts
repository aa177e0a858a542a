import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';

import { isError } from '../../../compiler/diagnostics.js';
import { diffWeights } from '../../../compiler/weights/diff.js';
import { readGolden } from '../../../compiler/weights/golden-reader.js';
import { statisticsOf } from '../../../compiler/weights/statistics.js';
import {
  type WeightForm,
  weightForms,
} from '../../../compiler/weights/weight-form.js';

import { openWeightFile } from '../../../runtime/weights/open-weights.js';
import { writeWeights } from '../../../runtime/weights/write-weights.js';

import { referenceFolder } from '../../support/reference.js';
import { withTemporaryFolder } from '../../support/temporary-folder.js';
import { contentOf, withWeights } from '../../support/weight-contents.js';

const folder = 'test/reference/caffemodels';
const endings: Readonly<Record<WeightForm, string>> = {
  caffemodel: '.caffemodel',
  hdf5: '.caffemodel.h5',
  npz: '.npz',
  safetensors: '.safetensors',
};

const weightFilesIn = (place: string): readonly string[] =>
  readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.caffemodel(\.h5)?$/.test(name))
    .sort()
    .map((name) => join(place, name));

/** Converts into the form, reads that back, and compares all but the form. */
async function roundTrip(path: string, form: WeightForm): Promise<void> {
  await withTemporaryFolder(async (scratch) => {
    const there = join(scratch, `there${endings[form]}`);
    const back = join(scratch, 'back.caffemodel');
    const isCaffes = path.endsWith('.h5');
    const before = await withWeights(path, async (file) => {
      const said = await writeWeights(there, form, file);
      expect(said.filter(isError)).to.deep.equal([]);
      return contentOf(file);
    });
    await withWeights(there, async (file) => {
      expect(contentOf(file)).to.deep.equal(before);
      const said = await writeWeights(back, 'caffemodel', file);
      expect(said).to.deep.equal([]);
    });
    await withWeights(back, (file) => {
      expect(contentOf(file)).to.deep.equal(before);
    });
    // Nothing is lost on the way: the caffemodels are equal to the byte.
    if (isCaffes) return;
    const direct = join(scratch, 'direct.caffemodel');
    await withWeights(path, (file) => writeWeights(direct, 'caffemodel', file));
    expect(readFileSync(back).equals(readFileSync(direct))).to.equal(true);
  });
}

describe('weight files in every form', () => {
  for (const path of weightFilesIn(folder))
    for (const form of weightForms)
      it(`${basename(path)} comes back from ${form} as it was`, () =>
        roundTrip(path, form));

  const models = referenceFolder('corpus/models');
  for (const path of models === undefined ? [] : weightFilesIn(models))
    it(`${basename(path)} comes back from every form as it was`, async () => {
      for (const form of weightForms) await roundTrip(path, form);
    });
  if (models === undefined) it('published models (the corpus is missing)');
});

describe("Caffe's HDF5 weights", () => {
  for (const [net, iteration] of [
    ['attention_small', 400],
    ['lenet', 400],
    ['resnet_batchnorm', 300],
  ] as const) {
    const path = `${folder}/${net}/${net}_iter_${iteration}.caffemodel`;

    it(`of ${net} hold what its caffemodel holds`, () =>
      withWeights(path, (binary) =>
        withWeights(`${path}.h5`, (hdf5) => {
          expect(diffWeights(binary, hdf5).equal).to.equal(true);
          expect(hdf5.layers.map(({ name }) => name).sort()).to.deep.equal(
            binary.layers.map(({ name }) => name).sort(),
          );
        }),
      ));

    it(`of ${net} agree with the reference's numbers`, () =>
      withWeights(`${path}.h5`, (file) => {
        const expected = `${folder}/${net}/expected.json`;
        const { golden } = readGolden(expected, readFileSync(expected, 'utf8'));
        const layers = new Map(file.layers.map((layer) => [layer.name, layer]));
        expect(golden?.parameters).to.not.be.empty;
        for (const parameter of golden?.parameters ?? []) {
          const blob = layers.get(parameter.layer)?.blobs[parameter.index];
          if (blob === undefined) throw new Error(parameter.layer);
          expect(blob.shape).to.deep.equal(parameter.shape);
          const { l2 } = statisticsOf(blob.read());
          expect(l2).to.be.closeTo(parameter.l2, 1e-8 * parameter.l2);
        }
      }));

    it(`of ${net} are written with Caffe's groups, shapes and types`, () =>
      withTemporaryFolder((scratch) =>
        withWeights(path, async (file) => {
          const own = join(scratch, 'own.caffemodel.h5');
          expect(await writeWeights(own, 'hdf5', file)).to.deep.equal([]);
          const { openHdf5 } =
            await import('../../../runtime/hdf5/hdf5-file.js');
          const [ours, theirs] = [openHdf5(own), openHdf5(`${path}.h5`)];
          expect(
            ours.nodes.filter(({ path: node }) => node !== 'rancc.json'),
          ).to.deep.equal(theirs.nodes);
          ours.close();
          theirs.close();
          // The same version of the superblock: Caffe's HDF5 library reads it.
          expect(readFileSync(own).subarray(0, 24)).to.deep.equal(
            readFileSync(`${path}.h5`).subarray(0, 24),
          );
        }),
      ));
  }

  it('have the shapes of today where a file is old', () =>
    withTemporaryFolder((scratch) =>
      withWeights(`${folder}/lenet/lenet_v1.caffemodel`, async (old) => {
        const path = join(scratch, 'own.h5');
        expect(await writeWeights(path, 'hdf5', old)).to.deep.equal([]);
        const { openHdf5 } = await import('../../../runtime/hdf5/hdf5-file.js');
        const file = openHdf5(path);
        const shapes = new Map(
          file.nodes.flatMap((node) =>
            node.kind === 'dataset' ? [[node.path, node.shape] as const] : [],
          ),
        );
        file.close();
        expect(shapes.get('data/conv1/1')).to.deep.equal([20]);
        expect(shapes.get('data/ip1/0')).to.have.length(2);
      }),
    ));
});

describe('telling the form of a weight file', () => {
  const lenet = `${folder}/lenet/lenet_iter_400.caffemodel`;

  it('goes by the content, and warns of the name', () =>
    withTemporaryFolder((scratch) => {
      for (const [from, name, what] of [
        [`${lenet}.h5`, 'a.caffemodel', 'an HDF5 file'],
        [lenet, 'b.caffemodel.h5', 'a caffemodel'],
      ] as const) {
        const path = join(scratch, name);
        copyFileSync(from, path);
        const { file, diagnostics, close } = openWeightFile(path);
        expect(file?.layers).to.have.length(9);
        expect(diagnostics.map(({ code }) => code)).to.deep.equal([
          'weights/other-form',
        ]);
        expect(diagnostics[0]?.message).to.contain(what);
        close();
      }
      return Promise.resolve();
    }));

  it('says what HDF5 files are that hold no weights', () => {
    const { file, diagnostics, close } = openWeightFile(
      `${folder}/lenet/lenet_iter_400.solverstate.h5`,
    );
    close();
    expect(file).to.equal(undefined);
    expect(diagnostics[0]?.message).to.contain('it is a .solverstate.h5');
  });

  it('has sizes that fit', () =>
    withTemporaryFolder((scratch) =>
      withWeights(lenet, async (file) => {
        for (const form of weightForms) {
          const path = join(scratch, `x${endings[form]}`);
          await writeWeights(path, form, file);
          expect(statSync(path).size).to.be.within(277_864, 330_000);
        }
      }),
    ));
});
