import { readFileSync } from 'node:fs';
import { expect } from 'chai';

import { crc32Of } from '../../../compiler/weights/checksum.js';
import { readGolden } from '../../../compiler/weights/golden-reader.js';
import {
  type LayerToFill,
  synthesize,
} from '../../../compiler/weights/synthesize.js';

function goldenOf(name: string) {
  const path = `test/reference/nets/${name}.json`;
  const { golden } = readGolden(path, readFileSync(path, 'utf8'));
  if (golden?.ranges === undefined) throw new Error(`${path} was refused`);
  return { ...golden, ranges: golden.ranges };
}

describe("the formula's weights", () => {
  for (const name of [
    'Attention-56.224',
    'Attention-92.224',
    'AttentionNeXt-56.224',
    'AttentionNeXt-92.224',
  ]) {
    it(`have the checksums of ${name}`, () => {
      const golden = goldenOf(name);
      // What the golden alone tells: BN takes its channels from its top.
      const layers: LayerToFill[] = golden.layers
        .filter(({ type }) => type === 'BN')
        .map(({ name: layer, type, shape }) => ({
          name: layer,
          type,
          shapes: Array.from({ length: 4 }, () => [1, shape[1] ?? 0, 1, 1]),
        }));
      layers.push(
        { name: 'conv1', type: 'Convolution', shapes: [[64, 3, 7, 7]] },
        {
          name: 'classifier',
          type: 'InnerProduct',
          shapes: [[1000, 2048], [1000]],
        },
      );
      const { file, diagnostics } = synthesize(name, layers, golden.ranges);
      expect(diagnostics).to.deep.equal([]);
      expect(file.layers).to.have.length(layers.length);
      for (const { name: layer, blobs } of file.layers)
        expect(
          blobs.map((blob) => crc32Of(blob.read())),
          layer,
        ).to.deep.equal(golden.checksums.get(layer));
    });
  }

  it('do not exist for other layers', () => {
    const { diagnostics } = synthesize(
      'net',
      [
        { name: 'scale', type: 'Scale', shapes: [[3]] },
        {
          name: 'bn',
          type: 'BN',
          shapes: Array.from({ length: 5 }, () => [1, 3, 1, 1]),
        },
      ],
      goldenOf('Attention-56.224').ranges,
    );
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      "the formula of the goldens has no values for blob 0 of layer 'scale' of type Scale",
      "the formula of the goldens has no values for blob 4 of layer 'bn' of type BN",
    ]);
  });
});
