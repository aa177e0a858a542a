/** A rectangle of an image; both corners belong to it. */
export interface Window {
  readonly image: number;
  readonly label: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The windows of a file, sorted by how far they overlap an object. */
export interface Windows {
  /** Paths, by a window's number of its image. */
  readonly images: readonly string[];
  readonly channels: number;
  readonly foreground: readonly Window[];
  readonly background: readonly Window[];
}

export interface Thresholds {
  readonly foreground: number;
  readonly background: number;
}

export type WindowFile =
  | { readonly kind: 'windows'; readonly windows: Windows }
  | { readonly kind: 'bad'; readonly line: number; readonly problem: string };

/** Words between white space with their lines, as `>>` of C++ takes them. */
class Words {
  readonly #words: readonly { readonly word: string; readonly line: number }[];
  #at = 0;

  constructor(text: string) {
    this.#words = text
      .split('\n')
      .flatMap((row, index) =>
        (row.match(/\S+/g) ?? []).map((word) => ({ word, line: index + 1 })),
      );
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  /** Of the word taken last. */
  get line(): number {
    const last = Math.min(this.#at, this.#words.length) - 1;
    return this.#words[last]?.line ?? 1;
  }

  word(wanted: string): string {
    const next = this.#words[this.#at++];
    if (next === undefined)
      throw new Malformed(`ends where ${wanted} should be`);
    return next.word;
  }

  number(wanted: string): number {
    const word = this.word(wanted);
    const number = Number(word);
    if (!Number.isFinite(number)) {
      throw new Malformed(`has '${word}' where ${wanted} should be`);
    }
    return number;
  }

  whole(wanted: string): number {
    const number = this.number(wanted);
    if (Number.isInteger(number)) return number;
    throw new Malformed(`has ${number} where ${wanted} should be`);
  }
}

class Malformed extends Error {
  override readonly name = 'Malformed';
}

/**
 * Reads a window file (window_data_layer.cpp): for each image `# index`, its path, channels,
 * height and width, the number of its windows, and for each of these `class overlap x1 y1 x2
 * y2`. A window is foreground from the one threshold on, background (of class 0) below the
 * other, and else left out.
 */
export function readWindowFile(
  text: string,
  thresholds: Thresholds,
): WindowFile {
  const words = new Words(text);
  try {
    return { kind: 'windows', windows: readImages(words, thresholds) };
  } catch (thrown) {
    if (!(thrown instanceof Malformed)) throw thrown;
    return { kind: 'bad', line: words.line, problem: thrown.message };
  }
}

function readImages(words: Words, thresholds: Thresholds): Windows {
  const images: string[] = [];
  const foreground: Window[] = [];
  const background: Window[] = [];
  let channels = 0;
  while (!words.isAtEnd) {
    const mark = words.word("'#'");
    if (mark !== '#') throw new Malformed(`has '${mark}' where '#' should be`);
    const image = words.whole('the number of an image');
    // Caffe takes images by this number in the order of the file.
    if (image !== images.length) {
      throw new Malformed(
        `calls an image ${image}; they are counted from 0, so that it is ${images.length}`,
      );
    }
    images.push(words.word('the path of an image'));
    channels = words.whole('the channels of an image');
    words.whole('the height of an image');
    words.whole('the width of an image');
    for (let left = words.whole('how many windows'); left > 0; left--) {
      readWindow(words, image, thresholds, foreground, background);
    }
  }
  return { images, channels, foreground, background };
}

function readWindow(
  words: Words,
  image: number,
  thresholds: Thresholds,
  foreground: Window[],
  background: Window[],
): void {
  const label = words.whole('the class of a window');
  // A float32 in Caffe, as the thresholds are.
  const overlap = Math.fround(words.number('the overlap of a window'));
  const [x1, y1, x2, y2] = [
    words.whole('x1'),
    words.whole('y1'),
    words.whole('x2'),
    words.whole('y2'),
  ];
  if (x2 < x1 || y2 < y1) {
    throw new Malformed(`has an empty window: ${x1} ${y1} ${x2} ${y2}`);
  }
  const corners = { image, x1, y1, x2, y2 };
  if (overlap >= thresholds.foreground) {
    if (label < 1) {
      throw new Malformed(
        `has a foreground window of class ${label}; 0 is the background`,
      );
    }
    foreground.push({ ...corners, label });
  } else if (overlap < thresholds.background) {
    background.push({ ...corners, label: 0 });
  }
}
