import { RandomStream } from '../../core/random.ts';
import type { Message, Role } from './message.ts';
import { pick, prose, sentence, title, word } from './sample-prose.ts';

/**
 * Conversations such as agents hold, for measuring what pruning and compaction save: the same seed gives the same texts. They have what
 * real ones are full of: the system prompt again every few turns, as frameworks put it in; tool results as indented JSON with the names of the
 * fields in every row; the same look-up made twice; answers that quote the same policy; thanks and small talk.
 */

export const SAMPLE_KINDS = ['support', 'research', 'smallTalk'] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

export interface SampleSettings {
  kind: SampleKind;
  /** Questions of the user. */
  exchanges: number;
  seed: number;
}

const PROMPTS: Record<SampleKind, string> = {
  support: 'You are the support agent of an online shop. Be polite and brief.',
  research: 'You are a research agent. Search before you answer, and name your sources.',
  smallTalk: 'You are a friendly companion.',
};
const THANKS = [
  'Thanks!',
  'Great, thank you.',
  'ok',
  'Perfect, that helps a lot.',
  'Hm, I see.',
  'Yes, please.',
  'No, that is all.',
];
const WELCOMES = [
  'You are welcome!',
  'Gladly. Is there anything else I can do for you?',
  'Always a pleasure.',
];
/** A later version of a prompt: nearly a repeat, and yet one line more. */
const ADDED = 'Answer in the language of the user.';
const START_MS = 1_700_000_000_000;

/** A conversation in the making: messages with their times, and what can be repeated later. */
class Draft {
  readonly messages: Message[] = [];
  /** Results of earlier calls by their arguments, as a tool gives the same answer again. */
  readonly results: { call: string; result: string }[] = [];
  private atMs = START_MS;

  constructor(
    readonly stream: RandomStream,
    readonly name: string,
    readonly prompt: string,
  ) {}

  say(role: Role, text: string, toolCallId?: string): void {
    this.atMs += 500 + this.stream.below(60_000);
    const id = `${this.name}-${this.messages.length}`;
    this.messages.push({
      id,
      role,
      text,
      atMs: this.atMs,
      ...(toolCallId === undefined ? {} : { toolCallId }),
    });
  }

  /** A call with its result; one call in five asks again what was asked before. */
  call(tool: string, args: object, work: () => object): void {
    const again = this.results.length > 0 && this.stream.below(5) === 0;
    const made = again
      ? pick(this.stream, this.results)
      : { call: `${tool}(${JSON.stringify(args)})`, result: JSON.stringify(work(), null, 2) };
    if (!again) this.results.push(made);
    const toolCallId = `call_${this.hex(24)}`;
    this.say('assistant', made.call, toolCallId);
    this.say('tool', made.result, toolCallId);
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.stream.below(16).toString(16)).join('');
  }

  chance(percent: number): boolean {
    return this.stream.below(100) < percent;
  }

  between(low: number, high: number): number {
    return low + this.stream.below(high - low + 1);
  }

  date(): string {
    const two = (n: number): string => String(n).padStart(2, '0');
    return `2026-${two(this.between(1, 12))}-${two(this.between(1, 28))}T${two(this.between(0, 23))}:${two(this.between(0, 59))}:00Z`;
  }
}

export function sampleConversation({ kind, exchanges, seed }: SampleSettings): Message[] {
  const stream = new RandomStream(seed, `conversation:${kind}`);
  const rules = Array.from({ length: 12 }, (_, i) => `${i + 1}. ${sentence(stream)}`).join('\n');
  const draft = new Draft(stream, `${kind}-${seed}`, `${PROMPTS[kind]}\n\nRules:\n${rules}`);
  const policies = Array.from({ length: 3 }, () => prose(stream, 4));
  draft.say('system', draft.prompt);
  for (let i = 0; i < exchanges; i++) {
    if (i > 0 && i % 8 === 0)
      draft.say('system', draft.chance(30) ? `${draft.prompt}\n${ADDED}` : draft.prompt);
    if (kind === 'support') supportExchange(draft, policies);
    else if (kind === 'research') researchExchange(draft);
    else smallTalkExchange(draft);
  }
  return draft.messages;
}

