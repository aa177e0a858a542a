/**
 * Walks a parsed JSON document of unknown content. What is not as expected is noted with its
 * path and replaced by a neutral value, so that a reader looks at the problems once, at the
 * end.
 */
export class JsonCursor {
  readonly #value: unknown;
  readonly #path: string;
  readonly #problems: string[];

  constructor(value: unknown, path = '', problems: string[] = []) {
    this.#value = value;
    this.#path = path;
    this.#problems = problems;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  has(key: string): boolean {
    return isRecord(this.#value) && Object.hasOwn(this.#value, key);
  }

  /** The member of that name; a missing one is a problem once its value is wanted. */
  at(key: string): JsonCursor {
    const { [key]: value } = isRecord(this.#value) ? this.#value : {};
    const path = this.#path === '' ? key : `${this.#path}.${key}`;
    return new JsonCursor(value, path, this.#problems);
  }

  entries(): readonly (readonly [key: string, value: JsonCursor])[] {
    if (!isRecord(this.#value)) {
      this.#expected('an object');
      return [];
    }
    return Object.keys(this.#value).map((key) => [key, this.at(key)]);
  }

  items(): readonly JsonCursor[] {
    if (!Array.isArray(this.#value)) {
      this.#expected('a list');
      return [];
    }
    return this.#value.map(
      (item: unknown, index) =>
        new JsonCursor(item, `${this.#path}[${index}]`, this.#problems),
    );
  }

  isList(): boolean {
    return Array.isArray(this.#value);
  }

  text(): string {
    if (typeof this.#value === 'string') return this.#value;
    this.#expected('a string');
    return '';
  }

  number(): number {
    if (typeof this.#value === 'number') return this.#value;
    const named = nonFinite.get(this.#value);
    if (named === undefined) this.#expected('a number');
    return named ?? 0;
  }

  /** A length, an index, a count. */
  size(): number {
    if (Number.isSafeInteger(this.#value) && Number(this.#value) >= 0)
      return Number(this.#value);
    this.#expected('a whole number');
    return 0;
  }

  numbers(): readonly number[] {
    return this.items().map((item) => item.number());
  }

  sizes(): readonly number[] {
    return this.items().map((item) => item.size());
  }

  fail(problem: string): void {
    this.#problems.push(`${this.#path || 'the document'} ${problem}`);
  }

  #expected(what: string): void {
    this.fail(this.#value === undefined ? 'is missing' : `is not ${what}`);
  }
}

const nonFinite: ReadonlyMap<unknown, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
