import { join } from 'node:path';

import { writeFileAtomically } from '../../../atomic-write.js';
import { DataFailure } from '../../data-failure.js';
import { readImageFile } from '../../images/read-image-file.js';
import type { ListedImage } from '../../layers/image-list.js';
import { shuffledOrder } from '../../layers/shuffled-order.js';
import {
  classFolders,
  type ListedPart,
  picturesInFolders,
  picturesInList,
} from './image-folders.js';
import type {
  ImageNetSettings,
  Imported,
  ImportedPart,
} from './import-settings.js';
import { prepareFile } from './picture-datum.js';
import { type Picture, writePart } from './record-sink.js';

/**
 * Makes the databases of pictures that are kept in `train` and `val`, a folder a class, as
 * ImageNet's are. Both get an order that the seed draws, and a list (`train_list.txt`,
 * `val_list.txt`) in that order: with it, convert_imageset makes the same records.
 * @param from The folder with `train` and `val`.
 * @param to The folder that the databases and lists come into.
 * @throws {DataFailure} Where folders are missing, or a picture is bad.
 */
export async function importImageNet(
  from: string,
  to: string,
  settings: ImageNetSettings,
): Promise<Imported> {
  const trainFolder = join(from, 'train');
  const classes = await classFolders(trainFolder);
  if (classes.length === 0) {
    const cure = 'name the folder that has train and val';
    throw new DataFailure('has no folders of classes', {
      file: trainFolder,
      cure,
    });
  }
  const train = await picturesInFolders(trainFolder, classes);
  const val = await heldBack(from, classes, settings);
  const parts = [
    await importPart('train', train, to, settings),
    await importPart('val', val, to, settings),
  ];
  const leftAside = train.leftAside + val.leftAside;
  return { parts, classes, mean: undefined, leftAside };
}

/** In folders of classes, or side by side with a list. */
async function heldBack(
  from: string,
  classes: readonly string[],
  { valList }: ImageNetSettings,
): Promise<ListedPart> {
  const folder = join(from, 'val');
  const hasFolders = (await classFolders(folder)).length > 0;
  return valList === undefined && hasFolders
    ? picturesInFolders(folder, classes)
    : picturesInList(folder, valList ?? join(from, 'val.txt'), classes);
}

async function importPart(
  name: 'train' | 'val',
  { folder, images }: ListedPart,
  to: string,
  settings: ImageNetSettings,
): Promise<ImportedPart> {
  const lines: string[] = [];
  const order = shuffledOrder(images.length, settings.seed, name, 0);
  function* pictures(): Generator<Picture> {
    for (const index of order) {
      const image = images[index];
      if (image !== undefined) yield pictureOf(folder, image, settings);
    }
  }
  const part = await writePart(
    {
      source: folder,
      folder: to,
      name,
      total: images.length,
      pictures: pictures(),
      taken: ({ name: path }, { datum }) => {
        lines.push(`${path} ${datum.label}\n`);
      },
    },
    settings,
  );
  await writeFileAtomically(join(to, `${name}_list.txt`), lines.join(''));
  return part;
}

function pictureOf(
  folder: string,
  { path, label }: ListedImage,
  settings: ImageNetSettings,
): Picture {
  const file = join(folder, path);
  return {
    file,
    name: path,
    prepare: async () =>
      prepareFile(await readImageFile(file), label, settings),
  };
}
