import { join } from 'node:path';

import {
  manifestName,
  replaceFolder,
  writeFileAtomically,
} from '../../../atomic-write.js';
import { meanBytes } from '../mean-bytes.js';
import { importCifar } from './import-cifar.js';
import { importImageNet } from './import-imagenet.js';
import type {
  ImageNetSettings,
  Imported,
  PublicSet,
} from './import-settings.js';

/**
 * Makes databases of a public data set, with its classes, lists and mean, in the folder `to`:
 * whole, or not at all.
 * @param manifest Is written into the folder as rancc's, by which it may be replaced.
 * @throws {DataFailure} Where the set is not as published.
 * @throws {FolderRefused} Where `to` holds what rancc did not write.
 */
export async function importSet(
  set: PublicSet,
  from: string,
  to: string,
  settings: ImageNetSettings,
  manifest: (imported: Imported) => string,
): Promise<Imported> {
  let imported: Imported | undefined;
  await replaceFolder(to, async (folder) => {
    const found =
      set === 'imagenet'
        ? await importImageNet(from, folder, settings)
        : await importCifar(set, from, folder, settings);
    imported = found;
    const write = (name: string, content: string | Uint8Array) =>
      writeFileAtomically(join(folder, name), content);
    if (found.classes !== undefined) {
      await write('classes.txt', `${found.classes.join('\n')}\n`);
    }
    if (found.mean !== undefined) {
      await write('mean.binaryproto', meanBytes(found.mean));
    }
    await write(manifestName, manifest(found));
  });
  if (imported === undefined) throw new Error('nothing was imported');
  return imported;
}
