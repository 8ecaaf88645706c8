import * as v from 'valibot';
import { parse } from '../../core/schema.ts';
import type { Message } from './message.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const points = v.pipe(number, v.minValue(0, 'a number from 0 to 1'), v.maxValue(1, 'a number from 0 to 1'));

/** Words that mark a message as important: the first three are the module's (L3), the others of their kind. */
export const IMPORTANT_WORDS = [
  'important',
  'remember',
  'critical',
  'urgent',
  'essential',
  'crucial',
  'deadline',
];

/** The module's points for a message (L3): 0.5, system +0.3, keyword +0.2, over 200 characters +0.1, at most 1. */
export const importanceSchema = v.strictObject({
  base: v.optional(points, 0.5),
  system: v.optional(points, 0.3),
  keyword: v.optional(points, 0.2),
  long: v.optional(points, 0.1),
  longCharacters: v.optional(
    v.pipe(number, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more')),
    200,
  ),
  keywords: v.optional(v.array(v.pipe(v.string(), v.nonEmpty('a word'))), IMPORTANT_WORDS),
  /** `word`: whole words only. `anywhere`: as the module has it, so that "unimportant" counts as well. */
  matching: v.optional(v.picklist(['word', 'anywhere']), 'word'),
});

export type ImportanceSettings = v.InferOutput<typeof importanceSchema>;

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function importanceSettings(input: unknown = {}): ImportanceSettings {
  return parse(importanceSchema, input, 'importance', Object.keys(importanceSchema.entries));
}

/**
 * A judge of messages, from 0 to 1; what a message says of its own importance stands. The module then keeps what is
 * above 0.7, so a keyword alone (exactly 0.7) is not enough: "Remember: my budget is $500" has to be over 200 characters long, or
 * come from the system.
 */
export function importanceOf(settings: ImportanceSettings): (message: Message) => number {
  const mentions = matcher(settings);
  return (message) => {
    if (message.importance !== undefined) return message.importance;
    const sum =
      settings.base +
      (message.role === 'system' ? settings.system : 0) +
      (mentions(message.text.toLowerCase()) ? settings.keyword : 0) +
      (message.text.length > settings.longCharacters ? settings.long : 0);
    // Tenths add up to 0.7999…, which a threshold of 0.8 would miss.
    return Math.min(1, Math.round(sum * 1e9) / 1e9);
  };
}

/** What a message's importance is made of. */
export interface ImportanceTerms {
  readonly base: number;
  readonly system: number;
  readonly keyword: number;
  readonly long: number;
  /** The keywords that were found. */
  readonly words: readonly string[];
  /** From 0 to 1: the sum, cut at 1, or what the message says of its own importance. */
  readonly score: number;
  /** The message has its importance from elsewhere, and the terms do not count. */
  readonly given: boolean;
}

/** The terms of `importanceOf`, for whoever wants to see why. */
export function importanceTerms(settings: ImportanceSettings): (message: Message) => ImportanceTerms {
  const score = importanceOf(settings);
  return (message) => {
    const text = message.text.toLowerCase();
    const words = settings.keywords.filter((word) => matcher({ ...settings, keywords: [word] })(text));
    return {
      base: settings.base,
      system: message.role === 'system' ? settings.system : 0,
      keyword: words.length > 0 ? settings.keyword : 0,
      long: message.text.length > settings.longCharacters ? settings.long : 0,
      words,
      score: score(message),
      given: message.importance !== undefined,
    };
  };
}

function matcher({ keywords, matching }: ImportanceSettings): (text: string) => boolean {
  const wanted = keywords.map((word) => word.toLowerCase());
  if (matching === 'anywhere') return (text) => wanted.some((word) => text.includes(word));
  return (text) => wanted.some((word) => containsWord(text, word));
}

function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) return true;
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
