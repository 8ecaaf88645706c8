import { compactSettings, compactSteps, type Part } from '../../engine/latency/context/compact.ts';
import {
  importanceSettings,
  importanceTerms,
  type ImportanceTerms,
} from '../../engine/latency/context/importance.ts';
import { contextBytes, type Message } from '../../engine/latency/context/message.ts';
import { pruneSettings } from '../../engine/latency/context/prune.ts';
import { relevance, relevanceSettings, relevanceSteps } from '../../engine/latency/context/relevance.ts';
import { slimSteps, type Slimmed, type Slimming } from '../../engine/latency/context/slim.ts';
import type { Steps } from '../../engine/latency/context/steps.ts';
import { conversationTokens, estimateTokens, messageTokens } from '../../engine/latency/context/tokens.ts';
import { wordVector } from '../../engine/latency/context/word-vector.ts';
import { RULES, type ContextSettings, type Rule } from './context-settings.ts';

/** Beyond this, relevance goes without diversity, whose work grows with the square of the messages. */
export const MOST_DIVERSE = 2000;

/** A message, and what each rule made of it. */
export interface Row {
  readonly message: Message;
  readonly tokens: number;
  readonly importance: ImportanceTerms;
  /** To the query, from 0 to 1: likeness and recency. */
  readonly relevance: number;
}

export interface RuleResult extends Slimmed {
  readonly rule: Rule;
  readonly sent: number;
  /** Of importance above the threshold in all, and those of them that are not sent. */
  readonly important: number;
  readonly importantLost: number;
  readonly overWindow: boolean;
}

export interface ContextResult {
  readonly rows: readonly Row[];
  readonly rules: Readonly<Record<Rule, RuleResult>>;
  readonly tokensBefore: number;
  readonly bytesBefore: number;
  readonly query: string;
  /** Relevance spread the choice over what is not alike. */
  readonly diverse: boolean;
}

/** Rounds over the messages, for a bar that shows how far the work is: one, and each rule's own. */
export const ROUNDS = 12;

/** What is asked for: the learner's words, or the newest message of the user. */
export const queryOf = (messages: readonly Message[], settings: ContextSettings): string =>
  settings.query.trim() || (messages.findLast(({ role }) => role === 'user') ?? messages.at(-1))?.text || '';

/**
 * All three rules over one conversation, a message at a time.
 * @param vectors by text, where there are any of the encoder; for other texts their words count.
 */
export function* runSteps(
  messages: readonly Message[],
  settings: ContextSettings,
  vectors: ReadonlyMap<string, Float32Array>,
): Steps<ContextResult> {
  const terms = importanceTerms(importanceSettings());
  const counted = new Map<string, number>();
  const importance = new Map<string, ImportanceTerms>();
  const placed: { vector: Float32Array; atMs: number }[] = [];
  const query = queryOf(messages, settings);
  // Vectors of two encoders cannot be compared.
  const encoded =
    settings.vectors === 'sentences' && messages.every(({ text }) => vectors.has(text)) && vectors.has(query);
  const vectorOf = (text: string): Float32Array => (encoded ? vectors.get(text)! : wordVector(text));
  for (const message of messages) {
    yield;
    counted.set(message.text, estimateTokens(message.text));
    importance.set(message.id, terms(message));
    placed.push({ vector: vectorOf(message.text), atMs: message.atMs });
  }
  const count = (text: string): number => counted.get(text) ?? estimateTokens(text);
  const byImportance = ({ id }: Message): number => importance.get(id)!.score;
  const nowMs = messages.at(-1)?.atMs ?? 0;
  const diverse = messages.length <= MOST_DIVERSE;
  const measure = relevanceSettings(diverse ? {} : { diversity: 1 });
  const asked = vectorOf(query);
  const relevant = relevance(placed, asked, nowMs, measure);
  const ids = messages.map(({ id }) => id);
  const places = yield* relevanceSteps(ids, placed, asked, nowMs, measure);
  const { keepLast, importanceAbove, windowTokens } = settings;
  const compacted =
    settings.repeats || settings.json
      ? yield* compactSteps(
          messages,
          compactSettings({ repeats: settings.repeats, minify: settings.json, tables: settings.json }),
        )
      : null;
  const slimmings: Record<Rule, Slimming> = {
    printed: { rule: 'printed', keepLast, importanceAbove },
    budget: { rule: 'mended', compacted, prune: pruneSettings({ windowTokens, keepLast, importanceAbove }) },
    relevance: {
      rule: 'mended',
      compacted,
      prune: pruneSettings({ windowTokens, keepLast: null, importanceAbove, order: 'score' }),
    },
  };
  const rules = {} as Record<Rule, RuleResult>;
  for (const rule of RULES) {
    const score = rule === 'relevance' ? ({ id }: Message) => places.get(id)! : byImportance;
    const slimmed = yield* slimSteps(messages, slimmings[rule], { count, score });
    const sent = new Set(slimmed.messages.map(({ id }) => id));
    const important = ids.filter((id) => importance.get(id)!.score > importanceAbove);
    const gone = (id: string): boolean => !sent.has(id) && slimmed.verdicts.get(id)!.fate !== 'merged';
    rules[rule] = {
      ...slimmed,
      rule,
      sent: sent.size,
      important: important.length,
      importantLost: important.filter(gone).length,
      overWindow: slimmed.tokens > windowTokens,
    };
  }
  return {
    rows: messages.map((message, i) => ({
      message,
      tokens: messageTokens(message, count),
      importance: importance.get(message.id)!,
      relevance: relevant[i],
    })),
    rules,
    tokensBefore: conversationTokens(messages, count),
    bytesBefore: contextBytes(messages),
    query,
    diverse,
  };
}

/** The last step: what is sent, compressed at rest. One that would grow stays as it is. */
export function compression(bytesBefore: number, gzipBytes: number): Part {
  return { name: 'compression', bytesBefore, bytesAfter: Math.min(bytesBefore, gzipBytes), lossless: true };
}
