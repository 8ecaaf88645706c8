import { compact, compressed, type CompactSettings, type Compress, type Part } from './compact.ts';
import { contextBytes, type Message } from './message.ts';
import { prune, pruneAsPrinted, type PruneSettings } from './prune.ts';
import type { CountTokens } from './tokens.ts';

export interface Footprint {
  /** What is sent to the model, before compression. */
  messages: Message[];
  /** In the order in which they were done; each begins with the bytes that the one before it left. */
  parts: Part[];
  bytesBefore: number;
  bytesAfter: number;
  /** 1 − after / before. */
  savedShare: number;
}

export interface Slimming {
  compact: CompactSettings | null;
  /** `printed`: by the module's rule with its defect. */
  prune: PruneSettings | 'printed' | null;
  count: CountTokens;
  score: (message: Message) => number;
  compress: Compress | null;
}

/**
 * What a held conversation takes before and after all that makes it smaller (S4). Compaction comes before pruning, so that
 * the window holds more of what was said; compression comes last, over what is left. All figures are counted bytes.
 */
export function footprint(messages: readonly Message[], slimming: Slimming): Footprint {
  const bytesBefore = contextBytes(messages);
  const parts: Part[] = [];
  let now: Message[] = [...messages];
  if (slimming.compact) {
    const result = compact(now, slimming.compact);
    parts.push(...result.parts);
    now = result.messages;
  }
  if (slimming.prune) {
    const { kept } =
      slimming.prune === 'printed'
        ? pruneAsPrinted(now, slimming.score)
        : prune(now, slimming.prune, slimming);
    parts.push({
      name: 'pruning',
      bytesBefore: contextBytes(now),
      bytesAfter: contextBytes(kept),
      lossless: false,
    });
    now = kept;
  }
  if (slimming.compress) parts.push(compressed(now, slimming.compress));
  const bytesAfter = parts.at(-1)?.bytesAfter ?? bytesBefore;
  return { messages: now, parts, bytesBefore, bytesAfter, savedShare: 1 - bytesAfter / bytesBefore };
}
