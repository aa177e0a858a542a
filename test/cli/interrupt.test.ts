import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';

import { withTemporaryFolder } from '../support/temporary-folder.js';
import { launcher, reference } from './rancc-process.js';

const net = join(
  reference('..'),
  '../prototxts/imagenet/Attention-56/deploy.prototxt',
);

describe('An interrupt', () => {
  it('leaves no half-written file and gives status 130', () =>
    withTemporaryFolder(async (folder) => {
      const child = spawn(
        process.execPath,
        [
          launcher,
          ...['weights', 'synthesize', net],
          ...['--golden', reference('nets/Attention-56.224.json')],
          ...['-o', join(folder, 'net.caffemodel')],
        ],
        { stdio: 'ignore' },
      );
      const ended = new Promise<number | null>((resolve) => {
        child.once('exit', resolve);
      });
      // The moment when the file is being written beside its place.
      while (readdirSync(folder).length === 0 && child.exitCode === null) {
        await setTimeout(5);
      }
      child.kill('SIGINT');
      expect(await ended).to.equal(130);
      expect(readdirSync(folder)).to.eql([]);
    }));
});
