import protobuf from 'protobufjs';

/* The part of TensorFlow's RunMetadata (config.proto, step_stats.proto) that tells times. */
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
      opStartNanos: { type: 'int64', id: 14 },
      opEndNanos: { type: 'int64', id: 15 },
      opStartMicros: { type: 'int64', id: 3 },
      opEndMicros: { type: 'int64', id: 4 },
      label: { type: 'string', id: 8 },
    },
  },
} as const satisfies Readonly<Record<string, protobuf.IType>>;

/** `trace_level: FULL_TRACE` as a RunOptions. */
export const fullTrace = Uint8Array.of(8, 3);

/** How long a kernel took in one run. */
export interface NodeTime {
  readonly node: string;
  /** TensorFlow's words: `name = Op(inputs)`. */
  readonly label: string;
  readonly microseconds: number;
}

interface NodeExecStats {
  readonly node: string;
  readonly label: string;
  readonly opStartNanos: unknown;
  readonly opEndNanos: unknown;
  readonly opStartMicros: unknown;
  readonly opEndMicros: unknown;
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

/** The times in a RunMetadata; a node that ran on several devices is there several times. */
export function nodeTimes(metadata: Uint8Array): readonly NodeTime[] {
  const { stepStats } = types.decode(metadata) as unknown as RunMetadata;
  return (
    (stepStats?.devices ?? [])
      // Streams of a GPU tell of the same kernels a second time.
      .filter(({ device }) => !device.includes('stream'))
      .flatMap(({ nodes }) =>
        nodes.map(({ node, label, ...times }) => ({
          node,
          label,
          microseconds: microseconds(times),
        })),
      )
  );
}

function microseconds({
  opStartNanos,
  opEndNanos,
  opStartMicros,
  opEndMicros,
}: Omit<NodeExecStats, 'node' | 'label'>): number {
  const nanos = Number(opEndNanos) - Number(opStartNanos);
  return nanos > 0 ? nanos / 1000 : Number(opEndMicros) - Number(opStartMicros);
}
