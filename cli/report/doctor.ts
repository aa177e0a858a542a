import type { Device } from '../../runtime/native/device-report.js';
import type { DoctorReport } from '../../runtime/native/doctor.js';

import type { Block } from './block.js';
import type { JsonValue } from './json-text.js';
import { amountText } from './number-text.js';

export const doctorJson = (report: DoctorReport): JsonValue => ({
  versions: { ...report.versions },
  platform: report.platform,
  flavour: report.flavour,
  installed: report.installed && { ...report.installed, files: undefined },
  devices: report.devices && {
    ...report.devices,
    devices: report.devices.devices.map((device) => ({ ...device })),
  },
  cache: report.cache,
  lacks: report.lacks.map((lack) => ({ ...lack })),
});

/** Versions, devices, and what is missing with its cure. */
export function doctorView(report: DoctorReport): readonly Block[] {
  const { versions, devices, installed, cache, lacks } = report;
  const version = Object.entries(versions).map(
    ([name, value]): readonly [string, string] => [
      name,
      typeof value === 'string' ? value : 'not found',
    ],
  );
  return [
    {
      kind: 'facts',
      facts: [
        ...version,
        ['platform', report.platform],
        ['flavour', installed?.flavour ?? 'nothing installed'],
        ...(devices === undefined
          ? []
          : [
              ...devices.devices.map(
                (device) => [device.kind, deviceText(device)] as const,
              ),
              ['oneDNN', devices.oneDnn ? 'on' : 'off'] as const,
              ['features', devices.cpuFeatures.join(' ')] as const,
              ['library', devices.library] as const,
            ]),
        ['cache', `${cache.folder} (${amountText(cache.size, 'B')})`],
      ],
    },
    ...lacks.flatMap(({ what, cure, needed }): readonly Block[] => [
      {
        kind: 'line',
        text: `${needed ? 'missing' : 'note'}: ${what}`,
        ...(needed ? { tone: 'bad' as const } : {}),
      },
      { kind: 'line', text: `  cure: ${cure}` },
    ]),
    ...(lacks.some(({ needed }) => needed)
      ? []
      : [
          {
            kind: 'line' as const,
            text: 'all is there',
            tone: 'good' as const,
          },
        ]),
  ];
}

const deviceText = ({ name, memory, computeCapability }: Device): string =>
  [
    name,
    ...(memory === undefined ? [] : [`${memory} MB`]),
    ...(computeCapability === undefined
      ? []
      : [`compute capability ${computeCapability}`]),
  ].join(', ');
