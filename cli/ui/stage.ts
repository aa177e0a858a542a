/** A stage of a command as it is shown while it runs. */
export interface Stage {
  readonly name: string;
  /** Undefined where it does not tell how far it is. */
  readonly progress?: { readonly done: number; readonly total: number };
  /** Once it is over. */
  readonly milliseconds?: number;
}