function supportExchange(draft: Draft, policies: readonly string[]): void {
  const { stream } = draft;
  const order = `${draft.between(1000, 9999)}-${draft.between(10_000, 99_999)}`;
  const note = draft.chance(10) ? ' Please remember this, it is important to me.' : '';
  draft.say('user', `My order ${order}: ${prose(stream, draft.between(1, 3))}${note}`);
  if (draft.chance(70)) draft.call('get_order', { order }, () => orderResult(draft, order));
  const policy = draft.chance(40) ? ` Our policy says: ${pick(stream, policies)}` : '';
  draft.say('assistant', `I looked into it. ${prose(stream, draft.between(1, 4))}${policy}`);
  if (draft.chance(50)) thank(draft);
}

function orderResult(draft: Draft, order: string): object {
  return {
    order,
    placed: draft.date(),
    status: pick(draft.stream, ['placed', 'packed', 'label_created', 'in_transit', 'delivered', 'returned']),
    customer: { id: `cus_${draft.hex(14)}`, city: title(draft.stream), loyal: draft.chance(30) },
    items: Array.from({ length: draft.between(1, 6) }, () => ({
      sku: draft.hex(8),
      name: title(draft.stream),
      quantity: draft.between(1, 4),
      unit_price_usd: draft.between(300, 40_000) / 100,
      returnable: draft.chance(80),
    })),
    events: Array.from({ length: draft.between(2, 7) }, () => ({
      at: draft.date(),
      place: word(draft.stream),
      event: pick(draft.stream, [
        'accepted',
        'sorted',
        'departed',
        'arrived',
        'out_for_delivery',
        'delivered',
      ]),
    })),
  };
}

function researchExchange(draft: Draft): void {
  const { stream } = draft;
  const topic = title(stream);
  draft.say('user', `What is known about this: ${topic}? ${sentence(stream)}`);
  draft.call('search', { query: topic, limit: 8 }, () => ({
    query: topic,
    results: Array.from({ length: 8 }, (_, i) => ({
      rank: i + 1,
      title: title(stream),
      url: `https://${word(stream)}.example/${word(stream)}/${draft.hex(6)}`,
      published: draft.date(),
      score: draft.between(1, 9999) / 10_000,
      snippet: prose(stream, 2),
    })),
  }));
  for (let pages = draft.between(1, 2); pages > 0; pages--)
    draft.call('open_page', { url: `https://${word(stream)}.example/${draft.hex(6)}` }, () => ({
      title: title(stream),
      fetched: draft.date(),
      text: prose(stream, draft.between(15, 45)),
    }));
  const points = Array.from({ length: draft.between(3, 6) }, () => `- ${sentence(stream)}`).join('\n');
  draft.say(
    'assistant',
    `${prose(stream, 2)}\n\n${points}\n\n${draft.chance(15) ? 'Important: ' : ''}${prose(stream, 2)}`,
  );
  if (draft.chance(30)) thank(draft);
}

function smallTalkExchange(draft: Draft): void {
  draft.say('user', prose(draft.stream, draft.between(1, 2)));
  draft.say('assistant', prose(draft.stream, draft.between(1, 4)));
  if (draft.chance(30)) thank(draft);
}

function thank(draft: Draft): void {
  draft.say('user', pick(draft.stream, THANKS));
  draft.say('assistant', pick(draft.stream, WELCOMES));
}

/** What a busy process holds: half support, three in ten research, the rest small talk, some just begun and some long. */
export function sampleConversations(count: number, seed: number): Message[][] {
  const stream = new RandomStream(seed, 'conversations');
  return Array.from({ length: count }, (_, i) => {
    const drawn = stream.below(10);
    const kind: SampleKind = drawn < 5 ? 'support' : drawn < 8 ? 'research' : 'smallTalk';
    const most = { support: 30, research: 12, smallTalk: 40 }[kind];
    return sampleConversation({ kind, exchanges: 1 + stream.below(most), seed: seed * 100_003 + i });
  });
}
