/** A short look at what a scenario comes to: one run in a worker of its own, stopped when it has taken long enough. */
import { Readings, type Reading } from '../charts/reading.ts';
import type { Connect } from './connection.ts';
import { RunStore } from './run.svelte.ts';

/** After the last change. */
const DEBOUNCE_MS = 600;
/** Longer than this nobody waits for a preview; what there is by then is shown. */
const LONGEST_MS = 4000;
const MOST_READINGS = 120;

export type PreviewPhase = 'idle' | 'waiting' | 'computing' | 'done' | 'shortened' | 'cancelled' | 'failed';

export class ScenarioPreview {
  readonly run: RunStore;
  phase = $state<PreviewPhase>('idle');
  seed = $state(1);
  /** The preview before this one, as long as it has something to say. */
  ghost = $state.raw<readonly Reading[]>([]);
  private text = '';
  private debounce: ReturnType<typeof setTimeout> | undefined;
  private limit: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: Connect) {
    this.run = new RunStore(connect);
  }

  /** Asks for a preview of this scenario; the same one is not made twice. @param value as JSON has it */
  want(value: object, now = false): void {
    const text = JSON.stringify([value, this.seed]);
    if (text === this.text && this.phase !== 'cancelled' && this.phase !== 'failed') return;
    clearTimeout(this.debounce);
    this.phase = 'waiting';
    this.debounce = setTimeout(() => void this.start(value, text), now ? 0 : DEBOUNCE_MS);
  }

  /** There is nothing that could be run. */
  rest(): void {
    clearTimeout(this.debounce);
    if (this.phase === 'waiting') this.phase = this.run.frames > 0 ? 'done' : 'idle';
  }

  cancel(): void {
    clearTimeout(this.debounce);
    clearTimeout(this.limit);
    this.run.end();
    this.phase = 'cancelled';
  }

  /** What the run has told so far. */
  readings(): readonly Reading[] {
    const { info, series } = this.run;
    if (!info || series.length === 0) return [];
    const readings = new Readings();
    readings.update(series, info.scenario, { fromS: 0, toS: info.scenario.durationS }, MOST_READINGS, {
      ended: true,
    });
    return readings.all;
  }

  /** The run has told something more. */
  follow(): void {
    if (this.phase !== 'computing') return;
    if (this.run.failure !== undefined) this.phase = 'failed';
    else if (this.run.state === 'done') this.phase = 'done';
    else return;
    clearTimeout(this.limit);
  }

  close(): void {
    clearTimeout(this.debounce);
    clearTimeout(this.limit);
    this.run.end();
  }

  private async start(value: object, text: string): Promise<void> {
    const before = this.readings();
    if (before.length > 1) this.ghost = before;
    this.text = text;
    this.phase = 'computing';
    clearTimeout(this.limit);
    this.limit = setTimeout(() => void this.shorten(text), LONGEST_MS);
    this.run.speed = 'max';
    await this.run.open({ scenario: value, seed: this.seed });
    this.follow();
  }

  private async shorten(text: string): Promise<void> {
    if (text !== this.text || this.phase !== 'computing') return;
    this.phase = 'shortened';
    await this.run.pause();
    // The worker has nothing more to do, and a scenario that cannot even begin is left.
    if (this.run.frames === 0) this.run.end();
  }
}
