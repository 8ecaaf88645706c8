import { BYTES_PER_MB } from '../latency/memory-model.ts';
import { contextSizes } from './context-sizes.ts';
import type { ContextSettings } from './memory-schema.ts';
import type { Simulation } from './simulation.ts';
import { amount, listOf, percent, time } from './wording.ts';

/** Stretch over which "now" is taken: long enough to hold several collections when they matter. */
const RECENT_S = 300;
/** A pause that a user notices. */
const LONG_MS = 1000;

/** The run told as memory, for scenarios that have one; null for others. Pure, as the narrative is. */
export function memoryStory(simulation: Simulation): { lede: string; paragraphs: string[] } | null {
  if (!simulation.world.memory) return null;
  const story = new MemoryStory(simulation);
  return { lede: story.lede(), paragraphs: story.paragraphs() };
}

class MemoryStory {
  private readonly from: number;
  private readonly to: number;
  private readonly longestMs: number;
  /** Time between two collections of one instance; Infinity when there were none. */
  private readonly everyMs: number;
  private readonly stoppedShare: number;

  constructor(private readonly simulation: Simulation) {
    const { recorder } = simulation.world;
    this.to = recorder.closed;
    this.from = Math.max(0, this.to - Math.max(1, Math.round((RECENT_S * 1000) / recorder.intervalMs)));
    const instanceMs = (this.to - this.from) * recorder.intervalMs * this.memory.processes.length;
    this.longestMs = Math.max(0, ...this.recent('longestPauseMs'));
    this.everyMs = instanceMs / this.sum('collections');
    this.stoppedShare = Math.min(1, this.sum('pauseMs') / instanceMs);
  }

  lede(): string {
    const gone = this.sum('oom');
    if (gone > 0) return `${amount(gone)} ${gone === 1 ? 'instance' : 'instances'} ran out of memory.`;
    if (this.stoppedShare > 0.2)
      return `The instances stand still for ${percent(this.stoppedShare)} of the time.`;
    if (this.longestMs > LONG_MS)
      return `Memory is ${percent(this.live)} live, and a collection takes ${time(this.longestMs)}.`;
    return `Memory is ${percent(this.live)} live, and nobody notices the collections.`;
  }

  paragraphs(): string[] {
    return [this.heldText(), this.pauseText(), this.thrashText(), this.answersText(), this.lossText()].filter(
      (text) => text !== '',
    );
  }

  private get memory(): NonNullable<Simulation['world']['memory']> {
    return this.simulation.world.memory!;
  }
  private get live(): number {
    return this.last('live');
  }
  private get cells(): number {
    return this.simulation.scenario.fleet.cells;
  }

  private recent(column: string): Float64Array {
    return this.simulation.world.recorder.column(`memory.${column}`).subarray(this.from, this.to);
  }
  private sum(column: string): number {
    return this.recent(column).reduce((a, b) => a + b, 0);
  }
  private last(column: string): number {
    return this.recent(column).at(-1) ?? 0;
  }

  /** What is held, and what its form saves. */
  private heldText(): string {
    const held = this.last('held');
    if (held === 0) return 'No conversation is held.';
    const { contexts } = this.memory.settings;
    const plain = contextSizes({
      ...contexts,
      prune: 'off',
      deduplicate: false,
      compact: false,
      compress: false,
    });
    const saved = 1 - this.last('contextBytes') / plain.meanHeld;
    const parts = doneTo(contexts);
    const form =
      parts.length === 0
        ? ', as they were said'
        : saved < 1 - this.memory.sizes.meanHeld / plain.meanHeld - 0.02
          ? `, ${percent(saved)} less than they were said in; each is ${listOf(parts)} when it is used again`
          : `, ${percent(saved)} less than they were said in: ${listOf(parts)}`;
    return `${amount(held * this.cells)} conversations are held, ${amount(this.last('contextBytes') / 1000)} kB each${form}.`;
  }

  /** Why a pause is as long as it is, and comes as often as it does. */
  private pauseText(): string {
    const { processes, settings } = this.memory;
    const liveMb = (this.live * settings.process.heapMb).toFixed(0);
    const next = processes.reduce((sum, p) => sum + p.nextPauseMs, 0) / processes.length;
    const every = Number.isFinite(this.everyMs)
      ? ` Each instance does it every ${time(this.everyMs)}.`
      : ' None was needed in the last five minutes.';
    return `A collection visits all that is live, ${liveMb} MB of ${settings.process.heapMb}: ${time(next)}, in which an instance answers nobody.${every}`;
  }

  private thrashText(): string {
    const { processes, settings } = this.memory;
    const { collectAt, heapMb, stepShare } = settings.process;
    if (this.live < collectAt) return '';
    const freeMb =
      processes.reduce((sum, p) => sum + heapMb - p.liveBytes / BYTES_PER_MB, 0) / processes.length;
    return `What is live is already above the threshold of ${percent(collectAt)}. Only ${amount(freeMb)} MB are free, and when ${percent(stepShare)} of them are garbage it begins anew: [[trouble|much work for little room]].`;
  }

  private answersText(): string {
    const { recorder } = this.simulation.world;
    const { meanMs, p50Ms, p99Ms } = recorder.window(this.from, this.to);
    if (Number.isNaN(meanMs)) return '';
    const waiting = this.last('waiting');
    const wait = waiting > 0 ? ` ${amount(waiting * this.cells)} wait for an instance just now.` : '';
    return `Mean response ${time(meanMs)}; half of the answers take at most ${time(p50Ms)}, one in a hundred more than ${time(p99Ms)}.${wait}`;
  }

  private lossText(): string {
    const lost = this.sum('lost');
    if (this.sum('oom') === 0) return '';
    return `With an instance go its conversations, its cache${lost > 0 ? ` and ${amount(lost * this.cells)} requests it was working on` : ''}.`;
  }
}

function doneTo({ prune, windowTokens, deduplicate, compact, compress }: ContextSettings): string[] {
  return [
    ...(deduplicate ? ['deduplicated'] : []),
    ...(compact ? ['compacted'] : []),
    ...(prune === 'off'
      ? []
      : [prune === 'printed' ? 'pruned to 50 messages' : `pruned to ${windowTokens} tokens`]),
    ...(compress ? ['compressed'] : []),
  ];
}
