/** What TensorFlow said when it could not load or run a graph. */
export class RuntimeFailure extends Error {
  override readonly name = 'RuntimeFailure';

  /** The op that failed, by which the caller finds the line of the prototxt. */
  readonly nodeName: string | undefined;

  constructor(message: string, nodeName?: string, options?: ErrorOptions) {
    super(message, options);
    this.nodeName = nodeName;
  }
}

const nodeMark = /\s*\[\[\{\{node ([^}\]]*)\}\}\]\]/g;
/** The message is cut at 499 characters, which may fall into the mark. */
const cutMark = /\s*\[\[(\{(\{(node?[^\]]*)?)?)?$/;
const prefixes =
  /^(Session fail to run with error: |Failed to load SavedModel: )/;

/** Takes the op's name out of TensorFlow's message; of several the last one failed. */
export function runtimeFailure(
  message: string,
  options?: ErrorOptions,
): RuntimeFailure {
  const names = [...message.matchAll(nodeMark)].map((found) => found[1]);
  const text = message
    .replace(prefixes, '')
    .replace(nodeMark, '')
    .replace(cutMark, '')
    .trim();
  return new RuntimeFailure(text, names.at(-1), options);
}
