import { ContentHash } from '../../engine/core/hash.ts';
import { RandomStream } from '../../engine/core/random.ts';
import type { KeyKind } from './live-cache-key.ts';

export interface Message {
  role: 'user' | 'agent';
  text: string;
}

/** What the simulated origin gives: a text, or the messages of a conversation. */
export type OriginValue = string | Message[];

/** Sent along with each prompt, so it costs tokens, too; its hash is part of each key. */
export const SYSTEM_PROMPT =
  'You are the support agent of an online shop. Answer from the manual, in plain words, and name the step to take next. ' +
  'When the manual says nothing about it, say so and offer to pass the question on to a person.';

/** Of which the simulated answers are made. */
const SENTENCES = [
  'Open the account page and choose the order that you mean.',
  'The change takes effect within a minute, and a mail confirms it.',
  'Nothing is charged before the parcel leaves the warehouse.',
  'If the button is grey, the carrier already has the parcel.',
  'You may undo this from the same place for as long as the order is open.',
  'The service keeps a record of each change and who asked for it.',
  'Keep the receipt, since the warranty starts on the day of delivery.',
  'For a business account, a second person has to approve it.',
  'The limit is set in the configuration file and read at the next start.',
  'Measure before and after, and change one value at a time.',
  'A report of the last thirty days shows whether it helped.',
  'Ask again with the number of the order when this does not fit.',
  'The manual describes an older version, so a name may differ.',
  'Export the list first, so that you can compare it later.',
  'It costs nothing, and it can be repeated as often as needed.',
  'Regions are handled one after the other, which takes some minutes.',
  'Customers see the new state as soon as they load the page again.',
  'Should it fail twice, the request goes to a person by itself.',
] as const;

const MESSAGES_IN_A_CONVERSATION = 14;

const streamOf = (prompt: string): RandomStream => {
  const hash = new ContentHash();
  hash.text(prompt);
  return new RandomStream(Number.parseInt(hash.digest().slice(0, 8), 16), 'simulated-origin');
};

const sentence = (random: RandomStream): string => SENTENCES[Math.floor(random.uniform() * SENTENCES.length)];

/** What the origin says to a prompt: always the same, and only a stand-in for an answer. */
export function originValue(prompt: string, kind: KeyKind): OriginValue {
  const random = streamOf(prompt);
  if (kind === 'conversation')
    return Array.from({ length: MESSAGES_IN_A_CONVERSATION }, (_, i): Message => {
      const role = i % 2 === 0 ? 'user' : 'agent';
      return { role, text: `${i + 1}. ${sentence(random)}` };
    });
  if (kind === 'tool')
    return JSON.stringify({
      simulated: true,
      call: prompt,
      status: 'ok',
      rows: 1 + Math.floor(random.uniform() * 40),
      note: sentence(random),
    });
  const chosen = new Set<string>();
  while (chosen.size < 6) chosen.add(sentence(random));
  return `A simulated answer to “${prompt.trim()}”. ${[...chosen].join(' ')}`;
}

/** The usual rule of thumb for English. The page says that it is one. */
const CHARACTERS_A_TOKEN = 4;
const tokens = (text: string): number => Math.ceil(text.length / CHARACTERS_A_TOKEN);

/** Tokens of a call that gives this value, estimated. */
export function tokensOf(prompt: string, value: unknown): { inputTokens: number; outputTokens: number } {
  const output =
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map((message) => (message as Message).text).join('\n')
        : '';
  return { inputTokens: tokens(SYSTEM_PROMPT) + tokens(prompt), outputTokens: tokens(output) };
}
