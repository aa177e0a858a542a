import { expect } from 'chai';
import { zipSync } from 'fflate';

import { bytesSource } from '../../compiler/weights/file-source.js';

import { writeNpy } from '../../../runtime/arrays/npy.js';
import {
  type NpzFile,
  readNpz,
  writeNpz,
} from '../../../runtime/arrays/npz.js';

const arrays = [
  { name: 'conv1/bn#0', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
  { name: 'größe', shape: [3], data: Float32Array.of(-1, 0.5, 1e-40) },
  { name: 'scalar', shape: [], data: Float32Array.of(7) },
];

const archive = (): Uint8Array =>
  Buffer.concat([
    ...writeNpz(
      arrays.map(({ name, shape, data }) => ({
        name,
        shape,
        read: () => data,
      })),
    ),
  ]);

function mustRead(bytes: Uint8Array): NpzFile {
  const { value, diagnostics } = readNpz(bytesSource(bytes, 'a.npz'));
  if (value === undefined) throw new Error(diagnostics[0]?.message);
  return value;
}

function expectArrays(file: NpzFile): void {
  expect(file.names).to.deep.equal(arrays.map(({ name }) => name));
  for (const { name, shape, data } of arrays)
    expect(file.read(name).value).to.deep.equal({ shape, data });
}

/** One stored array in an archive whose sizes and places stand in zip64 records. */
function zip64Archive(): Uint8Array {
  const plain = Buffer.concat([
    ...writeNpz([{ name: 'a', shape: [1], read: () => Float32Array.of(5) }]),
  ]);
  const directoryAt = plain.readUInt32LE(plain.length - 6);
  const local = plain.subarray(0, directoryAt);
  const entry = plain.subarray(directoryAt, plain.length - 22);
  const size = BigInt(entry.readUInt32LE(24));
  const wide = Buffer.from(entry);
  wide.fill(0xff, 20, 28);
  wide.fill(0xff, 42, 46);
  wide.writeUInt16LE(32, 30);
  const extra = Buffer.alloc(32);
  extra.writeUInt16LE(0x9999, 0);
  extra.writeUInt16LE(0, 2);
  extra.writeUInt16LE(1, 4);
  extra.writeUInt16LE(24, 6);
  extra.writeBigUInt64LE(size, 8);
  extra.writeBigUInt64LE(size, 16);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(wide.length + extra.length), 40);
  record.writeBigUInt64LE(BigInt(local.length), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(
    BigInt(local.length + wide.length + extra.length),
    8,
  );
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(0, 20);
  return Buffer.concat([local, wide, extra, record, locator, end]);
}

describe('.npz archives', () => {
  it('are read as they were written', () => {
    expectArrays(mustRead(archive()));
  });

  it('are read when deflated by others', () => {
    const files = Object.fromEntries(
      arrays.map(({ name, shape, data }) => [
        `${name}.npy`,
        writeNpy(shape, data),
      ]),
    );
    expectArrays(mustRead(zipSync(files, { level: 9 })));
  });

  it('are read with zip64 records', () => {
    const file = mustRead(zip64Archive());
    expect(file.names).to.deep.equal(['a']);
    expect([...(file.read('a').value?.data ?? [])]).to.deep.equal([5]);
  });

  it('are read with a comment at the end', () => {
    const bytes = Buffer.concat([archive(), Buffer.from('comment')]);
    bytes.writeUInt16LE(7, bytes.length - 9);
    expectArrays(mustRead(bytes));
  });

  it('have many members where they must', () => {
    const one = Float32Array.of(1);
    const many = Array.from({ length: 70000 }, (_, at) => ({
      name: `a${at}`,
      shape: [],
      read: () => one,
    }));
    const file = mustRead(Buffer.concat([...writeNpz(many)]));
    expect(file.names).to.have.length(70000);
    expect(file.read('a69999').value?.data[0]).to.equal(1);
  });

  it('say when an array is not there', () => {
    expect(mustRead(archive()).read('b').diagnostics[0]?.message).to.contain(
      "no array 'b'",
    );
  });

  it('are refused, not half read, when damaged', () => {
    const whole = archive();
    for (let cut = 0; cut < whole.length; cut += 7)
      expect(
        readNpz(bytesSource(whole.subarray(0, cut))).value,
        `cut at ${cut}`,
      ).to.equal(undefined);
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const { value } = readNpz(bytesSource(changed));
      for (const name of value?.names ?? []) {
        const read = value?.read(name);
        expect(read?.value === undefined).to.equal(
          (read?.diagnostics.length ?? 0) > 0,
        );
        const known = arrays.find((array) => array.name === name);
        if (read?.value !== undefined && known !== undefined)
          expect(read.value.data).to.deep.equal(known.data);
      }
    }
  });
});
