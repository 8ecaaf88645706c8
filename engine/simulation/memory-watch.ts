import { LONG_PAUSE_MS } from './event-rules.ts';
import type { NotableEvent } from './notable.ts';
import type { World } from './world.ts';

/** Pauses of one cause come again and again; one in a while is enough to tell of them. */
const QUIET_S = 300;

/** Watches memory for what a person would point at: long pauses, and processes that run out of it. Changes nothing. */
export class MemoryWatch {
  private toldMs = 0;
  private toldAtS = -Infinity;

  constructor(private readonly world: World) {}

  /** To be called after every closed interval. */
  onInterval(): NotableEvent[] {
    const { memory, recorder } = this.world;
    if (!memory) return [];
    const events: NotableEvent[] = [];
    const atS = this.world.nowMs / 1000;
    const of = (column: string): number => recorder.column(`memory.${column}`)[recorder.closed - 1]!;
    const pauseMs = of('longestPauseMs');
    const told = atS - this.toldAtS < QUIET_S && pauseMs < 1.5 * this.toldMs;
    if (pauseMs > LONG_PAUSE_MS && !told) {
      this.toldMs = pauseMs;
      this.toldAtS = atS;
      events.push({ atS, kind: 'pause', data: { pauseMs, share: of('shareMax') } });
    }
    if (of('oom') > 0) events.push({ atS, kind: 'outOfMemory', data: { instances: of('oom') } });
    return events;
  }
}
