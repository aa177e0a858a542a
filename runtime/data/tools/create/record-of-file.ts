import { type Datum, encodeDatum } from '../../datum.js';
import { decodeImage } from '../../images/decode-image.js';
import { type EncodedFormat, encodeImage } from '../../images/encode-image.js';
import { readImageFile } from '../../images/read-image-file.js';
import { resizeImage } from '../../images/resize-image.js';
import { UnreadableImage } from '../../images/unreadable-image.js';
import type { RawImage } from '../../raw-image.js';

/** How records are made of image files; as convert_imageset's flags say. */
export interface RecordForm {
  readonly isGray: boolean;
  /** 0: as the file has it. */
  readonly height: number;
  readonly width: number;
  /**
   * `none`: pixels. `own`: an image file of the file's own kind, whose bytes are kept where
   * nothing is resized. Else an image file that is compressed anew.
   */
  readonly encoding: 'none' | 'own' | EncodedFormat;
}

export interface MadeRecord {
  readonly bytes: Uint8Array;
  /** Of the image that it holds. */
  readonly image: Pick<RawImage, 'channels' | 'height' | 'width'>;
}

/**
 * The Datum of an image file (io.cpp, ReadImageToDatum). With a named type Caffe never keeps
 * a file's bytes: it compares `.jpg` with `jpg`.
 * @throws {UnreadableImage}
 */
export async function recordOfFile(
  file: string,
  label: number,
  form: RecordForm,
): Promise<MadeRecord> {
  const bytes = await readImageFile(file);
  const decoded = await decodeImage(bytes, form.isGray ? 'gray' : 'color');
  const isResized = form.height > 0 && form.width > 0;
  const image = isResized
    ? resizeImage(decoded, form.height, form.width)
    : decoded;
  const datum = await datumOf(image, label, form, () =>
    isResized ? encodeImage(image, ownFormat(file)) : bytes,
  );
  return { bytes: encodeDatum(datum), image };
}

async function datumOf(
  image: RawImage,
  label: number,
  { encoding }: RecordForm,
  own: () => Uint8Array | Promise<Uint8Array>,
): Promise<Datum> {
  switch (encoding) {
    case 'none':
      return { label, image };
    case 'own':
      return { label, encoded: await own() };
    default:
      return { label, encoded: await encodeImage(image, encoding) };
  }
}

function ownFormat(file: string): EncodedFormat {
  if (/\.png$/i.test(file)) return 'png';
  if (/\.jpe?g$/i.test(file)) return 'jpg';
  throw new UnreadableImage(
    'its name does not tell whether a resized copy is to be png or jpg; give --encode_type',
  );
}
