/*
 * Numbers as protobuf prints them: with as few digits as FLT_DIG or DBL_DIG promises, and
 * with more where these do not give the number back (SimpleFtoa and SimpleDtoa).
 */

/** A float32 as protobuf writes it: `0.1`, `1e-05`, `0.333333343`, `inf`, `nan`. */
export function printFloat(value: number): string {
  const single = Math.fround(value);
  const short = general(single, 6);
  // Protobuf takes the range error that C reports for denormals as a number misread.
  const isDenormal = Math.abs(single) < 2 ** -126 && single !== 0;
  if (isDenormal) return general(single, 9);
  return Math.fround(Number(short)) === single ? short : general(single, 9);
}

/** A double as protobuf writes it. */
export function printDouble(value: number): string {
  const short = general(value, 15);
  return Number(short) === value ? short : general(value, 17);
}

/** `%.<precision>g` of C. */
function general(value: number, precision: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const { digits, exponent } = roundToDigits(Math.abs(value), precision);
  return sign + layOut(digits.replace(/0+$/, ''), exponent, precision);
}

/** `0.digits * 10 ** (exponent + 1)`, halves rounded to even as C does. */
function roundToDigits(
  value: number,
  precision: number,
): { digits: string; exponent: number } {
  // 100 digits, the most there are, show every number that lies halfway exactly.
  const exact = digitsOf(value.toExponential(100));
  const rounded = digitsOf(value.toExponential(precision - 1));
  const halfway = /^50*$/.test(exact.digits.slice(precision));
  const below = exact.digits.slice(0, precision);
  // JavaScript rounds halves up.
  return halfway && /[02468]$/.test(below)
    ? { digits: below, exponent: exact.exponent }
    : rounded;
}

function digitsOf(exponential: string): { digits: string; exponent: number } {
  const [mantissa = '', exponent = '0'] = exponential.split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

function layOut(digits: string, exponent: number, precision: number): string {
  if (digits === '') return '0';
  if (exponent < -4 || exponent >= precision) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const sign = exponent < 0 ? '-' : '+';
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits.slice(0, 1)}${fraction}e${sign}${power}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
