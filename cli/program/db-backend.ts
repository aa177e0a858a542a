import { InvalidArgumentError, Option } from 'commander';

import type { Backend } from '../../runtime/data/databases/open-database.js';

/** Both as Caffe's tools and its prototxts spell them. */
const backendsByWord: Readonly<Record<string, Backend>> = {
  lmdb: 'LMDB',
  leveldb: 'LEVELDB',
};

/** `--backend lmdb|leveldb` */
export const backendOption = (description: string): Option =>
  new Option('--backend <lmdb|leveldb>', description).argParser(
    (text): Backend => {
      const backend = backendsByWord[text.toLowerCase()];
      if (backend !== undefined) return backend;
      throw new InvalidArgumentError('It has to be lmdb or leveldb.');
    },
  );
