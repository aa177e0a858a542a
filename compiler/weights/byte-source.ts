/**
 * A file, or any other run of bytes, read at places of the reader's choice. `compiler/`
 * opens no files; runtime/ makes one of a path.
 */
export interface ByteSource {
  /** What diagnostics call it: a path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Fills `target` from `offset` on; returns how many bytes there were. */
  readInto(target: Uint8Array, offset: number): number;
}
