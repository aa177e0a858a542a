/** A float32 with the fewest digits from which the same float32 is read. */
export function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** `1,045,242` */
export const countText = (count: number): string =>
  String(count).replace(/\B(?=(\d{3})+$)/g, ',');

const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];

/** `10.4 G`, `12.3 MB`: three digits, a decimal prefix and the unit. */
export function amountText(amount: number, unit = ''): string {
  let value = amount;
  let step = 0;
  while (value >= 999.5 && step < prefixes.length - 1) {
    value /= 1000;
    step += 1;
  }
  const text = step === 0 ? String(value) : value.toPrecision(3);
  return `${text} ${prefixes[step] ?? ''}${unit}`.trimEnd();
}

/** A measured number in few columns: `1.23e-7`, `0.0412`, `nan`. */
export function measureText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size < 1e-4 || size >= 1e6
    ? value.toExponential(digits - 1).replace('e+', 'e')
    : String(Number(value.toPrecision(digits)));
}

/** `0.8 ms`, `340 ms`, `12.3 s` */
export function timeText(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return milliseconds >= 10
    ? `${milliseconds.toFixed(0)} ms`
    : `${milliseconds.toFixed(1)} ms`;
}

/** `1 warning`, `3 warnings` */
export const counted = (count: number, noun: string): string =>
  `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;
