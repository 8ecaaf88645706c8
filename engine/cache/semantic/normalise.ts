import { ContentHash } from '../../core/hash.ts';

/** Text that has to stay as it was written: code between backticks, and whatever stands in double quotes. */
const VERBATIM = /```[\s\S]*?(?:```|$)|`[^`]*`|"[^"]*"/g;
/** Punctuation at the end of a word or on its own. Within or before one it says something (3.14, node.js, .5, !important). */
const SENTENCE_MARKS = /[.,;:!?…]+(?=\s|$)|(?<=\s|^)[¿¡]+/g;
/** A remark in brackets is a remark without them; `main()` keeps its own. */
const BRACKETS = /(?<=\s|^)\(([^()]*)\)(?=\s|$)/g;

/**
 * What stays of a prompt when spelling alone is taken away (C15): NFKC, lower case, one space between words, no
 * punctuation around words. Quoted text and code keep their letters as they are: `"US"` isn't `"us"`. Symbols that carry
 * meaning (`C#`, `50 %`, `x < 5`) stay.
 *
 * Idempotent.
 */
export function normalise(text: string): string {
  const unified = text
    .normalize('NFKC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‛]/g, "'");
  let result = '';
  let at = 0;
  for (const match of unified.matchAll(VERBATIM)) {
    result += plain(unified.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return (result + plain(unified.slice(at))).trim();
}

function plain(text: string): string {
  let before: string;
  let result = text.toLowerCase().replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
  do {
    before = result;
    result = result.replace(SENTENCE_MARKS, ' ').replace(BRACKETS, '$1').replace(/ +/g, ' ');
  } while (result !== before);
  return result;
}

/**
 * Where a prompt was asked: everything beside its wording that changes the answer, such as the model, the system prompt
 * and the sampling parameters.
 * @returns 16 hexadecimal digits; against accidents, not against forgery. Tenants are kept apart by name, not by hash.
 */
export function contextHash(...parts: readonly string[]): string {
  const hash = new ContentHash();
  for (const part of parts) hash.text(part);
  return hash.digest();
}

/** The exact key of a prompt in its context (C15). */
export const semanticKey = (prompt: string, context: string): string => `${context}:${normalise(prompt)}`;
