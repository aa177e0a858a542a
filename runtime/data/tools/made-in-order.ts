import { UnreadableImage } from '../images/unreadable-image.js';

/** So many are made side by side: reading, decoding and writing overlap, memory stays bounded. */
const atOnce = 16;

/** What became of a picture: a record, or why there is none. */
export interface Outcome<Picture, Made> {
  readonly picture: Picture;
  readonly made: Made | UnreadableImage;
}

/**
 * Makes records of pictures, some side by side, and gives them in the pictures' order, in
 * groups; a broken picture is an outcome, too.
 */
export async function* madeInOrder<Picture, Made>(
  pictures: AsyncIterable<Picture> | Iterable<Picture>,
  make: (picture: Picture) => Promise<Made>,
): AsyncGenerator<readonly Outcome<Picture, Made>[]> {
  const outcomes = (group: readonly Picture[]) =>
    Promise.all(group.map((picture) => outcomeOf(picture, make)));
  let waiting: Picture[] = [];
  for await (const picture of pictures) {
    waiting.push(picture);
    if (waiting.length < atOnce) continue;
    yield await outcomes(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield await outcomes(waiting);
}

async function outcomeOf<Picture, Made>(
  picture: Picture,
  make: (picture: Picture) => Promise<Made>,
): Promise<Outcome<Picture, Made>> {
  try {
    return { picture, made: await make(picture) };
  } catch (thrown) {
    if (thrown instanceof UnreadableImage) return { picture, made: thrown };
    throw thrown;
  }
}
