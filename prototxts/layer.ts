/**
 * A message of the prototxt. Text values stand as they are written: a name such as
 * `MAX` bare, a string through `quote`. A list is a repeated field.
 */
export interface Message {
  readonly [field: string]: Value | readonly Value[];
}

export type Value = number | boolean | string | Message;

/** A string literal of the prototxt. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** A layer of a net, with the words of Caffe's LayerParameter. */
export interface Layer {
  readonly name: string;
  readonly type: string;
  readonly bottoms: readonly string[];
  readonly tops: readonly string[];
  /** The `param` blocks: rates of the learnable blobs. */
  readonly param: readonly Message[];
  /** What is left: `convolution_param { ... }` and its like. */
  readonly fields: Message;
}

/** Layers under a comment that says what they are together. */
export interface Section {
  readonly comment: string;
  readonly layers: readonly Layer[];
}

export interface Net {
  readonly name: string;
  /** Lines of the comment on top of the file. */
  readonly heading: readonly string[];
  readonly sections: readonly Section[];
}
