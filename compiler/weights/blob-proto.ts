import type { DataRun } from './blob-data.js';
import { type NumberFormat, widthOf } from './number-format.js';
import { countOf } from './weight-file.js';
import { type WireReader, wireTypes } from './wire-reader.js';

/** Numbers of the fields of BlobProto. */
const fields = {
  num: 1,
  channels: 2,
  height: 3,
  width: 4,
  data: 5,
  shape: 7,
  doubleData: 8,
  // From here on the OpenCL trees and NVIDIA's disagree; the wire types tell them apart.
  rawDataType: 10,
  packedData: 11,
  rawData: 12,
  packedDataType: 13,
} as const;

/** NVIDIA's `raw_data_type`; whole numbers and bools their Caffe does not read either. */
const rawFormats: readonly (NumberFormat | undefined)[] = [
  'float64',
  'float32',
  'float16',
];
/** `data_type` of the OpenCL trees; the others are quantized, by scales in the layer. */
const packedFormats: readonly (NumberFormat | undefined)[] = [
  'float32',
  'float16',
  'float64',
];

/** What a BlobProto says, its values only by their places. */
export interface BlobIndex {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly storedAs: 'shape' | 'nchw';
  readonly count: number;
  /** Where the values are that Caffe would take. */
  readonly runs: readonly DataRun[];
  /** A fork's field with values that cannot be read, in words; undefined without one. */
  readonly foreignData: string | undefined;
}

/** Bytes of a fork's field. */
interface ByteField {
  readonly offset: number;
  readonly length: number;
}

/** What a BlobProto of a fork has in place of `data`. */
interface ForkData {
  rawType?: number;
  packedType?: number;
  packed?: ByteField;
  raw?: ByteField;
}

/** Caffe counts the values of a blob in an int. */
const largestCount = 2 ** 31 - 1;

/** Reads the BlobProto that goes from the reader's position to `end`. */
export function readBlobProto(reader: WireReader, end: number): BlobIndex {
  const offset = reader.position;
  const legacy = [0, 0, 0, 0];
  let storedAs: BlobIndex['storedAs'] = 'shape';
  let hasShape = false;
  const shape: number[] = [];
  const floats: DataRun[] = [];
  const doubles: DataRun[] = [];
  const fork: ForkData = {};

  while (reader.next(end)) {
    switch (reader.field) {
      case fields.num:
      case fields.channels:
      case fields.height:
      case fields.width:
        storedAs = 'nchw';
        legacy[reader.field - fields.num] = readSize(reader, end);
        break;
      case fields.shape:
        hasShape = true;
        readShape(reader, end, shape);
        break;
      case fields.data:
        addRun(reader, end, 'float32', floats);
        break;
      case fields.doubleData:
        addRun(reader, end, 'float64', doubles);
        break;
      default:
        readForkField(reader, end, fork);
    }
  }

  const own = doubles.length > 0 ? doubles : floats;
  // As those trees do: their fields count where the common ones are empty.
  const { runs, foreignData } =
    own.length > 0 ? { runs: own, foreignData: undefined } : forkRuns(fork);
  // Caffe prefers the old numbers where both are given. A blob never shaped has nothing.
  const found =
    storedAs === 'nchw' ? legacy : hasShape || runs.length > 0 ? shape : [0];
  const count = countOf(found);
  if (count > largestCount)
    reader.fail(`a blob is of shape ${found.join('x')}`, offset);
  return { offset, shape: found, storedAs, count, runs, foreignData };
}

export const valuesOf = (blob: BlobIndex): number =>
  blob.runs.reduce((sum, run) => sum + run.count, 0);

