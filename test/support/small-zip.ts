import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
  readonly stored?: boolean;
}

const fields = (...parts: readonly (readonly [2 | 4 | 8, number])[]): Buffer =>
  Buffer.concat(
    parts.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      if (width === 8) bytes.writeBigUInt64LE(BigInt(value));
      else bytes.writeUIntLE(value, 0, width);
      return bytes;
    }),
  );

const max16 = 0xffff;
const max32 = 0xffffffff;

/** Writes a zip by the book, with `wide` every size and place in zip64 records. */
export function makeZip(
  members: readonly ZipMember[],
  options: { readonly wide?: boolean; readonly comment?: string } = {},
): Buffer {
  const wide = options.wide ?? false;
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false } of members) {
    const packed = stored ? Buffer.from(content) : deflateRawSync(content);
    const title = Buffer.from(name);
    // A local extra field of another length than the directory's, as real writers do.
    const localExtra = fields([2, 0x7075], [2, 2], [2, 0]);
    const common = [
      [2, 0],
      [2, stored ? 0 : 8],
      [4, 0],
      [4, crc32(content)],
    ] as const;
    const local = Buffer.concat([
      fields(
        [4, 0x04034b50],
        [2, 45],
        ...common,
        [4, packed.length],
        [4, content.length],
        [2, title.length],
        [2, localExtra.length],
      ),
      title,
      localExtra,
    ]);
    const extra = wide
      ? fields(
          [2, 1],
          [2, 24],
          [8, content.length],
          [8, packed.length],
          [8, offset],
        )
      : Buffer.alloc(0);
    directory.push(
      fields(
        [4, 0x02014b50],
        [2, 45],
        [2, 45],
        ...common,
        [4, wide ? max32 : packed.length],
        [4, wide ? max32 : content.length],
        [2, title.length],
        [2, extra.length],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, 0],
        [4, wide ? max32 : offset],
      ),
      title,
      extra,
    );
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const table = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const wideEnd = wide
    ? [
        fields(
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, members.length],
          [8, members.length],
          [8, table.length],
          [8, offset],
        ),
        fields([4, 0x07064b50], [4, 0], [8, offset + table.length], [4, 1]),
      ]
    : [];
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, wide ? max16 : members.length],
    [2, wide ? max16 : members.length],
    [4, wide ? max32 : table.length],
    [4, wide ? max32 : offset],
    [2, comment.length],
  );
  return Buffer.concat([...parts, table, ...wideEnd, end, comment]);
}
