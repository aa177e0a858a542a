import { DataFailure } from '../data-failure.js';
import { type Datum, decodeDatum, MalformedDatum } from '../datum.js';
import { decodeImage } from '../images/decode-image.js';
import { UnreadableImage } from '../images/unreadable-image.js';
import type { RawImage } from '../raw-image.js';
import type { DatabaseRecord } from '../record-reader.js';

/** A record as an image with its label; one that is encoded is decoded as its file has it. */
export interface LabelledImage {
  readonly image: RawImage;
  readonly label: number;
  readonly isEncoded: boolean;
}

/**
 * Reads the image of a record (DecodeDatumNative of io.cpp).
 * @param record Its number in the database `file`, from 0.
 * @throws {DataFailure} Where it is no Datum, or its image is broken.
 */
export async function readRecord(
  file: string,
  record: number,
  { key, value }: DatabaseRecord,
): Promise<LabelledImage> {
  try {
    const datum = decodeDatum(value);
    const image = await imageOf(datum);
    return { image, label: datum.label, isEncoded: 'encoded' in datum };
  } catch (thrown) {
    const isBad =
      thrown instanceof MalformedDatum || thrown instanceof UnreadableImage;
    if (!isBad) throw thrown;
    const place = { file, record, key };
    throw new DataFailure(thrown.message, place, { cause: thrown });
  }
}

const imageOf = (datum: Datum): RawImage | Promise<RawImage> =>
  'image' in datum ? datum.image : decodeImage(datum.encoded, 'unchanged');
