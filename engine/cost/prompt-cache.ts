import * as v from 'valibot';
import { InputError } from '../core/errors.ts';
import type { PicoUsd } from './money.ts';
import type { Task } from './task.ts';

const whole = v.pipe(
  v.number(),
  v.integer('a whole number of 0 or more'),
  v.minValue(0, 'a whole number of 0 or more'),
);
const atLeastOne = v.pipe(
  v.number(),
  v.integer('a whole number of 1 or more'),
  v.minValue(1, 'a whole number of 1 or more'),
);

/**
 * A provider's prompt cache. It keeps the beginning of a prompt for some minutes after its last use, on one model, and sells what it
 * has read from there at a fraction of the price.
 */
export const promptCacheSchema = v.strictObject({
  /** Time to live, from the last use. Providers offer 5 minutes, and an hour for a dearer write. */
  ttlMs: v.optional(v.pipe(v.number(), v.finite('a time above 0'), v.gtValue(0, 'a time above 0')), 300_000),
  /** For each model by its place: shorter beginnings are not kept (1,024 to 4,096 tokens, by provider and model). */
  minTokens: v.optional(v.array(whole), []),
  /** Beginnings are kept in steps of so many tokens, rounded down: 128 at some providers, 1 at others. */
  blockTokens: v.optional(atLeastOne, 1),
  /** Most beginnings held at once; the longest unused goes first. */
  maxEntries: v.optional(atLeastOne, 1_000_000),
});
export type PromptCacheSettings = v.InferOutput<typeof promptCacheSchema>;

/** How the input tokens of a call are billed; the rest is plain input. */
export interface PromptSplit {
  cachedTokens: number;
  writeTokens: number;
}

interface Entry {
  tokens: number;
  expiresAtMs: number;
}

/** Keys for two kinds of beginnings that never meet: of a conversation, and of all calls of an agent type (its instructions). */
export const conversationKey = (session: number): number => (session < 0 ? -1 : 2 * session);
export const agentKey = (agentType: number): number => (agentType < 0 ? -1 : 2 * agentType + 1);

/** Least cached beginning of models for which `minTokens` says nothing. */
const DEFAULT_MIN_TOKENS = 1024;
const MAX_MODELS = 1024;

/** Warm beginnings by key and model. A state machine: time is passed in; should it go back, nothing expires sooner or later. */
export class PromptCaches {
  /** In order of last use: every note puts its entry at the end, so the first to expire is at the front. */
  private readonly entries = new Map<number, Entry>();

  constructor(private readonly settings: PromptCacheSettings) {}

  /** Beginnings held, expired ones that no later note has cleared away included. */
  get size(): number {
    return this.entries.size;
  }

  /** Tokens of the warm beginning; 0 when there is none. Changes nothing. */
  warmTokens(key: number, model: number, nowMs: number): number {
    if (key < 0) return 0;
    const entry = this.entries.get(this.place(key, model));
    return entry !== undefined && nowMs < entry.expiresAtMs ? entry.tokens : 0;
  }

  /**
   * How a call would be billed. Changes nothing, so every model can be asked before one is chosen.
   * @param key a whole number; below 0: nothing is kept. @param model place of the model.
   * @param repeatedTokens those at the beginning of the input that an earlier call sent too.
   * @param keepTokens of the input, those worth keeping for later calls: all of a conversation, the instructions of an agent type.
   * @throws InputError for tokens below 0 or NaN.
   */
  split(
    key: number,
    model: number,
    repeatedTokens: number,
    inputTokens: number,
    nowMs: number,
    keepTokens = inputTokens,
  ): PromptSplit {
    tokenCount('repeatedTokens', repeatedTokens);
    tokenCount('inputTokens', inputTokens);
    tokenCount('keepTokens', keepTokens);
    if (key < 0) return { cachedTokens: 0, writeTokens: 0 };
    const warm = Math.min(this.warmTokens(key, model, nowMs), repeatedTokens, inputTokens);
    const cachedTokens = this.cacheable(model, warm);
    const kept = this.cacheable(model, Math.min(keepTokens, inputTokens));
    return { cachedTokens, writeTokens: Math.max(0, kept - cachedTokens) };
  }

