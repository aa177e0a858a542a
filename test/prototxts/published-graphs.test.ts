import { join } from 'node:path';
import { expect } from 'chai';

import { generateAttention } from '../../prototxts/attention.js';
import { netName } from '../../prototxts/family.js';

import { referenceFolder } from '../support/reference.js';
import type { PlainLayer } from './plain-layers.js';
import { parseNet, readNet } from './plain-layers.js';

/**
 * The files of the authors (github.com/fwang91/residual-attention-network) are not part
 * of this project; they are looked for among the reference material.
 */
describe('The nets for ImageNet and the files that the authors published', () => {
  for (const unit of ['preact', 'resnext'] as const) {
    for (const depth of [56, 92] as const) {
      const name = netName(unit, depth);
      it(`${name} is the same graph, layer by layer`, function () {
        const folder = referenceFolder('prototxts');
        if (folder === undefined) return this.skip();
        const published = mend(
          readNet(join(folder, `${name}-deploy.prototxt`)).layers,
        );
        const generated = generateAttention({
          depth,
          unit,
          dataset: 'imagenet',
        });
        if ('refusal' in generated) throw new Error(generated.refusal);
        const text = generated.files[0]?.text ?? '';
        const { layers } = parseNet(name, text);

        for (const [index, layer] of published.entries()) {
          expect(layers[index], `layer ${index}`).to.deep.equal(layer);
        }
        expect(layers).to.have.lengthOf(published.length);
      });
    }
  }
});

/**
 * In AttentionNeXt-92 the classifier reads a blob that no layer makes, for which Caffe
 * refuses the file: a slip for `ave_pool`, which the other three read.
 */
function mend(layers: readonly PlainLayer[]): PlainLayer[] {
  return layers.map((layer) => ({
    ...layer,
    bottoms: layer.bottoms.map((bottom) =>
      bottom === 'ave_pool_gather' ? 'ave_pool' : bottom,
    ),
  }));
}
