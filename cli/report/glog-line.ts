const two = (number: number): string => String(number).padStart(2, '0');

/** When, and by which process, a line of the log was written. */
export interface LogOrigin {
  readonly at: Date;
  /** Within the millisecond of `at`. */
  readonly microseconds: number;
  readonly process: number;
}

/** As glog marks them: what is told, and what Caffe calls an error. */
export type Severity = 'I' | 'E';

/**
 * A line as the glog of Caffe's time writes it, without the year, so that Caffe's own tools
 * read it: `I1121 21:37:03.736217  1363 caffe.cpp:211] Use CPU.` `place` is the line of
 * Caffe's source that says it.
 */
export function glogLine(
  place: string,
  message: string,
  { at, microseconds, process }: LogOrigin,
  severity: Severity = 'I',
): string {
  const day = `${two(at.getMonth() + 1)}${two(at.getDate())}`;
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map(two)
    .join(':');
  const fraction = String(1000 * at.getMilliseconds() + microseconds).padStart(
    6,
    '0',
  );
  const id = String(process).padStart(5);
  return `${severity}${day} ${time}.${fraction} ${id} ${place}] ${message}`;
}

/** Now, in this process. */
export function logOrigin(): LogOrigin {
  const now = performance.timeOrigin + performance.now();
  return {
    at: new Date(now),
    microseconds: Math.floor((now % 1) * 1000),
    process: process.pid,
  };
}
