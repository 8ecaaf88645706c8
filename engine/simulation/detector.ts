import { COLLAPSE_ERRORS, METASTABLE_S, PLATEAU, SATURATED, SLOW_FACTOR, SUSTAIN_S } from './event-rules.ts';
import type { NotableEvent } from './notable.ts';
import type { Objectives } from './objectives.ts';
import { atSeconds } from './scenario.ts';
import type { World } from './world.ts';

/** How the system is doing, as the detector sees it. */
export type Phase = 'calm' | 'slow' | 'collapse' | 'recovering' | 'recovered';

/** Where instances stall for their memory, slow seconds come and go: they are told of this often. */
const STALLS_TOLD_S = 600;

/** Settings that are done when they are made, and have nothing to go back to. */
const OF_A_MOMENT = /\.(lose|purge|flush|reclaim)$/;

/** Watches the series for what a person would point at. It reads the run and changes nothing in it. */
export class Detector {
  phase: Phase = 'calm';
  /** Mean response before the first scripted event, ms; NaN until known. */
  baselineMeanMs = NaN;
  private readonly rows: number;
  private readonly scripted: { atS: number; kind: string; paths: string[] }[];
  private readonly saturatedFor: number[];
  private readonly saturated: boolean[];
  private plateau = false;
  private metastable = false;
  /** It has been slow or worse, and has not been told to have recovered. */
  private troubled = false;
  private slowSinceS = 0;
  private collapseSinceS = 0;
  private slowToldS = -Infinity;
  private loadBackSinceS: number | null = null;

  constructor(
    private readonly world: World,
    private readonly objectives: Objectives,
  ) {
    this.rows = Math.max(1, Math.round((SUSTAIN_S * 1000) / world.recorder.intervalMs));
    this.saturatedFor = world.stations.map(() => 0);
    this.saturated = world.stations.map(() => false);
    const { scenario } = world;
    this.scripted = scenario.events
      .map(({ at, kind, set }, i) => ({
        atS: atSeconds(at, scenario, `events.${i}.at`),
        kind,
        paths: Object.keys(set).filter((path) => !OF_A_MOMENT.test(path)),
      }))
      .sort((a, b) => a.atS - b.atS);
  }

  /** To be called after every closed interval. */
  onInterval(): NotableEvent[] {
    const events: NotableEvent[] = [];
    const { recorder } = this.world;
    const nowS = (recorder.closed * recorder.intervalMs) / 1000;
    const surgeS = this.objectives.surgeS;
    const note = (kind: NotableEvent['kind'], data: NotableEvent['data'] = {}): void => {
      events.push({ atS: nowS, kind, data });
    };
    if (surgeS === null || nowS <= surgeS)
      this.baselineMeanMs = recorder.meanAndHits(recorder.closed - 12 * this.rows, recorder.closed).meanMs;
    this.watchStations(note);
    this.watchResponse(note, nowS, surgeS);
    return events;
  }

  /** Whether most of what fails is refused for money: no storm, and nothing that keeps itself alive. */
  private get refused(): boolean {
    return (this.world.gateway?.refusedShare(this.rows) ?? 0) > 0.5;
  }

  /** Whether what the scenario's faults and surges have set is back; a fault of a moment, such as an emptied cache, is over at once. */
  private causesOver(nowS: number): boolean {
    const last = new Map<string, string>();
    for (const { atS, kind, paths } of this.scripted)
      if (atS <= nowS) for (const path of paths) last.set(path, kind);
    return [...last.values()].every((kind) => kind === 'relief');
  }