  /**
   * A call has started: its beginning is warm from now on, and its time starts again. What is too short to be kept changes nothing.
   * @param tokens the beginning that it keeps. @throws InputError for tokens below 0 or NaN.
   */
  note(key: number, model: number, tokens: number, nowMs: number): void {
    tokenCount('tokens', tokens);
    const kept = this.cacheable(model, tokens);
    if (key < 0 || kept === 0) return;
    const place = this.place(key, model);
    const entry = this.entries.get(place) ?? { tokens: 0, expiresAtMs: -Infinity };
    entry.tokens = kept;
    entry.expiresAtMs = Math.max(entry.expiresAtMs, nowMs + this.settings.ttlMs);
    this.entries.delete(place);
    this.entries.set(place, entry);
    this.evict(nowMs);
  }

  /**
   * How a call for a task would be billed: it reads the longer of what is warm of its conversation and of its agent type, and
   * writes what later calls can read: all of the input within a conversation, otherwise the prefix of the agent type.
   * @param agentType place of the task's agent type.
   */
  splitTask(task: Task, agentType: number, model: number, nowMs: number): PromptSplit {
    const { session, inputTokens, repeatedTokens, prefixTokens } = task;
    const keep = session < 0 ? prefixTokens : inputTokens;
    const own = this.split(conversationKey(session), model, repeatedTokens, inputTokens, nowMs, keep);
    const shared = this.split(agentKey(agentType), model, prefixTokens, inputTokens, nowMs, keep);
    return own.cachedTokens > shared.cachedTokens ? own : shared;
  }

  /** A call for a task has started on a model. */
  noteTask(task: Task, agentType: number, model: number, nowMs: number): void {
    this.note(conversationKey(task.session), model, task.inputTokens, nowMs);
    this.note(agentKey(agentType), model, task.prefixTokens, nowMs);
  }

  private evict(nowMs: number): void {
    for (const [place, entry] of this.entries) {
      if (entry.expiresAtMs > nowMs && this.entries.size <= this.settings.maxEntries) return;
      this.entries.delete(place);
    }
  }

  /** Tokens that the provider keeps of a beginning: whole blocks, and nothing below its minimum. */
  private cacheable(model: number, tokens: number): number {
    const { blockTokens, minTokens } = this.settings;
    if (tokens < (minTokens[model] ?? DEFAULT_MIN_TOKENS)) return 0;
    return tokens - (tokens % blockTokens);
  }

  private place(key: number, model: number): number {
    if (!Number.isSafeInteger(key * MAX_MODELS)) throw new InputError('key', 'a whole number', String(key));
    if (!(model >= 0 && model < MAX_MODELS))
      throw new InputError('model', `the place of a model, 0 to ${MAX_MODELS - 1}`, String(model));
    return key * MAX_MODELS + model;
  }
}

function tokenCount(place: string, tokens: number): void {
  if (!(tokens >= 0 && tokens <= Number.MAX_SAFE_INTEGER))
    throw new InputError(place, 'a number of tokens of 0 or more', String(tokens));
}

/** Prices of input in pico-dollars a token ($1 for a million tokens is 1,000,000). */
export interface InputRates {
  input: PicoUsd;
  cacheRead: PicoUsd;
  cacheWrite: PicoUsd;
}

/** What the input of a call costs: in × p − cached × (p − p_read) + written × (p_write − p). */
export function inputCost(rates: InputRates, inputTokens: number, split: PromptSplit): PicoUsd {
  const plain = inputTokens - split.cachedTokens - split.writeTokens;
  return plain * rates.input + split.cachedTokens * rates.cacheRead + split.writeTokens * rates.cacheWrite;
}

/** Uses of a written beginning from which writing it pays: n above (w − 1) / (1 − r), with prices as multiples of plain input. */
export function breakEvenReuses(write: number, read: number): number {
  if (read >= 1) return write > 1 ? Infinity : 0;
  return Math.max(0, (write - 1) / (1 - read));
}

/**
 * What leaving the warm model costs, in this call's input alone: the price of the input on the new model less what the warm one would charge.
 * Above zero, the cheaper list price is the dearer call. Costs of later calls are not in it: a switch warms the new model, too.
 */
export function switchingCost(
  inputTokens: number,
  warm: { rates: InputRates; split: PromptSplit },
  next: { rates: InputRates; split: PromptSplit },
): PicoUsd {
  return inputCost(next.rates, inputTokens, next.split) - inputCost(warm.rates, inputTokens, warm.split);
}
