import type { Monitor } from '../../engine/runner/protocol.ts';
import { followAdvice, type Advice } from './monitor-list.ts';

/** Least wall time between two things said aloud. */
const SAY_MS = 20_000;

/** The advice of the run in the lab as the page shows it: steady, and announced seldom. */
export class MonitorStore {
  advice = $state.raw<readonly Advice[]>([]);
  /** Said politely. */
  announcement = $state('');
  /** Somebody points at the list or works in it. */
  held = false;
  private saidMs = -Infinity;
  /** Ids that were announced in this run. */
  private said: readonly string[] = [];

  constructor(private readonly nowMs = (): number => performance.now()) {}

  /** Recommendations that can be taken now. */
  get count(): number {
    return this.advice.filter(({ goneSinceMs }) => goneSinceMs === null).length;
  }

  /** Undefined before the run has something to say: another run has begun. */
  follow(monitor: Monitor | undefined): void {
    if (!monitor) {
      this.advice = [];
      this.announcement = '';
      this.said = [];
      this.saidMs = -Infinity;
      return;
    }
    const nowMs = this.nowMs();
    this.advice = followAdvice(this.advice, monitor.recommendations, nowMs, this.held);
    this.say(monitor, nowMs);
  }

  /** Each recommendation once a run, several at a time in one sentence. */
  private say({ recommendations }: Monitor, nowMs: number): void {
    const fresh = recommendations.filter(({ id }) => !this.said.includes(id));
    if (fresh.length === 0 || nowMs - this.saidMs < SAY_MS) return;
    this.saidMs = nowMs;
    this.said = [...this.said, ...fresh.map(({ id }) => id)];
    this.announcement =
      fresh.length === 1
        ? `New recommendation: ${fresh[0].title}.`
        : `${fresh.length} new recommendations. First: ${fresh[0].title}.`;
  }
}
