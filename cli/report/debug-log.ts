import type { DebugFact } from '../../runtime/training/training-event.js';

import { logNumber as text } from './log-number.js';
import type { LogLine } from './train-log.js';

const pair = ({
  data,
  gradient,
}: {
  readonly data: number;
  readonly gradient: number;
}): string => `(${text(data)}, ${text(gradient)})`;

/** A line of `debug_info` in Caffe's words; the norms are an error to Caffe's log. */
export function debugLine(fact: DebugFact): LogLine {
  switch (fact.kind) {
    case 'top':
      return [
        'net.cpp:591',
        `    [Forward] Layer ${fact.layer}, top blob ${fact.blob} data: ${text(fact.mean)}`,
      ];
    case 'parameter':
      return [
        'net.cpp:603',
        `    [Forward] Layer ${fact.layer}, param blob ${fact.parameter} data: ${text(fact.mean)}`,
      ];
    case 'bottom-gradient':
      return [
        'net.cpp:619',
        `    [Backward] Layer ${fact.layer}, bottom blob ${fact.blob} diff: ${text(fact.mean)}`,
      ];
    case 'parameter-gradient':
      return [
        'net.cpp:630',
        `    [Backward] Layer ${fact.layer}, param blob ${fact.parameter} diff: ${text(fact.mean)}`,
      ];
    case 'norms':
      return [
        'net.cpp:719',
        `    [Backward] All net params (data, diff): L1 norm = ${pair(fact.l1)}; L2 norm = ${pair(fact.l2)}`,
        'E',
      ];
  }
}
