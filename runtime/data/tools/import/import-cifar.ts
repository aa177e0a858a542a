import { UnreadableImage } from '../../images/unreadable-image.js';
import { MeanSum } from '../mean.js';
import {
  type CifarFile,
  cifarFile,
  type CifarForm,
  cifarForms,
  cifarNames,
  type CifarRecord,
  cifarRecords,
  cifarSide,
} from './cifar-files.js';
import type {
  Imported,
  ImportedPart,
  ImportSettings,
} from './import-settings.js';
import { type Prepared, preparePixels } from './picture-datum.js';
import { type Picture, type Taken, writePart } from './record-sink.js';

/**
 * Makes the databases of CIFAR-10 or CIFAR-100 from its binary version: pictures as
 * convert_imageset would write them, in the order of the files, channels B G R. (Caffe's own
 * example, convert_cifar_data, leaves them R G B.) Encoded ones are PNG, which loses nothing.
 * @param from The folder with the set's files.
 * @param to The folder that the databases come into.
 * @throws {DataFailure} Where a file is missing, or a record is bad.
 */
export async function importCifar(
  set: keyof typeof cifarForms,
  from: string,
  to: string,
  settings: ImportSettings,
): Promise<Imported> {
  const form = cifarForms[set];
  const read = (names: readonly string[]): Promise<readonly CifarFile[]> =>
    Promise.all(names.map((name) => cifarFile(from, name, form)));
  const files = { train: await read(form.train), test: await read(form.test) };
  const classes = await cifarNames(from, form);
  const part = (name: 'train' | 'test', taken: Taken): Promise<ImportedPart> =>
    writePart(
      {
        source: from,
        folder: to,
        name,
        total: files[name].reduce((sum, { records }) => sum + records, 0),
        pictures: pictures(files[name], form, settings),
        taken,
      },
      settings,
    );
  let sum: MeanSum | undefined;
  const train = await part('train', (_picture, { image }) => {
    sum ??= new MeanSum(image);
    sum.add(image);
  });
  const test = await part('test', () => undefined);
  return {
    parts: [train, test],
    classes,
    mean: sum?.mean().image,
    leftAside: 0,
  };
}

async function* pictures(
  files: readonly CifarFile[],
  form: CifarForm,
  settings: ImportSettings,
): AsyncGenerator<Picture> {
  for (const file of files) {
    for await (const record of cifarRecords(file, form)) {
      yield {
        file: file.path,
        name: '',
        prepare: () => prepare(record, form, settings),
      };
    }
    if (file.rest > 0) yield cutOff(file);
  }
}

async function prepare(
  { label, pixels }: CifarRecord,
  { classes }: CifarForm,
  settings: ImportSettings,
): Promise<Prepared> {
  if (label >= classes) {
    throw new UnreadableImage(
      `the label ${label} is none of the ${classes} classes`,
    );
  }
  const size = { channels: 3, height: cifarSide, width: cifarSide };
  const image = { layout: 'planar', ...size, pixels } as const;
  return preparePixels(image, label, settings, 'png');
}

const cutOff = ({ path, rest }: CifarFile): Picture => ({
  file: path,
  name: '',
  prepare: () => {
    const problem = `the file is cut off: its last record has ${rest} bytes`;
    return Promise.reject(new UnreadableImage(problem));
  },
});
