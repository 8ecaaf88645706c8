import { cosine, DIMENSIONS, type Embedding } from './encoder.ts';
import { guardPrepared, prepare, type Prepared, type Verdict } from './guard.ts';
import { Neighbours } from './neighbours.ts';
import { normalise } from './normalise.ts';

/** Whose answers, and under which circumstances they were given. Nothing is ever found outside of its scope. */
export interface Scope {
  readonly tenant: string;
  /** Of `contextHash`. */
  readonly context: string;
}

export interface SemanticOptions {
  /** Cosine from which on a prompt may be taken for another (C15). */
  readonly threshold: number;
  /** How many neighbours the guard looks at, the most similar first. */
  readonly candidates: number;
}

/**
 * The guard decides, so the threshold may be low: nearly all paraphrases that the guard lets pass lie above it, and a
 * higher one refuses more of them without refusing a single look-alike more (docs/semantic.md has the figures).
 */
export const SEMANTIC_DEFAULTS: SemanticOptions = { threshold: 0.6, candidates: 8 };

/** A neighbour that the guard looked at. */
export interface Considered {
  readonly key: string;
  readonly prompt: string;
  readonly similarity: number;
  readonly verdict: Verdict;
}

export type Match =
  | {
      readonly hit: true;
      readonly how: 'exact' | 'similar';
      readonly key: string;
      /** As it was asked when its answer was stored. */
      readonly prompt: string;
      /** 1 when exact. */
      readonly similarity: number;
      readonly considered: readonly Considered[];
    }
  | {
      readonly hit: false;
      /** `not embedded`: no vector was given; `unreliable`: its vector says nothing; `guard`: all candidates were refused. */
      readonly why: 'nothing near' | 'not embedded' | 'unreliable' | 'guard';
      readonly considered: readonly Considered[];
    };

interface Entry {
  readonly key: string;
  readonly prompt: string;
  readonly normalised: string;
  readonly prepared: Prepared;
  /** In the neighbours; undefined when its vector isn't to be trusted. */
  readonly neighbour: number | undefined;
}

/** Entries of one scope. */
class Partition {
  readonly byKey = new Map<string, Entry>();
  /** The latest entry of each wording. */
  readonly byText = new Map<string, Entry>();
  readonly byNeighbour = new Map<number, Entry>();
  readonly neighbours = new Neighbours(DIMENSIONS);
}

/**
 * Finds the stored prompt that asks for the same answer (C15): the same words after normalising, else the nearest prompt of
 * at least `threshold` that the guard lets pass. It holds keys only; values, their age and their eviction are the cache's.
 */
export class SemanticIndex {
  private readonly partitions = new Map<string, Partition>();
  private readonly options: SemanticOptions;

  constructor(options: Partial<SemanticOptions> = {}) {
    this.options = { ...SEMANTIC_DEFAULTS, ...options };
  }

  /** Entries in a scope. */
  size(scope: Scope): number {
    return this.partitions.get(nameOf(scope))?.byKey.size ?? 0;
  }

  /**
   * Adds a prompt, or replaces the one of this key.
   * @param embedding null: found by the same words only
   */
  insert(scope: Scope, key: string, prompt: string, embedding: Embedding | null): void {
    this.remove(scope, key);
    const name = nameOf(scope);
    const partition = this.partitions.get(name) ?? new Partition();
    this.partitions.set(name, partition);
    const neighbour = embedding?.reliable ? partition.neighbours.insert(embedding.vector) : undefined;
    const entry = { key, prompt, normalised: normalise(prompt), prepared: prepare(prompt), neighbour };
    partition.byKey.set(key, entry);
    partition.byText.set(entry.normalised, entry);
    if (neighbour !== undefined) partition.byNeighbour.set(neighbour, entry);
  }

  /** @returns false when there was no such key in the scope */
  remove(scope: Scope, key: string): boolean {
    const name = nameOf(scope);
    const partition = this.partitions.get(name);
    const entry = partition?.byKey.get(key);
    if (!partition || !entry) return false;
    partition.byKey.delete(key);
    if (partition.byText.get(entry.normalised) === entry) partition.byText.delete(entry.normalised);
    if (entry.neighbour !== undefined) {
      partition.neighbours.remove(entry.neighbour);
      partition.byNeighbour.delete(entry.neighbour);
    }
    if (partition.byKey.size === 0) this.partitions.delete(name);
    return true;
  }

