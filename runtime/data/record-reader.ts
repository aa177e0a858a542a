/** A record of a database. */
export interface DatabaseRecord {
  readonly key: string;
  /** Nobody writes to it again; it may be part of the memory of several records. */
  readonly value: Uint8Array;
}

/** Walks the records of a database in the order of their keys, as Caffe's cursors do. */
export interface RecordReader {
  /** How many records there are. */
  readonly count: number;
  /** The next ones; fewer than `most` at the end, none behind it. */
  read(most: number): Promise<readonly DatabaseRecord[]>;
  /** Passes over records without reading their values. */
  skip(count: number): Promise<void>;
  /** The next record is the first one. */
  rewind(): Promise<void>;
  /** Leaves nothing behind: no lock, no temporary folder. */
  close(): Promise<void>;
}

/** Writes a new database. */
export interface RecordWriter {
  put(key: string, value: Uint8Array): Promise<void>;
  /** What was put so far is safe on the disk. */
  commit(): Promise<void>;
  close(): Promise<void>;
}
