import { join } from 'node:path';
import { expect } from 'chai';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { documentIn, lenet, rancc, reference } from './rancc-process.js';

describe('The command weights', () => {
  it('inspects a file', async () => {
    const file = lenet('lenet_iter_400.caffemodel');
    const said = await rancc('weights', 'inspect', file, '--json');
    expect(said.status, said.stderr).to.equal(0);
    const document = documentIn(said) as {
      layers: { name: string; blobs: unknown[] }[];
    };
    expect(document).to.include({ name: 'lenet', parameters: 69466 });
    const conv1 = document.layers.find(({ name }) => name === 'conv1');
    expect(conv1?.blobs[0]).to.deep.include({ shape: [20, 3, 5, 5] });
  });

  it('tells equal files from others by its status', async () => {
    const file = lenet('lenet_iter_400.caffemodel');
    const same = await rancc('weights', 'diff', file, file);
    expect([same.status, same.stdout]).to.eql([0, 'equal\n']);
    const other = reference(
      'caffemodels/resnet_batchnorm/resnet_batchnorm_iter_300.caffemodel',
    );
    const different = await rancc('weights', 'diff', file, other, '--json');
    expect(different.status).to.equal(1);
    expect(documentIn(different)).to.include({ equal: false });
  });

  it('refuses a damaged file with its place', async () => {
    const said = await rancc('weights', 'inspect', lenet('deploy.prototxt'));
    expect(said.status).to.equal(1);
    expect(said.stderr).to.match(/error\[weights\//);
  });

  it('writes the weights of a formula', () =>
    withTemporaryFolder(async (folder) => {
      const out = join(folder, 'net.caffemodel');
      const net = join(
        reference('..'),
        '../prototxts/imagenet/Attention-56/deploy.prototxt',
      );
      const said = await rancc(
        'weights',
        'synthesize',
        net,
        '--golden',
        reference('nets/Attention-56.224.json'),
        '-o',
        out,
        '--json',
      );
      expect(said.status, said.stderr).to.equal(0);
      expect(documentIn(said)).to.include({ layers: 218 });
    }));
});
