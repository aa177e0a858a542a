import { Box, Text } from 'ink';
import type { ReactElement } from 'react';

import { amountText, timeText } from '../report/number-text.js';
import { ProgressBar } from './ProgressBar.js';
import type { Stage } from './stage.js';

interface Props {
  readonly stages: readonly Stage[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

const barWidth = 24;

/** The stages of a running command: those that are over with their time, the last with a bar. */
export function StageList({ stages, width, colour }: Props): ReactElement {
  return (
    <Box flexDirection="column" width={width}>
      {stages.map((stage, index) => (
        <StageLine key={index} stage={stage} width={width} colour={colour} />
      ))}
    </Box>
  );
}

interface LineProps extends Omit<Props, 'stages'> {
  readonly stage: Stage;
}

function StageLine({ stage, width, colour }: LineProps): ReactElement {
  const { name, progress, milliseconds } = stage;
  const isOver = milliseconds !== undefined;
  const isMeasured = !isOver && progress !== undefined && progress.total > 0;
  return (
    <Box gap={1}>
      <Text {...tone(colour, isOver)}>{isOver ? '✓' : '•'}</Text>
      <Text wrap="truncate-middle">{name}</Text>
      {isMeasured && width >= 3 * barWidth && (
        <ProgressBar share={progress.done / progress.total} width={barWidth} />
      )}
      {/* A long name gives way, numbers do not. */}
      <Box flexShrink={0}>
        <Text dimColor={colour}>
          {isOver ? timeText(milliseconds) : ''}
          {isMeasured ? amountsText(progress) : ''}
        </Text>
      </Box>
    </Box>
  );
}

const amountsText = ({
  done,
  total,
}: {
  readonly done: number;
  readonly total: number;
}): string => `${amountText(done)} of ${amountText(total)}`;

const tone = (colour: boolean, isOver: boolean): { readonly color?: string } =>
  colour ? { color: isOver ? 'green' : 'cyan' } : {};
