import { isKnown } from './lexicon/concepts.ts';
import { ENGLISH_WORDS, FOREIGN_WORDS } from './lexicon/languages.ts';
import { formsOf } from './lexicon/lemmas.ts';

/** The encoder reads no further. */
export const MAX_TOKENS = 128;

export type Unreliable = 'empty' | 'too long' | 'not English';

/**
 * Why a vector isn't to be trusted, or null when it is. The encoder has learnt English sentences of up to 128 pieces;
 * outside of that its cosines mean nothing, and the cache falls back to exact matches.
 * @param tokens pieces of the text
 * @param unknown pieces among them that the encoder has never seen
 */
export function unreliable(text: string, tokens: number, unknown: number): Unreliable | null {
  if (tokens === 0 || !/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if (tokens > MAX_TOKENS) return 'too long';
  return unknown >= 0.1 * tokens || !looksEnglish(text) ? 'not English' : null;
}

/**
 * By script, and then by small words: every language has a few dozen that hardly a sentence does without. What is quoted
 * doesn't count, so that one may ask in English for a translation.
 */
export function looksEnglish(text: string): boolean {
  const unquoted = text.replace(/"[^"]*"|“[^”]*”|`[^`]*`|«[^»]*»/g, ' ');
  const letters = unquoted.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => letter < '\u0250').length;
  if (latin < 0.95 * letters.length) return false;

  const nameless = unquoted.replace(/(?<!\p{L})(?:Los|Las|El|La|Le|De|Del|Der|Von|Du|Das) (?=\p{Lu})/gu, ''); // Los Angeles
  const words = nameless.toLowerCase().match(/\p{L}+/gu) ?? [];
  let english = 0;
  let foreign = 0;
  for (const word of words) {
    if (ENGLISH_WORDS.has(word)) english++;
    else if (FOREIGN_WORDS.has(word)) foreign++;
    else if (formsOf(word).some(isKnown)) english++;
    if (/[^a-z]/.test(word)) foreign++; // letters with accents: few words of English have them
  }
  if (/[¿¡]/.test(unquoted)) foreign += 2;
  return foreign === 0 || english > foreign;
}
