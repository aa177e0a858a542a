/** Where in a source something is wrong. */
export interface DataPlace {
  readonly file: string;
  /** Of a record of a database, or a line of a list. */
  readonly key?: string;
  /** The record's number in the order of reading, from 0. */
  readonly record?: number;
  /** What the user does about it. */
  readonly cure?: string;
}

/** A source of data that cannot be read, or a record of it that is bad. */
export class DataFailure extends Error {
  override readonly name = 'DataFailure';
  readonly file: string;
  readonly key: string | undefined;
  readonly record: number | undefined;
  readonly cure: string | undefined;
  /** The message without the place. */
  readonly problem: string;

  constructor(problem: string, place: DataPlace, options?: ErrorOptions) {
    super(`${placeText(place)}: ${problem}`, options);
    this.problem = problem;
    this.file = place.file;
    this.key = place.key;
    this.record = place.record;
    this.cure = place.cure;
  }
}

const placeText = ({ file, key, record }: DataPlace): string =>
  [
    file,
    ...(record === undefined ? [] : [`record ${record}`]),
    ...(key === undefined ? [] : [`key '${key}'`]),
  ].join(', ');
