const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
} as const;

export type Tone = keyof typeof codes;

/** Text between the codes of a terminal, or as it is. */
export const painted = (colour: boolean, tone: Tone, text: string): string =>
  colour && text !== ''
    ? `\u001b[${codes[tone][0]}m${text}\u001b[${codes[tone][1]}m`
    : text;
