import { Box, Text } from 'ink';
import type { ReactElement } from 'react';

interface Props {
  /** From 0 to 1. */
  readonly share: number;
  /** In columns. */
  readonly width: number;
}

/** `███████▌      ` in eighths of a column. */
export function ProgressBar({ share, width }: Props): ReactElement {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const rest = eighths % 8;
  const full = '█'.repeat(Math.floor(eighths / 8));
  const partial = rest === 0 ? '' : String.fromCodePoint(0x2590 - rest);
  return (
    <Box flexShrink={0}>
      <Text>{(full + partial).padEnd(width)}</Text>
    </Box>
  );
}
