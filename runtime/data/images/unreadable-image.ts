/** Bytes that are no image, or a broken one. The message is a sentence without the file's name. */
export class UnreadableImage extends Error {
  override readonly name = 'UnreadableImage';
}
