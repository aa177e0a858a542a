import { isMessage } from '../schema/make-message.js';
import type {
  AnyMessage,
  MessageName,
  UnknownPart,
  WrittenField,
} from '../schema/message.js';
import type { ByteSource } from './byte-source.js';
import { messageBytes } from './message-writer.js';
import { readExactly } from './read-exactly.js';
import type { ByteRange } from './read-message.js';
import { WireWriter } from './wire-writer.js';

/** What stands in messages for bytes that are to be written as a file has them. */
export interface Kept {
  /** The contents of blobs. */
  readonly blobs: Map<AnyMessage, ByteRange>;
  /** Fields with their tags; they have their numbers in messages of that type only. */
  readonly fields: Map<
    UnknownPart,
    {
      readonly type: MessageName;
      readonly number: number;
      readonly bytes: ByteRange;
    }
  >;
}

/** Made here, or where it is in the file. */
type Piece = Uint8Array | ByteRange;

const pieceBytes = 1 << 18;

/** Writes messages of a file whose larger parts stay in the file until they are written. */
export class KeptWriter {
  readonly #source: ByteSource;
  readonly #kept: Kept;

  constructor(source: ByteSource, kept: Kept) {
    this.#source = source;
    this.#kept = kept;
  }

  /** The bytes of a message, its fields in order of number. */
  *write(message: AnyMessage): Generator<Uint8Array> {
    for (const piece of this.#piecesOf(message)) {
      if (piece instanceof Uint8Array) {
        yield piece;
        continue;
      }
      for (let at = piece.start; at < piece.end; at += pieceBytes) {
        const bytes = new Uint8Array(Math.min(pieceBytes, piece.end - at));
        readExactly(this.#source, bytes, at);
        yield bytes;
      }
    }
  }

  #piecesOf(message: AnyMessage): readonly Piece[] {
    const written = message.written().map((field) => ({
      number: field.entry.number,
      pieces: this.#fieldPieces(message, field),
    }));
    const unread = message.unknown.flatMap((part) => {
      const field = this.#kept.fields.get(part);
      return field?.type === message.type
        ? [{ number: field.number, pieces: [field.bytes] }]
        : [];
    });
    return [...written, ...unread]
      .sort((one, other) => one.number - other.number)
      .flatMap(({ pieces }) => pieces);
  }

  #fieldPieces(message: AnyMessage, field: WrittenField): readonly Piece[] {
    const { entry, values } = field;
    if (entry.type !== 'message')
      return [messageBytes(message, (each) => each === field).finish()];
    return values.filter(isMessage).flatMap((value) => {
      const blob = this.#kept.blobs.get(value);
      const pieces = blob === undefined ? this.#piecesOf(value) : [blob];
      const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
      return [
        new WireWriter().opening(entry.number, length).finish(),
        ...pieces,
      ];
    });
  }
}

const lengthOf = (piece: Piece): number =>
  piece instanceof Uint8Array ? piece.length : piece.end - piece.start;