  /** The entry of the same words; needs no vector, so it is asked before one is made. */
  findExact(scope: Scope, prompt: string): Match | undefined {
    const entry = this.partitions.get(nameOf(scope))?.byText.get(normalise(prompt));
    return (
      entry && {
        hit: true,
        how: 'exact',
        key: entry.key,
        prompt: entry.prompt,
        similarity: 1,
        considered: [],
      }
    );
  }

  /** @param embedding of `prompt`; null when there is none (the encoder isn't loaded, or failed) */
  find(scope: Scope, prompt: string, embedding: Embedding | null): Match {
    const exact = this.findExact(scope, prompt);
    if (exact) return exact;
    if (!embedding) return { hit: false, why: 'not embedded', considered: [] };
    if (!embedding.reliable) return { hit: false, why: 'unreliable', considered: [] };
    const partition = this.partitions.get(nameOf(scope));
    const near = partition?.neighbours.search(embedding.vector, {
      minSimilarity: this.options.threshold,
      limit: this.options.candidates,
    });
    if (!partition || !near || near.length === 0) return { hit: false, why: 'nothing near', considered: [] };

    const asked = prepare(prompt);
    const considered: Considered[] = [];
    for (const { id, similarity } of near) {
      const { key, prompt: stored, prepared } = partition.byNeighbour.get(id)!;
      const verdict = guardPrepared(asked, prepared);
      considered.push({ key, prompt: stored, similarity, verdict });
      if (verdict.same) return { hit: true, how: 'similar', key, prompt: stored, similarity, considered };
    }
    return { hit: false, why: 'guard', considered };
  }
}

/** No tenant can be named so that it is taken for another tenant's context. */
const nameOf = ({ tenant, context }: Scope): string => JSON.stringify([tenant, context]);

/** The result as a person reads it: why it was a hit, or none. */
export function explain(match: Match, threshold = SEMANTIC_DEFAULTS.threshold): string {
  if (match.hit && match.how === 'exact') return 'the same words';
  if (match.hit) return `cosine ${match.similarity.toFixed(3)}, and the guard finds the same meaning`;
  if (match.why === 'guard') {
    const nearest = match.considered[0];
    return `cosine ${nearest.similarity.toFixed(3)}, but the guard refuses: ${wording(nearest.verdict)}`;
  }
  return {
    'nothing near': `no prompt with a cosine of ${threshold} or more`,
    'not embedded': 'no vector, so only the same words would do',
    unreliable:
      'the vector is not to be trusted (empty, too long or not English), so only the same words would do',
  }[match.why];
}

const wording = (verdict: Verdict): string =>
  verdict.same ? 'same meaning' : verdict.reason + (verdict.detail ? ` (${verdict.detail})` : '');

/** What `similar` prints for two prompts. */
export interface Similarity {
  readonly hit: boolean;
  readonly cosine: number;
  /** Whether both vectors are to be trusted. */
  readonly reliable: boolean;
  readonly reason: string;
}

/** Whether a cache that holds the answer to `a` would serve it for `b`. */
export function similarity(
  a: { prompt: string; embedding: Embedding },
  b: { prompt: string; embedding: Embedding },
  options: Partial<SemanticOptions> = {},
): Similarity {
  const scope = { tenant: '', context: '' };
  const index = new SemanticIndex(options);
  index.insert(scope, 'a', a.prompt, a.embedding);
  const match = index.find(scope, b.prompt, b.embedding);
  const reliable = a.embedding.reliable && b.embedding.reliable;
  const reason =
    !match.hit && !reliable
      ? explain({ hit: false, why: 'unreliable', considered: [] })
      : explain(match, options.threshold);
  return { hit: match.hit, cosine: cosine(a.embedding.vector, b.embedding.vector), reliable, reason };
}
