import type { WriteStream } from 'node:tty';
import { render } from 'ink';

import type { Stage } from './stage.js';
import { StageList } from './StageList.js';

/** Stages on a terminal, until they are taken away. */
export interface ShownStages {
  readonly show: (stages: readonly Stage[]) => void;
  readonly clear: () => void;
}

export function showStages(stream: WriteStream, colour: boolean): ShownStages {
  const list = (stages: readonly Stage[]) => (
    <StageList stages={stages} width={stream.columns} colour={colour} />
  );
  const shown = render(list([]), {
    stdout: stream,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  return {
    show: (stages) => {
      shown.rerender(list(stages));
    },
    clear: () => {
      shown.clear();
      shown.unmount();
    },
  };
}
