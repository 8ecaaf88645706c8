import { covers } from '../../engine/cache/flow/invalidation.ts';
import type { Target } from '../../engine/cache/flow/protocol.ts';
import type { Embedding } from '../../engine/cache/semantic/encoder.ts';
import { SEMANTIC_DEFAULTS, SemanticIndex, type Match } from '../../engine/cache/semantic/semantic-index.ts';

export interface Wording {
  prompt: string;
  context: string;
  tags: readonly string[];
  /** After this no tier can have it. */
  endMs: number;
  /** Null: found by the same words only. */
  embedding: Embedding | null;
}

const scopeOf = (context: string) => ({ tenant: 'lab', context });

/** The prompts whose answers are in some tier, and how a new one is matched with them. */
export class Wordings {
  threshold = SEMANTIC_DEFAULTS.threshold;
  private index = new SemanticIndex();
  private readonly byKey = new Map<string, Wording>();

  get(key: string): Wording | undefined {
    return this.byKey.get(key);
  }

  findExact(context: string, prompt: string): Match | undefined {
    return this.index.findExact(scopeOf(context), prompt);
  }

  find(context: string, prompt: string, embedding: Embedding | null): Match {
    return this.index.find(scopeOf(context), prompt, embedding);
  }

  know(key: string, wording: Wording): void {
    this.byKey.set(key, wording);
    this.index.insert(scopeOf(wording.context), key, wording.prompt, wording.embedding);
  }

  forget(key: string): void {
    const wording = this.byKey.get(key);
    if (!wording) return;
    this.byKey.delete(key);
    this.index.remove(scopeOf(wording.context), key);
  }

  /** What was purged, and what has expired in the meantime. */
  forgetPurged(target: Target): void {
    for (const [key, { tags }] of [...this.byKey]) if (covers(target, key, tags)) this.forget(key);
  }

  forgetExpired(nowMs: number): void {
    for (const [key, { endMs }] of [...this.byKey]) if (nowMs >= endMs) this.forget(key);
  }

  /** Those that have no vector yet. */
  unembedded(): [key: string, wording: Wording][] {
    return [...this.byKey].filter(([, { embedding }]) => embedding === null);
  }

  /** @param threshold above 0, at most 1 */
  setThreshold(threshold: number): void {
    this.threshold = threshold;
    this.index = new SemanticIndex({ threshold });
    for (const [key, wording] of this.byKey) this.know(key, wording);
  }
}
