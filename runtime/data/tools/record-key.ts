const digits = 8;

/** The key of a record as convert_imageset has it: `%08d_name`, or the number alone. */
export function recordKey(number: number, name: string): string {
  const counted = String(number).padStart(digits, '0');
  return name === '' ? counted : `${counted}_${name}`;
}

/** The number that a key begins with. */
export const numberOfKey = (key: string): number =>
  Number(key.slice(0, digits));