function readShape(reader: WireReader, end: number, shape: number[]): void {
  if (!reader.expect(wireTypes.lengthDelimited)) return;
  const messageEnd = reader.length(end) + reader.position;
  while (reader.next(messageEnd)) {
    if (reader.field !== 1) {
      reader.skip(messageEnd);
    } else if (reader.wireType === wireTypes.varint) {
      shape.push(readSize(reader, messageEnd));
    } else if (reader.expect(wireTypes.lengthDelimited)) {
      const packedEnd = reader.length(messageEnd) + reader.position;
      while (reader.position < packedEnd && reader.fault === undefined)
        shape.push(readSize(reader, packedEnd, false));
    }
  }
  if (shape.length > 32)
    reader.fail(`a blob has ${shape.length} axes; Caffe allows 32`);
}

/** Negative sizes come as ten bytes and are refused with the too large ones. */
function readSize(reader: WireReader, end: number, tagged = true): number {
  if (tagged && !reader.expect(wireTypes.varint)) return 0;
  const size = reader.varint(end);
  if (size > largestCount) reader.fail('an axis of a blob is out of range');
  return size;
}

function addRun(
  reader: WireReader,
  end: number,
  format: 'float32' | 'float64',
  runs: DataRun[],
): void {
  const width = widthOf[format];
  if (reader.wireType === wireTypes.lengthDelimited) {
    const length = reader.length(end);
    if (length % width !== 0)
      reader.fail(
        `packed data of ${length} bytes are no whole number of values of ${width} bytes`,
      );
    if (length > 0)
      runs.push({
        offset: reader.position,
        count: length / width,
        stride: width,
        format,
      });
    reader.position += length;
  } else if (
    reader.expect(width === 4 ? wireTypes.fixed32 : wireTypes.fixed64)
  ) {
    const offset = reader.position;
    const count = reader.skipFixedRun(width, end);
    runs.push({ offset, count, stride: width + 1, format });
  }
}

/**
 * A field from number 9 on. A varint in 10 and bytes in 12 are NVIDIA's `raw_data_type` and
 * `raw_data`, bytes in 11 and a varint in 13 the OpenCL trees' `packed_data` and `data_type`;
 * what they have in the other numbers is of gradients and strides.
 */
function readForkField(reader: WireReader, end: number, fork: ForkData): void {
  const { field, wireType } = reader;
  const isNumber = wireType === wireTypes.varint;
  const isBytes = wireType === wireTypes.lengthDelimited;
  if (field === fields.rawDataType && isNumber) {
    fork.rawType = reader.varint(end);
  } else if (field === fields.packedDataType && isNumber) {
    fork.packedType = reader.varint(end);
  } else if (field === fields.packedData && isBytes) {
    fork.packed = readBytes(reader, end);
  } else if (field === fields.rawData && isBytes) {
    fork.raw = readBytes(reader, end);
  } else {
    reader.skip(end);
  }
}

function readBytes(reader: WireReader, end: number): ByteField {
  const length = reader.length(end);
  const offset = reader.position;
  reader.position += length;
  return { offset, length };
}

function forkRuns(fork: ForkData): Pick<BlobIndex, 'runs' | 'foreignData'> {
  const { packed, packedType = 0, raw, rawType } = fork;
  // Beside `packed_data` the bytes of number 12 are `packed_diff`.
  if (packed !== undefined)
    return bytesRun('packed_data', packed, packedType, packedFormats);
  if (raw === undefined) return { runs: [], foreignData: undefined };
  // Without its type NVIDIA's Caffe refuses it, and it may be the other's `packed_diff`.
  return rawType === undefined
    ? { runs: [], foreignData: 'raw_data (its raw_data_type is missing)' }
    : bytesRun('raw_data', raw, rawType, rawFormats);
}

function bytesRun(
  name: string,
  { offset, length }: ByteField,
  type: number,
  formats: readonly (NumberFormat | undefined)[],
): Pick<BlobIndex, 'runs' | 'foreignData'> {
  const format = formats[type];
  const stride = format === undefined ? 1 : widthOf[format];
  const count = length / stride;
  if (format === undefined || !Number.isInteger(count))
    return {
      runs: [],
      foreignData: `${name} (${length} bytes of type ${type})`,
    };
  const runs = count === 0 ? [] : [{ offset, count, stride, format }];
  return { runs, foreignData: undefined };
}
