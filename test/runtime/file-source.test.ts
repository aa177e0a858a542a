import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';

import { openFile } from '../../runtime/file-source.js';

import { withTemporaryFolder } from '../support/temporary-folder.js';

describe('A file as a byte source', () => {
  it('is read at any place, and ends where the file ends', () =>
    withTemporaryFolder((folder) => {
      const path = join(folder, 'bytes');
      writeFileSync(path, Buffer.from([0, 1, 2, 3, 4, 5]));
      const file = openFile(path);
      try {
        expect(file.name).to.equal(path);
        expect(file.size).to.equal(6);
        const target = new Uint8Array(4);
        expect(file.readInto(target, 1)).to.equal(4);
        expect([...target]).to.deep.equal([1, 2, 3, 4]);
        expect(file.readInto(target, 4)).to.equal(2);
        expect([...target]).to.deep.equal([4, 5, 3, 4]);
        expect(file.readInto(target, 6)).to.equal(0);
      } finally {
        file.close();
      }
    }));
});
