/** Looking back on a run: where its learner is, what is looked at closely there, and the address in the bar that says so. */
import { untrack } from 'svelte';
import { pins } from '../../../stores/compare/pins.svelte.ts';
import { readRoute } from '../../../stores/route.ts';
import { readClosely, withPlace, type Closely, type RunPlace } from '../../../stores/run-address-place.ts';
import { addressOf } from '../../../stores/run-address-open.ts';
import type { RunStore } from '../../../stores/run.svelte.ts';
import { runsSaved } from '../../../stores/runs-saved.ts';

/** Browsers refuse an address that changes more often than about a hundred times in half a minute. */
const CALM_MS = 350;

export class LookBack {
  /** The microscope is open. */
  micro = $state(false);
  /** Number of the request in it. */
  request = $state<number | undefined>();
  /** The event of which the reason is told, by its place among the run's events. */
  why = $state<number | undefined>();
  /** Where the run that is here left the one before it. */
  branchedAtS = $state<number | undefined>();
  private readonly run: RunStore;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** To be made while a component is; it ends with it. */
  constructor(run: RunStore) {
    this.run = run;
    this.read();
    $effect(() => {
      void [run.opened, run.scrubS, run.state === 'done', this.micro, this.request, this.why];
      untrack(() => this.follow());
    });
    $effect(() => () => clearTimeout(this.timer));
  }

  /** What the address in the bar says is looked at. An address that is wrong is told by the run. */
  read(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    let closely: Closely = { micro: false };
    try {
      closely = readClosely(new URLSearchParams(location.search));
    } catch {
      // Nothing is open then.
    }
    this.micro = closely.micro;
    this.request = closely.request;
    this.why = closely.why;
    this.branchedAtS = undefined;
  }

  /** To a time of the run, while it is dragged over. */
  drag(atS: number): void {
    this.run.scrubTo(atS);
  }

  /** To an event, and why it happened. A step that the back button takes back. */
  tell(index: number): void {
    const event = this.run.events[index];
    if (!event) return;
    this.step();
    this.run.replay.stop();
    this.run.scrubTo(event.atS);
    this.why = index;
  }

  /** To the run's end. */
  live(): void {
    this.step();
    this.why = undefined;
    this.run.scrubLive();
  }

  /** Goes on from here with the levers pulled by then. The run before is kept, and one step back. */
  async branch(): Promise<void> {
    const { scrubS: atS, fingerprint } = this.run;
    if (atS === undefined) return;
    this.step();
    if (fingerprint !== undefined) void runsSaved().pin(fingerprint, true);
    void this.pinAsGhost();
    this.why = undefined;
    const opened = this.run.branch(atS);
    this.branchedAtS = atS;
    await opened;
  }

  /** The run before is drawn behind the one that branches off. */
  private async pinAsGhost(): Promise<void> {
    const { request, info, fingerprint } = this.run;
    if (!request || !info) return;
    try {
      const query = (await addressOf(request, info)).slice(1);
      const { scenario, seed } = info;
      pins().pin({
        query,
        scenario: scenario.name,
        seed,
        ghost: true,
        ...(fingerprint ? { fingerprint } : {}),
      });
    } catch {
      // Too long for an address: then it has no ghost.
    }
  }

  /** What stands in the bar now stays behind as a step of its own. */
  private step(): void {
    this.write();
    history.pushState(history.state, '', location.href);
  }

  private follow(): void {
    if (this.timer !== undefined || !this.run.opened) return;
    this.timer = setTimeout(() => this.write(), CALM_MS);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.run.opened || (readRoute(location.hash)?.page ?? 'lab') !== 'lab') return;
    const query = withPlace(location.search, this.place, this);
    const now = location.search === '?' ? '' : location.search;
    if (query !== now)
      history.replaceState(history.state, '', `${query || location.pathname}${location.hash}`);
  }

  private get place(): RunPlace | undefined {
    const { scrubS: atS, nowS, headedS, info } = this.run;
    if (atS === undefined) return undefined;
    const toS = Math.max(nowS, headedS);
    return { atS, toS: toS >= (info?.scenario.durationS ?? 0) ? undefined : toS };
  }
}
