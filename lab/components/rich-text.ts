export type Tier = 'l1' | 'l2' | 'l3' | 'l4' | 'model' | 'trouble';

export type Segment = string | { tier: Tier; words: string };

const TERM = /\[\[(l1|l2|l3|l4|model|trouble)\|([^\]]+)\]\]/g;

/** Splits a text with terms written as `[[tier|words]]`; anything else in brackets is plain text. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(TERM)) {
    if (match.index > end) found.push(text.slice(end, match.index));
    found.push({ tier: match[1] as Tier, words: match[2] });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push(text.slice(end));
  return found;
}
