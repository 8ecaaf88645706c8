import { remembered, type Compacted, type Part } from './compact.ts';
import type { Repeat } from './deduplicate.ts';
import { contextBytes, messageBytes, type Message } from './message.ts';
import { prune, pruneAsPrinted, type DropReason, type KeepReason, type PruneSettings } from './prune.ts';
import type { Steps } from './steps.ts';
import { conversationTokens, messageTokens, type CountTokens } from './tokens.ts';

/** How a conversation is made to fit: the module's rule as printed, on what was said; or the mended one, after compaction (by `compactSteps`). */
export type Slimming =
  | { rule: 'printed'; keepLast: number; importanceAbove: number }
  | { rule: 'mended'; compacted: Compacted | null; prune: PruneSettings };

/**
 * What became of a message, and why. `merged`: another says the same, and only a reference to it is left, or nothing. `lost`: kept
 * for its importance, and dropped by the last cut of the module's rule.
 */
export type Verdict =
  | { fate: 'kept' | 'shortened'; why: KeepReason }
  | { fate: 'merged'; of: string; exact: boolean }
  | { fate: 'dropped'; why: DropReason | 'lost' };

export interface Slimmed {
  /** What is sent: the same objects, except those whose text has changed. */
  messages: Message[];
  /** By id, for each message of the conversation. */
  verdicts: ReadonlyMap<string, Verdict>;
  /** Tokens of each message that is sent, with what stands around it. */
  tokensAfter: ReadonlyMap<string, number>;
  /** Ids of tool results whose JSON was written in fewer characters. */
  rewritten: ReadonlySet<string>;
  /** Those of messages alike, and of the whole as it is sent. */
  parts: Part[];
  tokens: number;
  bytes: number;
}

export interface Measures {
  count: CountTokens;
  score: (message: Message) => number;
}

/**
 * Makes a conversation fit and says of each message what became of it, a message at a time. It is `footprint` without
 * compression, for a page: the conversation is there once, kept messages are the same objects, and only texts that change are new.
 */
export function* slimSteps(
  messages: readonly Message[],
  slimming: Slimming,
  measures: Measures,
): Steps<Slimmed> {
  const bytesOf = remembered(messageBytes);
  for (const message of messages) {
    yield;
    bytesOf(message);
  }
  const compacted = (slimming.rule === 'mended' && slimming.compacted) || {
    messages: [...messages],
    parts: [],
    repeats: [],
  };
  const now = compacted.messages;
  const counted = new Map<string, number>();
  for (const { text } of now) {
    yield;
    counted.set(text, measures.count(text));
  }
  const count: CountTokens = (text) => counted.get(text) ?? measures.count(text);
  const verdicts = new Map<string, Verdict>();
  let kept: Message[];
  if (slimming.rule === 'printed') kept = printed(now, slimming, measures, verdicts);
  else kept = mended(now, slimming.prune, { ...measures, count }, verdicts);
  const sent = new Set(kept.map(({ id }) => id));
  markRepeats(compacted.repeats, messages, sent, verdicts);
  const before = new Map(messages.map((message) => [message.id, message]));
  const repeated = new Set(compacted.repeats.map(({ id }) => id));
  const bytes = contextBytes(kept, bytesOf);
  const pruning: Part = {
    name: 'pruning',
    bytesBefore: contextBytes(now, bytesOf),
    bytesAfter: bytes,
    lossless: false,
  };
  return {
    messages: kept,
    verdicts,
    tokensAfter: new Map(kept.map((message) => [message.id, messageTokens(message, count)])),
    rewritten: new Set(
      now
        .filter((message) => message !== before.get(message.id) && !repeated.has(message.id))
        .map((m) => m.id),
    ),
    parts: [...compacted.parts, pruning],
    tokens: conversationTokens(kept, count),
    bytes,
  };
}

function printed(
  messages: readonly Message[],
  settings: { keepLast: number; importanceAbove: number },
  { score }: Measures,
  verdicts: Map<string, Verdict>,
): Message[] {
  const { kept, keptAndDropped } = pruneAsPrinted(messages, score, settings);
  for (const { id } of messages) verdicts.set(id, { fate: 'dropped', why: 'old' });
  for (const { id } of kept) verdicts.set(id, { fate: 'kept', why: 'recent' });
  for (const { id } of keptAndDropped) verdicts.set(id, { fate: 'dropped', why: 'lost' });
  return kept;
}

function mended(
  messages: readonly Message[],
  settings: PruneSettings,
  measures: Measures,
  verdicts: Map<string, Verdict>,
): Message[] {
  const { kept, keptFor, dropped, shortened } = prune(messages, settings, measures);
  const cut = new Set(shortened);
  for (const { id } of kept)
    verdicts.set(id, { fate: cut.has(id) ? 'shortened' : 'kept', why: keptFor.get(id)! });
  for (const { message, reason } of dropped) verdicts.set(message.id, { fate: 'dropped', why: reason });
  return kept;
}

/** A repeat whose reference is sent is merged; so is one that left nothing, as long as what it repeats is sent. */
function markRepeats(
  repeats: readonly Repeat[],
  messages: readonly Message[],
  sent: ReadonlySet<string>,
  verdicts: Map<string, Verdict>,
): void {
  const system = new Set(messages.filter(({ role }) => role === 'system').map(({ id }) => id));
  for (const { id, of, exact } of repeats)
    if (sent.has(id) || system.has(id)) verdicts.set(id, { fate: 'merged', of, exact });
}
