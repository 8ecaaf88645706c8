export type Tier = 'l1' | 'l2' | 'l3' | 'l4' | 'model' | 'trouble';

export type Segment = string | { tier: Tier; words: string } | { strong: string } | { code: string };

const MARKED = /\[\[(l1|l2|l3|l4|model|trouble)\|([^\]]+)\]\]|\*\*([^*]+)\*\*|`([^`]+)`/g;

/** A figure and its unit stay on one line. */
const FIGURE = /(\d) (k|M|G|s|ms|min|h|%)(?![\w])/g;

/** Splits a text with terms as `[[tier|words]]`, `**strong**` words and code in backquotes; any other sign is plain text. */
export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  const whole = text.replace(FIGURE, '$1\u00a0$2');
  let end = 0;
  for (const match of whole.matchAll(MARKED)) {
    if (match.index > end) found.push(whole.slice(end, match.index));
    const [, tier, words, strong, code] = match;
    if (strong !== undefined) found.push({ strong });
    else if (code !== undefined) found.push({ code });
    else found.push({ tier: tier as Tier, words });
    end = match.index + match[0].length;
  }
  if (end < whole.length) found.push(whole.slice(end));
  return found;
}
