import type { Highlight } from '../../../engine/cost/rules/suggestions.ts';

/** A stretch of a rule's text that is drawn in one way. */
export interface Mark {
  from: number;
  text: string;
  kind: Highlight['kind'] | 'space';
  wrong: boolean;
}

/** A mistake lies between two characters, both counted from 0, the second one outside. */
interface Mistake {
  from: number;
  to: number;
}

/**
 * Cuts a text where a token or a mistake begins or ends. Joined together the marks are the text, so that what is drawn under the field has the
 * same characters. An empty text with a mistake has one empty mark.
 */
export function marksOf(
  text: string,
  highlights: readonly Highlight[],
  mistakes: readonly Mistake[],
): Mark[] {
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...highlights, ...mistakes]) cuts.add(from).add(to);
  const places = [...cuts].filter((place) => place <= text.length).sort((a, b) => a - b);
  if (text === '') return [{ from: 0, text: '', kind: 'space', wrong: mistakes.length > 0 }];
  return places.slice(0, -1).map((from, i) => ({
    from,
    text: text.slice(from, places[i + 1]),
    kind: highlights.find((token) => token.from <= from && from < token.to)?.kind ?? 'space',
    wrong: mistakes.some((mistake) => mistake.from <= from && from < mistake.to),
  }));
}
