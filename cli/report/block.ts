/** A column of a table; numbers stand at the right. */
export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Loses the middle of long entries where the table is too wide. */
  readonly shrinks?: true;
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Rows under a rule: totals. */
  readonly footer?: readonly (readonly string[])[];
}

/** Part of a result as people read it. */
export type Block =
  | Table
  /** Names with their values, one a line. */
  | {
      readonly kind: 'facts';
      readonly facts: readonly (readonly [name: string, value: string])[];
    }
  /** As it is, to its last character. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'line';
      readonly text: string;
      readonly tone?: 'good' | 'bad';
    };
