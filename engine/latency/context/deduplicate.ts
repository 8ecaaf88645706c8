import { utf8Bytes, type Message } from './message.ts';
import { finish, type Steps } from './steps.ts';

export interface Repeat {
  readonly id: string;
  /** Id of the message that says the same. */
  readonly of: string;
  /** Character for character; otherwise some words differ, and are lost. */
  readonly exact: boolean;
}

export interface DeduplicateSettings {
  /** Shared words over all words of both, from which two messages count as the same; above 1: only equal texts do. */
  nearFrom: number;
  /** Shorter messages stay: a second "yes" answers another question. */
  leastWords: number;
}

/** Words that turn a sentence round. */
const NEGATIONS = /^(no|not|never|none|nothing|without|cannot|\p{L}+n['’]t)$/u;

/**
 * Messages that say again what another of the same role says. Of system messages the first stays and repeats go; of
 * others the newest stays, and of an older one only a reference to it, so that turns still alternate and calls keep their results.
 * Words are compared as sets (Jaccard). Messages that differ in a figure or a negation are never the same, however alike.
 */
export function deduplicate(messages: readonly Message[], settings: DeduplicateSettings): Deduplicated {
  return finish(deduplicateSteps(messages, settings));
}

export function* deduplicateSteps(
  messages: readonly Message[],
  { nearFrom, leastWords }: DeduplicateSettings,
): Steps<Deduplicated> {
  /** Of one role and with the same decisive words: others cannot say the same. */
  const groups = new Map<string, { message: Message; words: Words }[]>();
  const repeats: Repeat[] = [];
  const result = new Map<string, Message>();
  const systemFirst = [
    ...messages.filter(({ role }) => role === 'system'),
    ...messages.filter(({ role }) => role !== 'system').reverse(),
  ];
  for (const message of systemFirst) {
    yield;
    const words = wordsOf(message.text);
    const group = `${message.role} ${words.decisive}`;
    const kept = groups.get(group) ?? [];
    const same =
      words.all.size >= leastWords
        ? kept.find((other) => isSame(message, words, other, nearFrom))
        : undefined;
    const text = same && `[same as ${same.message.id}, below]`;
    if (!same || utf8Bytes(text!) >= utf8Bytes(message.text)) {
      kept.push({ message, words });
      groups.set(group, kept);
      result.set(message.id, message);
      continue;
    }
    repeats.push({ id: message.id, of: same.message.id, exact: same.message.text === message.text });
    if (message.role !== 'system') result.set(message.id, { ...message, text: text! });
  }
  return { messages: messages.flatMap(({ id }) => result.get(id) ?? []), repeats };
}

export interface Deduplicated {
  messages: Message[];
  repeats: Repeat[];
}

interface Words {
  readonly all: ReadonlySet<string>;
  /** Those that must be equal, as one text. */
  readonly decisive: string;
}

function wordsOf(text: string): Words {
  const list = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’.,:-][\p{L}\p{N}]+)*/gu) ?? [];
  const decisive = list.filter((word) => /\p{N}/u.test(word) || NEGATIONS.test(word));
  return { all: new Set(list), decisive: decisive.join(' ') };
}

function isSame(
  message: Message,
  words: Words,
  other: { message: Message; words: Words },
  nearFrom: number,
): boolean {
  if (message.text === other.message.text) return true;
  const [a, b] = [words.all, other.words.all];
  // The share cannot be greater than the smaller set over the larger one.
  if (Math.min(a.size, b.size) < nearFrom * Math.max(a.size, b.size)) return false;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared) >= nearFrom;
}
