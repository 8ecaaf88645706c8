import * as v from 'valibot';
import { InputError } from '../../core/errors.ts';
import { parse } from '../../core/schema.ts';
import { contextBytes, type Message } from './message.ts';
import { shortenText } from './shorten.ts';
import { CHAT_OVERHEAD, conversationTokens, messageTokens, type CountTokens } from './tokens.ts';

const number = v.pipe(v.number(), v.finite('a finite number'));
const count = v.pipe(number, v.integer('a whole number'), v.minValue(1, 'a whole number of 1 or more'));
const places = v.pipe(number, v.integer('a whole number'), v.minValue(0, 'a whole number of 0 or more'));

export const pruneSchema = v.strictObject({
  /** Tokens of the kept conversation at most, overhead included (L1). */
  windowTokens: v.optional(count, 4096),
  /** Messages further back than this are kept only when important (L2). Null: no such limit. */
  keepLast: v.optional(v.nullable(count), 50),
  /** A message is important above this (L2). */
  importanceAbove: v.optional(number, 0.7),
  /** `important-first`: important ones by score, then the rest, newest first. `score`: by score alone, whatever their age. */
  order: v.optional(v.picklist(['important-first', 'score']), 'important-first'),
  /** What becomes of the first that does not fit whole: see `prune`. */
  oversize: v.optional(v.picklist(['shorten', 'refuse']), 'shorten'),
  /** A message is not shortened to less than this, overhead included. */
  leastTokens: v.optional(count, 48),
  perMessage: v.optional(places, CHAT_OVERHEAD.perMessage),
  perConversation: v.optional(places, CHAT_OVERHEAD.perConversation),
});

export type PruneSettings = v.InferOutput<typeof pruneSchema>;

/** Checked settings with defaults. @throws InputError naming the first that is wrong. */
export function pruneSettings(input: unknown = {}): PruneSettings {
  return parse(pruneSchema, input, 'pruning', Object.keys(pruneSchema.entries));
}

/** `old`: too far back and not important. `window`: no room. `unpaired`: a result without its call, or a call without result. */
export type DropReason = 'old' | 'window' | 'unpaired';

/** Why a message stays: it is of the system, the newest (or the newest of the user), important, among the last, or relevant. */
export type KeepReason = 'system' | 'newest' | 'important' | 'recent' | 'relevant';

export interface Pruned {
  /** In the order of the conversation. */
  kept: Message[];
  /** By id, for each that is kept, shortened ones too. A call and its results stay for the best reason of them. */
  keptFor: ReadonlyMap<string, KeepReason>;
  dropped: { message: Message; reason: DropReason }[];
  /** Ids of kept messages that lost a part of their text. */
  shortened: string[];
  tokensBefore: number;
  tokens: number;
  bytesBefore: number;
  bytesAfter: number;
}

/**
 * The module's rule as printed (L2): the last 50 messages, and of the older ones those of importance above 0.7, put in front; then the list
 * is cut to its last 50 again. Defect: the important ones stand in front, so the last cut drops exactly those that were
 * just kept for their importance, the system message among them. It counts messages, not tokens, and so has no bound in tokens.
 */
export function pruneAsPrinted(
  messages: readonly Message[],
  score: (message: Message) => number,
  settings: { keepLast: number; importanceAbove: number } = { keepLast: 50, importanceAbove: 0.7 },
): { kept: Message[]; keptAndDropped: Message[] } {
  const { keepLast, importanceAbove } = settings;
  const recent = messages.slice(-keepLast);
  const important = messages.slice(0, -keepLast).filter((message) => score(message) > importanceAbove);
  const both = [...important, ...recent];
  return { kept: both.slice(-keepLast), keptAndDropped: both.slice(0, -keepLast) };
}

/** What is kept or dropped as one: a message, or a tool's call with its results. */
interface Unit {
  /** In the order of the conversation. */
  readonly indexes: number[];
  readonly tokens: number;
  readonly score: number;
  readonly rank: number;
}

const [SYSTEM, NEWEST, IMPORTANT, OTHER] = [0, 1, 2, 3];
const REASONS: readonly KeepReason[] = ['system', 'newest', 'important', 'recent'];

interface Measures {
  count: CountTokens;
  /** From importance.ts or relevance.ts. Depends on the message alone. */
  score: (message: Message) => number;
}

/**
 * The mended rule. In this order: system messages; the newest user message and the newest message, without which there is
 * nothing to answer; important messages by score; the rest from the newest back. Messages are kept in this order for as long as they
 * fit, so a larger window never loses what a smaller one kept, and nothing kept is dropped later. A tool's call and its results
 * are kept together or not at all, for models refuse one without the other. The first that does not fit is shortened if that leaves
 * it `leastTokens`; it is dropped under `refuse`, and so is everything after it.
 * @throws InputError under `refuse` when the system messages and the newest do not fit.
 */
