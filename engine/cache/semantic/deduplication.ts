import { ContentHash } from '../../core/hash.ts';
import type { Scope } from './semantic-index.ts';

export interface DeduplicationOptions {
  /** Share of words in common (Jaccard) from which on two responses are one, above 0 and up to 1; the module's *0.90*. */
  readonly threshold: number;
}

export const DEDUPLICATION_DEFAULTS: DeduplicationOptions = { threshold: 0.9 };

export interface Placement {
  /** Key under which the text is kept; the own one when it is the first of its kind. */
  readonly canonical: string;
  /** Words in common with the canonical copy, divided by all words of the two; 1 for the canonical copy itself. */
  readonly similarity: number;
  /** UTF-8 bytes that need not be stored; 0 for the canonical copy itself. */
  readonly savedBytes: number;
}

export interface DeduplicationStats {
  readonly responses: number;
  readonly copies: number;
  /** What all responses would take, in UTF-8 bytes. */
  readonly logicalBytes: number;
  readonly savedBytes: number;
}

interface Copy {
  readonly key: string;
  readonly text: string;
  /** Distinct words, rare ones first; see `order`. */
  readonly words: readonly string[];
  readonly bytes: number;
  /** Keys that stand for this copy, its own among them. */
  readonly users: Set<string>;
}

interface Response {
  readonly copy: Copy;
  readonly bytes: number;
}

/**
 * Keeps one copy of responses that are nearly the same (C16).
 *
 * Which copies could be near enough is found by prefix filtering (Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant 2007):
 * with all words in one fixed order, two sets with a Jaccard of at least t share a word among the first
 * n − ⌈t·n⌉ + 1 of each. Only these words are indexed and looked up, so a search touches the few copies that have one
 * of them; then the Jaccard is computed. Nothing is missed and nothing is guessed. Nothing is compared across scopes.
 */
export class Deduplicator {
  private readonly scopes = new Map<string, ScopeOfCopies>();
  private readonly threshold: number;

  constructor(options: Partial<DeduplicationOptions> = {}) {
    this.threshold = options.threshold ?? DEDUPLICATION_DEFAULTS.threshold;
    if (!(this.threshold > 0 && this.threshold <= 1))
      throw new RangeError(`Deduplicator: expected a threshold above 0 and up to 1, got ${this.threshold}.`);
  }

  /** Stores a response, or replaces the one of this key. Of several near copies it takes the most similar, then the oldest. */
  add(scope: Scope, key: string, text: string): Placement {
    this.remove(scope, key);
    const name = JSON.stringify([scope.tenant, scope.context]);
    const copies = this.scopes.get(name) ?? new ScopeOfCopies(this.threshold);
    this.scopes.set(name, copies);
    return copies.add(key, text);
  }

  /**
   * Forgets a response. The copy stays as long as another response stands for it.
   * @returns false when there was none
   */
  remove(scope: Scope, key: string): boolean {
    const name = JSON.stringify([scope.tenant, scope.context]);
    const copies = this.scopes.get(name);
    if (!copies?.remove(key)) return false;
    if (copies.stats().responses === 0) this.scopes.delete(name);
    return true;
  }

  /** The text to serve for this key: that of its canonical copy. */
  text(scope: Scope, key: string): string | undefined {
    return this.scopes.get(JSON.stringify([scope.tenant, scope.context]))?.text(key);
  }

  /** Over all scopes, or one. */
  stats(scope?: Scope): DeduplicationStats {
    const chosen = scope
      ? [this.scopes.get(JSON.stringify([scope.tenant, scope.context]))].filter(
          (copies) => copies !== undefined,
        )
      : [...this.scopes.values()];
    const sum = (field: keyof DeduplicationStats): number =>
      chosen.reduce((total, copies) => total + copies.stats()[field], 0);
    return {
      responses: sum('responses'),
      copies: sum('copies'),
      logicalBytes: sum('logicalBytes'),
      savedBytes: sum('savedBytes'),
    };
  }
}

class ScopeOfCopies {
  private readonly responses = new Map<string, Response>();
  /** Word → copies that have it in their prefix. */
  private readonly prefixes = new Map<string, Set<Copy>>();
  private copies = 0;
  private logicalBytes = 0;
  private storedBytes = 0;

  constructor(private readonly threshold: number) {}

  add(key: string, text: string): Placement {
    const words = wordsOf(text);
    const bytes = utf8Length(text);
    const near = this.nearest(words, text);
    const copy = near?.copy ?? { key, text, words, bytes, users: new Set<string>() };
    if (!near) {
      for (const word of this.prefix(words)) {
        const known = this.prefixes.get(word);
        if (known) known.add(copy);
        else this.prefixes.set(word, new Set([copy]));
      }
      this.copies++;
      this.storedBytes += bytes;
    }
    copy.users.add(key);
    this.responses.set(key, { copy, bytes });
    this.logicalBytes += bytes;
    return { canonical: copy.key, similarity: near?.similarity ?? 1, savedBytes: near ? bytes : 0 };
  }

  remove(key: string): boolean {
    const response = this.responses.get(key);
    if (!response) return false;
    const { copy, bytes } = response;
    this.responses.delete(key);
    this.logicalBytes -= bytes;
    copy.users.delete(key);
    if (copy.users.size > 0) return true;
    for (const word of this.prefix(copy.words)) {
      const known = this.prefixes.get(word)!;
      known.delete(copy);
      if (known.size === 0) this.prefixes.delete(word);
    }
    this.copies--;
    this.storedBytes -= copy.bytes;
    return true;
  }

  text(key: string): string | undefined {
    return this.responses.get(key)?.copy.text;
  }

  stats(): DeduplicationStats {
    return {
      responses: this.responses.size,
      copies: this.copies,
      logicalBytes: this.logicalBytes,
      savedBytes: this.logicalBytes - this.storedBytes,
    };
  }

  private nearest(words: readonly string[], text: string): { copy: Copy; similarity: number } | undefined {
    const seen = new Set<Copy>();
    let best: { copy: Copy; similarity: number } | undefined;
    for (const word of this.prefix(words))
      for (const copy of this.prefixes.get(word) ?? []) {
        if (seen.has(copy)) continue;
        seen.add(copy);
        // Sets of too different a size can't have enough in common.
        const [fewer, more] = words.length < copy.words.length ? [words, copy.words] : [copy.words, words];
        if (fewer.length < this.threshold * more.length) continue;
        // Without words (symbols, an empty text), only the same text is the same.
        const similarity = words[0] === '' ? Number(text === copy.text) : jaccard(fewer, more);
        if (similarity >= this.threshold && (!best || similarity > best.similarity))
          best = { copy, similarity };
      }
    return best;
  }

  private prefix(words: readonly string[]): readonly string[] {
    return words.slice(0, words.length - Math.ceil(this.threshold * words.length - 1e-9) + 1);
  }
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const other = new Set(b);
  const common = a.reduce((count, word) => count + (other.has(word) ? 1 : 0), 0);
  return common / (a.length + b.length - common);
}

/**
 * Distinct words in the order that all sets share: long words first, since they are the rare ones, and among equals by hash.
 * The rarer the words of a prefix, the fewer copies a search touches. `['']` when there are none.
 */
function wordsOf(text: string): string[] {
  const words = new Set(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [''],
  );
  const rank = new Map([...words].map((word) => [word, order(word)]));
  return [...words].sort((a, b) => (rank.get(a)! < rank.get(b)! ? -1 : 1));
}

function order(word: string): string {
  const hash = new ContentHash();
  hash.text(word);
  return String.fromCharCode(0xffff - Math.min(word.length, 0xffff)) + hash.digest() + word;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
