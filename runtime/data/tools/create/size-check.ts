import { DataFailure } from '../../data-failure.js';
import type { ListedImage } from '../../layers/image-list.js';
import type { MadeRecord } from './record-of-file.js';

/** Tells of the first image that is of another size than the first of all. */
export class SizeCheck {
  readonly #list: string;
  #first: { readonly path: string; readonly text: string } | undefined;

  /** @param list The file that names the images. */
  constructor(list: string) {
    this.#list = list;
  }

  /** @throws {DataFailure} */
  check({ path, line }: ListedImage, { image }: MadeRecord): void {
    const text = `${image.channels}x${image.height}x${image.width}`;
    this.#first ??= { path, text };
    if (text === this.#first.text) return;
    throw new DataFailure(
      `${path} is ${text}, and ${this.#first.path} is ${this.#first.text}`,
      {
        file: `${this.#list}:${line}`,
        cure: 'give --resize_height and --resize_width, or leave --check_size out',
      },
    );
  }
}