export function prune(messages: readonly Message[], settings: PruneSettings, measures: Measures): Pruned {
  const { perMessage, perConversation } = settings;
  const overhead = { perMessage, perConversation };
  const dropped = new Map<number, DropReason>();
  const kept = new Map<number, Message>();
  const keptFor = new Map<string, KeepReason>();
  const keep = (index: number, message: Message, rank: number): void => {
    kept.set(index, message);
    keptFor.set(message.id, settings.order === 'score' && rank === OTHER ? 'relevant' : REASONS[rank]!);
  };
  let room = settings.windowTokens - perConversation;
  let full = false;
  for (const unit of inOrderOfKeeping(messages, settings, measures, dropped)) {
    if (!full && unit.tokens <= room) {
      room -= unit.tokens;
      for (const index of unit.indexes) keep(index, messages[index]!, unit.rank);
      continue;
    }
    if (!full && settings.oversize === 'refuse' && unit.rank <= NEWEST)
      throw new InputError(
        `message ${messages[unit.indexes[0]!]!.id}`,
        `at most ${Math.max(0, room)} tokens`,
        `${unit.tokens}`,
        'Widen the window, or let messages be shortened.',
      );
    const part =
      full || settings.oversize === 'refuse' ? undefined : shorten(unit, messages, room, settings, measures);
    for (const index of unit.indexes) {
      const message = part?.get(index);
      if (message) keep(index, message, unit.rank);
      else dropped.set(index, 'window');
    }
    full = true;
  }
  const inOrder = [...kept].sort(([a], [b]) => a - b);
  const result = inOrder.map(([, message]) => message);
  return {
    kept: result,
    keptFor,
    dropped: [...dropped]
      .sort(([a], [b]) => a - b)
      .map(([index, reason]) => ({ message: messages[index]!, reason })),
    shortened: inOrder.filter(([index, message]) => message !== messages[index]).map(([, { id }]) => id),
    tokensBefore: conversationTokens(messages, measures.count, overhead),
    tokens: conversationTokens(result, measures.count, overhead),
    bytesBefore: contextBytes(messages),
    bytesAfter: contextBytes(result),
  };
}

/** Units from the first to keep to the last; what is dropped without asking for room goes to `dropped`. */
function inOrderOfKeeping(
  messages: readonly Message[],
  settings: PruneSettings,
  { count, score }: Measures,
  dropped: Map<number, DropReason>,
): Unit[] {
  const { perMessage, perConversation, keepLast, importanceAbove, order } = settings;
  const overhead = { perMessage, perConversation };
  const newestUser = messages.findLastIndex(({ role }) => role === 'user');
  const recentFrom = keepLast === null || order === 'score' ? 0 : messages.length - keepLast;
  const units: Unit[] = [];
  for (const indexes of paired(messages, dropped)) {
    const own = indexes.map((index) => messages[index]!);
    const best = Math.max(...own.map(score));
    const last = indexes.at(-1)!;
    const important = order === 'important-first' && best > importanceAbove;
    let rank = important ? IMPORTANT : OTHER;
    if (own[0]!.role === 'system') rank = SYSTEM;
    else if (last === messages.length - 1 || indexes.includes(newestUser)) rank = NEWEST;
    if (rank === OTHER && last < recentFrom) for (const index of indexes) dropped.set(index, 'old');
    else {
      const tokens = own.reduce((sum, message) => sum + messageTokens(message, count, overhead), 0);
      units.push({ indexes, tokens, score: best, rank });
    }
  }
  const first = ({ indexes }: Unit): number => indexes[0]!;
  return units.sort((a, b) => {
    if (a.rank !== b.rank) return a.rank - b.rank;
    // The user's question before what came of it.
    if (a.rank <= NEWEST) return first(a) - first(b);
    const byScore = order === 'score' || a.rank === IMPORTANT ? b.score - a.score : 0;
    return byScore || first(b) - first(a);
  });
}

/**
 * Indexes that belong together. A result without a call before it is unpaired; so is a call without a result, unless it is
 * still being worked on: nothing but calls and results comes after it.
 */
function paired(messages: readonly Message[], dropped: Map<number, DropReason>): number[][] {
  const units: number[][] = [];
  const calls = new Map<string, number[]>();
  messages.forEach(({ role, toolCallId }, index) => {
    const call = toolCallId === undefined ? undefined : calls.get(toolCallId);
    if (role !== 'tool') {
      const unit = [index];
      units.push(unit);
      if (role === 'assistant' && toolCallId !== undefined) calls.set(toolCallId, unit);
    } else if (call) call.push(index);
    else dropped.set(index, 'unpaired');
  });
  const pendingFrom = messages.findLastIndex(({ toolCallId }) => toolCallId === undefined) + 1;
  return units.filter((unit) => {
    const { role, toolCallId } = messages[unit[0]!]!;
    const pairs =
      role !== 'assistant' || toolCallId === undefined || unit.length > 1 || unit[0]! >= pendingFrom;
    if (!pairs) dropped.set(unit[0]!, 'unpaired');
    return pairs;
  });
}

/** The unit with its longest message shortened to the room there is; undefined when too little of it would be left. */
function shorten(
  unit: Unit,
  messages: readonly Message[],
  room: number,
  { perMessage, leastTokens }: PruneSettings,
  { count, score }: Measures,
): Map<number, Message> | undefined {
  const tokens = unit.indexes.map((index) => count(messages[index]!.text) + perMessage);
  const most = Math.max(...tokens);
  const left = room - (unit.tokens - most);
  if (left < leastTokens) return undefined;
  const longest = unit.indexes[tokens.indexOf(most)]!;
  const message = messages[longest]!;
  const text = shortenText(message.text, left - perMessage, count);
  if (text === undefined) return undefined;
  const part = new Map(unit.indexes.map((index) => [index, messages[index]!]));
  // Without its keywords it would score less than what it was kept for.
  return part.set(longest, { ...message, text, importance: score(message) });
}
