import protobuf from 'protobufjs';

import { type Span, wallShares } from './wall-shares.js';

/* The part of TensorFlow's RunMetadata (config.proto, step_stats.proto) that tells times and memory. */
const schema = {
  RunMetadata: {
    fields: { stepStats: { type: 'StepStats', id: 1 } },
  },
  StepStats: {
    fields: { devices: { rule: 'repeated', type: 'DeviceStepStats', id: 1 } },
  },
  DeviceStepStats: {
    fields: {
      device: { type: 'string', id: 1 },
      nodes: { rule: 'repeated', type: 'NodeExecStats', id: 2 },
    },
  },
  NodeExecStats: {
    fields: {
      node: { type: 'string', id: 1 },
      startMicros: { type: 'int64', id: 2 },
      opStartMicros: { type: 'int64', id: 3 },
      opEndMicros: { type: 'int64', id: 4 },
      memory: { rule: 'repeated', type: 'AllocatorMemoryUsed', id: 6 },
      label: { type: 'string', id: 8 },
      startNanos: { type: 'int64', id: 13 },
      opStartNanos: { type: 'int64', id: 14 },
      opEndNanos: { type: 'int64', id: 15 },
    },
  },
  AllocatorMemoryUsed: {
    fields: {
      records: { rule: 'repeated', type: 'AllocationRecord', id: 6 },
    },
  },
  AllocationRecord: {
    fields: {
      micros: { type: 'int64', id: 1 },
      bytes: { type: 'int64', id: 2 },
    },
  },
} as const satisfies Readonly<Record<string, protobuf.IType>>;

/** `trace_level: FULL_TRACE` as a RunOptions. */
export const fullTrace = Uint8Array.of(8, 3);

/** What a kernel took in one run. */
export interface NodeTime {
  readonly node: string;
  /** What kind it is (`_FusedConv2D`), which TensorFlow may have chosen itself. */
  readonly op: string;
  /** Its share of the wall time: see `wallShares`. */
  readonly microseconds: number;
}

interface NodeExecStats {
  readonly node: string;
  readonly label: string;
  readonly startMicros: unknown;
  readonly startNanos: unknown;
  /** These are from the start on. */
  readonly opStartMicros: unknown;
  readonly opEndMicros: unknown;
  readonly opStartNanos: unknown;
  readonly opEndNanos: unknown;
  readonly memory: readonly {
    readonly records: readonly {
      readonly micros: unknown;
      /** Less than 0 where so much was given back. */
      readonly bytes: unknown;
    }[];
  }[];
}

interface RunMetadata {
  readonly stepStats?: {
    readonly devices: readonly {
      readonly device: string;
      readonly nodes: readonly NodeExecStats[];
    }[];
  };
}

const types = protobuf.Root.fromJSON({ nested: schema }).lookupType(
  'RunMetadata',
);

function executedNodes(metadata: Uint8Array): readonly NodeExecStats[] {
  const { stepStats } = types.decode(metadata) as unknown as RunMetadata;
  return (
    (stepStats?.devices ?? [])
      // Streams of a GPU tell of the same kernels a second time.
      .filter(({ device }) => !device.includes('stream'))
      .flatMap(({ nodes }) => nodes)
  );
}

/** What a run took of TensorFlow's allocator, in bytes. */
export interface Allocated {
  /** The most that was held at one time of what the run itself had asked for. */
  readonly most: number;
  /** What it had not given back at its end: new values of variables. */
  readonly left: number;
}

/** TensorFlow's own account of a run's tensors and of the work space of its kernels. */
export function allocatedIn(metadata: Uint8Array): Allocated {
  const records = executedNodes(metadata)
    .flatMap(({ memory }) => memory)
    .flatMap((used) => used.records)
    .map(({ micros, bytes }) => ({ at: Number(micros), by: Number(bytes) }))
    // In one microsecond things are given back first: the sum is no larger than it was.
    .toSorted((a, b) => a.at - b.at || a.by - b.by);
  let most = 0;
  let left = 0;
  for (const { by } of records) {
    left += by;
    most = Math.max(most, left);
  }
  return { most, left };
}

/**
 * The times in a RunMetadata; a node that ran on several devices is there several times.
 * Kernels run beside each other: their times are shares of the wall time, whose sum is at most
 * that of the run.
 */
export function nodeTimes(metadata: Uint8Array): readonly NodeTime[] {
  const ran = executedNodes(metadata);
  const shares = wallShares(ran.map(spanOf));
  return ran.map(({ node, label }, at) => ({
    node,
    op: opIn(label),
    microseconds: shares[at] ?? 0,
  }));
}

/** A label is `name = Op(inputs)`, with more behind it for some kernels. */
const opIn = (label: string): string => /= ([^\s(]+)\(/.exec(label)?.[1] ?? '';

/** In microseconds; those of nanoseconds are finer, where there are any. */
function spanOf(stats: NodeExecStats): Span {
  const nanos = Number(stats.startNanos);
  if (nanos > 0) {
    return {
      start: (nanos + Number(stats.opStartNanos)) / 1000,
      end: (nanos + Number(stats.opEndNanos)) / 1000,
    };
  }
  const micros = Number(stats.startMicros);
  return {
    start: micros + Number(stats.opStartMicros),
    end: micros + Number(stats.opEndMicros),
  };
}
