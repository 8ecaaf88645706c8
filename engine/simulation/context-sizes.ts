import { compactSettings } from '../latency/context/compact.ts';
import { gzipBytes } from '../latency/context/deflate-size.ts';
import { footprint, type Slimming } from '../latency/context/footprint.ts';
import { importanceOf, importanceSettings } from '../latency/context/importance.ts';
import { contextBytes, type Message } from '../latency/context/message.ts';
import { pruneSettings } from '../latency/context/prune.ts';
import { relevanceScores, relevanceSettings } from '../latency/context/relevance.ts';
import { sampleConversations } from '../latency/context/samples.ts';
import { estimateTokens } from '../latency/context/tokens.ts';
import { wordVector } from '../latency/context/word-vector.ts';
import type { ContextSettings } from './memory-schema.ts';

/** Counted bytes of each conversation of the sample, under some settings. */
export interface ContextSizes {
  /** As it is held between two requests. */
  readonly held: Float64Array;
  /** As it is sent to a model, before compression: what a request works on. */
  readonly sent: Float64Array;
  readonly meanHeld: number;
}

const importance = importanceOf(importanceSettings());
const samples = new Map<string, Message[][]>();
const measured = new Map<string, ContextSizes>();

/**
 * Bytes of real conversations under these settings: each of the sample is deduplicated, compacted, pruned and compressed as the settings say,
 * and what is left is counted. Nothing depends on the run's seed, so that runs with different seeds or levers hold the same
 * conversations; a combination is measured once.
 */
export function contextSizes(settings: ContextSettings): ContextSizes {
  const key = JSON.stringify(settings);
  let sizes = measured.get(key);
  if (!sizes) {
    sizes = measure(sampleOf(settings), settings);
    measured.set(key, sizes);
  }
  return sizes;
}

function sampleOf({ sample }: ContextSettings): Message[][] {
  const key = JSON.stringify(sample);
  let talks = samples.get(key);
  if (!talks) {
    talks = sampleConversations(sample.conversations, sample.seed);
    samples.set(key, talks);
  }
  return talks;
}

function measure(talks: readonly Message[][], settings: ContextSettings): ContextSizes {
  const held = new Float64Array(talks.length);
  const sent = new Float64Array(talks.length);
  for (const [i, talk] of talks.entries()) {
    const { messages, bytesAfter } = footprint(talk, slimming(talk, settings));
    held[i] = bytesAfter;
    sent[i] = settings.compress ? contextBytes(messages) : bytesAfter;
  }
  return { held, sent, meanHeld: held.reduce((a, b) => a + b, 0) / held.length };
}

/** The machines that the settings name. Only exact repeats are folded, so that all but pruning loses no word. */
function slimming(talk: readonly Message[], settings: ContextSettings): Slimming {
  const { prune, windowTokens, deduplicate, compact, compress } = settings;
  const relevant = prune === 'relevance' ? relevanceTo(talk) : null;
  return {
    compact:
      deduplicate || compact
        ? compactSettings({ repeats: deduplicate, nearFrom: null, minify: compact, tables: compact })
        : null,
    prune:
      prune === 'off'
        ? null
        : prune === 'printed'
          ? 'printed'
          : pruneSettings({ windowTokens, order: relevant ? 'score' : 'important-first' }),
    count: estimateTokens,
    score: relevant ? ({ id }) => relevant.get(id) ?? 0 : importance,
    compress: compress ? (text) => ({ length: gzipBytes(text) }) : null,
  };
}

/** How much each message matters to the newest question. */
function relevanceTo(talk: readonly Message[]): ReadonlyMap<string, number> {
  const question = talk.findLast(({ role }) => role === 'user') ?? talk.at(-1)!;
  return relevanceScores(
    talk.map(({ id }) => id),
    talk.map(({ text, atMs }) => ({ vector: wordVector(text), atMs })),
    wordVector(question.text),
    talk.at(-1)!.atMs,
    relevanceSettings(),
  );
}
