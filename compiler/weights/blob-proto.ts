import type { DataRun } from './blob-data.js';
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
  // Of forks (OpenCL, NVIDIA), which keep the values here in place of `data`.
  packedData: 11,
  rawData: 12,
} as const;

/** What a BlobProto says, its values only by their places. */
export interface BlobIndex {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly storedAs: 'shape' | 'nchw';
  readonly count: number;
  /** Where the values are that Caffe would take. */
  readonly runs: readonly DataRun[];
  /** The name of a fork's field with values, if there is one. */
  readonly foreignData: string | undefined;
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
  let foreignData: string | undefined;

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
        addRun(reader, end, 4, floats);
        break;
      case fields.doubleData:
        addRun(reader, end, 8, doubles);
        break;
      case fields.packedData:
      case fields.rawData:
        foreignData =
          reader.field === fields.rawData ? 'raw_data' : 'packed_data';
        reader.skip(end);
        break;
      default:
        reader.skip(end);
    }
  }

  const runs = doubles.length > 0 ? doubles : floats;
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
  width: 4 | 8,
  runs: DataRun[],
): void {
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
        width,
      });
    reader.position += length;
  } else if (
    reader.expect(width === 4 ? wireTypes.fixed32 : wireTypes.fixed64)
  ) {
    const offset = reader.position;
    const count = reader.skipFixedRun(width, end);
    runs.push({ offset, count, stride: width + 1, width });
  }
}
