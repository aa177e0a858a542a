import { Box, Text } from 'ink';
import type { ReactElement } from 'react';

import { amountText, measureText } from '../report/number-text.js';
import { ProgressBar } from './ProgressBar.js';
import {
  curveText,
  durationText,
  type TestView,
  type TrainingView,
} from './training-view.js';

interface Props {
  readonly view: TrainingView;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

const barWidth = 24;
const curveWidth = 40;

/** A training while it runs: how far it is, its loss, how fast it goes, its last tests. */
export function TrainDashboard({ view, width, colour }: Props): ReactElement {
  const { net, iteration, maxIterations } = view;
  const isWide = width >= 3 * barWidth;
  return (
    <Box flexDirection="column" width={width}>
      <Box gap={2}>
        <Text bold={colour} wrap="truncate-middle">
          {net}
        </Text>
        <Box flexShrink={0}>
          <Text>{`iteration ${iteration} of ${maxIterations}`}</Text>
        </Box>
        {isWide && maxIterations > 0 && (
          <ProgressBar share={iteration / maxIterations} width={barWidth} />
        )}
      </Box>
      <Text wrap="truncate-end">{lossLine(view, isWide)}</Text>
      <Text wrap="truncate-end" dimColor={colour}>
        {speedLine(view)}
      </Text>
      {view.tests.map((test) => (
        <Text key={test.net} wrap="truncate-end">
          {testLine(test)}
        </Text>
      ))}
    </Box>
  );
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('  ');

const lossLine = (
  { smoothedLoss, rate, losses }: TrainingView,
  isWide: boolean,
): string =>
  joined([
    smoothedLoss === undefined
      ? undefined
      : `loss ${measureText(smoothedLoss)}`,
    rate === undefined ? undefined : `lr ${measureText(rate)}`,
    isWide ? curveText(losses, curveWidth) : undefined,
  ]);

const speedLine = (view: TrainingView): string =>
  joined([
    perSecond(view.iterationsPerSecond, 'iterations/s'),
    perSecond(view.imagesPerSecond, 'images/s'),
    view.waitedShare === undefined
      ? undefined
      : `${Math.round(100 * view.waitedShare)} % waited for data`,
    view.secondsLeft === undefined
      ? undefined
      : `${durationText(view.secondsLeft)} left`,
    `${amountText(view.memory, 'B')} of memory`,
  ]);

const perSecond = (rate: number | undefined, unit: string) =>
  rate === undefined ? undefined : `${measureText(rate, 3)} ${unit}`;

const testLine = ({ net, iteration, scores }: TestView): string =>
  `test #${net} at ${iteration}: ${scores
    .map(({ name, value }) => `${name} ${measureText(value)}`)
    .join(', ')}`;
