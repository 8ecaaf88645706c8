export type Tier = 'l1' | 'l2' | 'l3' | 'l4' | 'model' | 'trouble';

export type Segment = string | { tier: Tier; words: string };

const TERM = /\[\[(l1|l2|l3|l4|model|trouble)\|([^\]]+)\]\]/g;

/** A figure and its unit stay on one line. */
const FIGURE = /(\d) (k|M|G|s|ms|min|h|%)(?![\w])/g;

/** Splits a text with terms written as `[[tier|words]]`; anything else in brackets is plain text. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  const whole = text.replace(FIGURE, '$1\u00a0$2');
  let end = 0;
  for (const match of whole.matchAll(TERM)) {
    if (match.index > end) found.push(whole.slice(end, match.index));
    found.push({ tier: match[1] as Tier, words: match[2] });
    end = match.index + match[0].length;
  }
  if (end < whole.length) found.push(whole.slice(end));
  return found;
}