  private watchStations(note: (kind: NotableEvent['kind'], data: NotableEvent['data']) => void): void {
    const { recorder, stations } = this.world;
    const row = recorder.closed - 1;
    for (const [i, station] of stations.entries()) {
      if (!Number.isFinite(station.servers)) continue;
      const busy = recorder.column(`station.${station.name}.busy`)[row]!;
      const queue = recorder.column(`station.${station.name}.queue`)[row]!;
      this.saturatedFor[i] =
        busy > SATURATED.busy * station.servers && queue > SATURATED.waitingPerServer * station.servers
          ? this.saturatedFor[i]! + 1
          : 0;
      if (!this.saturated[i] && this.saturatedFor[i]! >= this.rows) {
        this.saturated[i] = true;
        note('saturated', { station: station.name, busy, servers: station.servers, queue });
      } else if (this.saturated[i] && queue === 0) {
        this.saturated[i] = false;
        note('relieved', { station: station.name, busy, servers: station.servers });
      }
    }
  }

  private watchResponse(
    note: (kind: NotableEvent['kind'], data?: NotableEvent['data']) => void,
    nowS: number,
    surgeS: number | null,
  ): void {
    const { recorder } = this.world;
    const recent = recorder.window(recorder.closed - this.rows, recorder.closed);
    if (recent.requests === 0) return;
    const base = this.baselineMeanMs;
    const timeoutMs = this.world.callerRules.timeoutMs;
    const after = this.objectives.recoveredAfterS;
    // 0: the objectives have held all along, however much slower it got.
    const heldAgain = after !== null && after > 0;
    if (recent.errorRate > COLLAPSE_ERRORS && this.phase !== 'collapse' && !heldAgain) {
      this.phase = 'collapse';
      this.collapseSinceS = nowS;
      note('collapse', {
        errorRate: recent.errorRate,
        meanMs: recent.meanMs,
        hitRate: recent.hitRate,
      });
    } else if (recent.meanMs > SLOW_FACTOR * base && this.phase === 'calm') {
      this.phase = 'slow';
      this.slowSinceS = nowS;
      if (!this.world.memory || nowS - this.slowToldS >= STALLS_TOLD_S) {
        this.slowToldS = nowS;
        note('slow', { meanMs: recent.meanMs, baselineMs: base });
      }
    }
    const plateauMs = timeoutMs === null ? Infinity : timeoutMs * (1 + this.world.callerRules.retries);
    if (!this.plateau && recent.errorRate > PLATEAU.errors && recent.p50Ms > PLATEAU.time * plateauMs) {
      this.plateau = true;
      const { errorRate, p50Ms } = recent;
      note('plateau', { plateauMs, tries: 1 + this.world.callerRules.retries, timeoutMs, errorRate, p50Ms });
    } else if (this.plateau && recent.errorRate < COLLAPSE_ERRORS) this.plateau = false;
    this.loadBackSinceS =
      this.world.loadIsBack && !this.refused && this.causesOver(nowS) && surgeS !== null && nowS > surgeS
        ? (this.loadBackSinceS ?? nowS - recorder.intervalMs / 1000)
        : null;
    if (
      !this.metastable &&
      this.phase === 'collapse' &&
      this.loadBackSinceS !== null &&
      nowS - Math.max(this.loadBackSinceS, this.collapseSinceS) >= METASTABLE_S
    ) {
      this.metastable = true;
      note('metastable', {
        sinceS: this.loadBackSinceS,
        collapseS: this.collapseSinceS,
        errorRate: recent.errorRate,
      });
    }
    // Those who are refused so that the others are served are errors, too.
    if (this.phase === 'collapse' && (recent.errorRate < 0.3 || heldAgain)) this.phase = 'recovering';
    if (this.phase === 'slow' || this.phase === 'collapse') this.troubled = true;
    if (this.troubled && this.phase !== 'collapse' && heldAgain) {
      this.phase = 'recovered';
      this.troubled = this.metastable = false;
      note('recovered', { afterS: after, ...this.objectives.judged() });
    } else if (this.phase === 'slow' && recent.meanMs < 1.3 * base && nowS - this.slowSinceS > METASTABLE_S)
      this.phase = 'calm';
    else if (this.phase === 'recovered' && !this.objectives.serviceMet && recent.meanMs > 3 * base)
      this.phase = 'slow';
  }
}
