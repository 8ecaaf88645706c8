/**
 * A record of commands to a real Redis and its replies. Texts stand once in a table, since long values come again and again. Written by
 * `npm run record:redis`, read by the check in redis.ts.
 */
import { RedisFailure, RedisStatus, type RedisReply } from '../cache/tiers/redis-simulated/reply.ts';

/** A text is its place in the table; statuses, errors and integers beyond 2⁵³ say what they are. */
export type WrittenReply =
  | null
  | { n: number }
  | { big: string }
  | { text: number }
  | { ok: string }
  | { err: string }
  | WrittenReply[];

export interface Transcript {
  redis: string;
  /** What decides about the size of a key: 8 or 16 bytes, by the allocator of the real one. */
  quantum: 8 | 16;
  seed: number;
  texts: string[];
  /** Milliseconds since 1970, the command's words as places in the table, the reply. */
  steps: [nowMs: number, words: number[], reply: WrittenReply][];
}

/** Reads the file: all but the steps in the first line, then a step in each. */
export function parseTranscript(text: string): Transcript {
  const [head, ...steps] = text.trimEnd().split('\n');
  return { ...JSON.parse(head!), steps: steps.map((line) => JSON.parse(line)) } as Transcript;
}

/** Collects texts, each once. */
export class TextTable {
  readonly texts: string[] = [];
  private readonly places = new Map<string, number>();

  place(text: string): number {
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

export function written(reply: RedisReply, table: TextTable): WrittenReply {
  if (reply === null) return null;
  if (typeof reply === 'number') return { n: reply };
  if (typeof reply === 'bigint') return { big: String(reply) };
  if (typeof reply === 'string') return { text: table.place(reply) };
  if (reply instanceof RedisStatus) return { ok: reply.text };
  if (reply instanceof RedisFailure) return { err: reply.text };
  return reply.map((one) => written(one, table));
}

/** Replies whose order the hash decides are compared in the order of the alphabet. */
export function comparable([name]: readonly string[], reply: RedisReply): RedisReply {
  if (name === 'SMEMBERS' && Array.isArray(reply)) return [...(reply as string[])].sort();
  if (name === 'SCAN' && Array.isArray(reply)) {
    const [cursor, keys] = reply as [string, string[]];
    return [cursor, [...keys].sort()];
  }
  return reply;
}
