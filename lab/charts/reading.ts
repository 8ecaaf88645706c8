import type { Scenario } from '../../engine/simulation/scenario.ts';
import type { Series } from '../stores/series.ts';
import type { MoneyReading } from './money-reading.ts';
import type { MachineReading } from './protection/machine-reading.ts';

/** What a chart, a legend or a row of the table says of a stretch of time. Rates and amounts are of the whole fleet. */
export interface Reading {
  /** End of the stretch. */
  atS: number;
  arrivalsPerS: number;
  /** Weighted by the requests that ended; null when there were none. */
  meanMs: number | null;
  /** Of the worst interval in the stretch: percentiles can't be averaged. */
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
  /** Share of the requests that ended which each tier answered, in the order of `tierNames`. */
  tierShares: (number | null)[];
  hitRate: number | null;
  retriesPerS: number;
  /** At the end of the stretch. */
  queue: number;
  deadShare: number;
  /** Over the last `costWindowS`, since a single interval holds few model calls. */
  costUsdPerH: number | null;
  /** Since the run began. */
  spentUsd: number;
  /** For a scenario with a gateway, once the page has what reads it. */
  money?: MoneyReading;
  /** For a scenario with something that protects it, or with memory, once the page has what reads it. */
  machines?: MachineReading;
}

/** Reads what a scenario has beside the columns of all: intervals from `from` up to, not including, `to`. */
export type ReadMore = (series: Series, scenario: Scenario, from: number, to: number) => MoneyReading;
export type ReadMachines = (series: Series, scenario: Scenario, from: number, to: number) => MachineReading;

/** Dollars an hour are taken over so many intervals. */
export const COST_INTERVALS = 10;
/** Over how much time a cost per hour is taken. */
export const costWindowS = (intervalS: number): number => COST_INTERVALS * intervalS;

/** Tiers in the order in which a request meets them. */
export const tierNames = (scenario: Scenario): string[] =>
  scenario.path.filter((node) => node in scenario.tiers);

/** The last station on the path: where the work is done that everything else saves. */
export const poolName = (scenario: Scenario): string | undefined =>
  scenario.path.filter((node) => node in scenario.stations).at(-1);

/** @param from first interval of the stretch; `to` is the one after its last */
export function readingOf(series: Series, scenario: Scenario, from: number, to: number): Reading {
  const { cells } = scenario.fleet;
  const seconds = (to - from) * series.intervalS;
  const completed = series.sum('completed', from, to);
  const share = (part: number): number | null => (completed > 0 ? part / completed : null);
  const tierShares = tierNames(scenario).map((tier) => share(series.sum(`tier.${tier}.hits`, from, to)));
  const pool = poolName(scenario);
  const queue = pool ? series.at(`station.${pool}.queue`, to - 1) : 0;
  const costFrom = Math.max(0, to - COST_INTERVALS);
  const costS = (to - costFrom) * series.intervalS;
  return {
    atS: to * series.intervalS,
    arrivalsPerS: (series.sum('arrivals', from, to) * cells) / seconds,
    meanMs: share(sumOfProducts(series, from, to)),
    p50Ms: worst(series, 'p50Ms', from, to),
    p95Ms: worst(series, 'p95Ms', from, to),
    p99Ms: worst(series, 'p99Ms', from, to),
    tierShares,
    hitRate: share(tierShares.reduce<number>((total, part) => total + (part ?? 0), 0) * completed),
    retriesPerS: (series.sum('retries', from, to) * cells) / seconds,
    queue: queue * cells,
    deadShare: pool && queue > 0 ? series.at(`station.${pool}.dead`, to - 1) / queue : 0,
    costUsdPerH: costS > 0 ? (series.sum('costUsd', costFrom, to) * cells * 3600) / costS : null,
    spentUsd: 0,
  };
}

function sumOfProducts(series: Series, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) {
    const mean = series.at('meanMs', i);
    if (!Number.isNaN(mean)) total += mean * series.at('completed', i);
  }
  return total;
}

function worst(series: Series, name: string, from: number, to: number): number | null {
  let most: number | null = null;
  for (let i = from; i < to; i++) {
    const value = series.at(name, i);
    if (!Number.isNaN(value) && (most === null || value > most)) most = value;
  }
  return most;
}

/** The readings of a window, one for each stretch of `stride` intervals; grows with the run. */
export class Readings {
  readonly all: Reading[] = [];
  /** Changes when earlier readings were thrown away. */
  epoch = 0;
  private series: Series | undefined;
  private scenario: Scenario | undefined;
  private more: ReadMore | undefined;
  private machines: ReadMachines | undefined;
  private fromS = 0;
  private stride = 1;
  private next = 0;
  private spentUsd = 0;

  /**
   * Takes in what the series has by now.
   * @param most how many readings the window has room for
   * @param ended nothing more will come, so that the rest is a reading too, however short
   */
  update(
    series: Series,
    scenario: Scenario,
    window: { fromS: number; toS: number },
    most: number,
    {
      more,
      machines,
      ended = false,
    }: { more?: ReadMore | undefined; machines?: ReadMachines | undefined; ended?: boolean } = {},
  ): void {
    const stride = Math.max(1, Math.ceil((window.toS - window.fromS) / series.intervalS / most));
    if (
      series !== this.series ||
      stride !== this.stride ||
      window.fromS !== this.fromS ||
      more !== this.more ||
      machines !== this.machines
    ) {
      this.all.length = 0;
      this.epoch++;
      this.series = series;
      this.scenario = scenario;
      this.more = more;
      this.machines = machines;
      this.stride = stride;
      this.fromS = window.fromS;
      this.next = Math.floor(window.fromS / series.intervalS);
      this.spentUsd = series.sum('costUsd', 0, this.next);
    }
    while (this.next + this.stride <= series.length) this.take(series, scenario, this.next + this.stride);
    if (ended && this.next < series.length) this.take(series, scenario, series.length);
  }

  private take(series: Series, scenario: Scenario, to: number): void {
    const reading = readingOf(series, this.scenario ?? scenario, this.next, to);
    this.spentUsd += series.sum('costUsd', this.next, to);
    reading.spentUsd = this.spentUsd * scenario.fleet.cells;
    if (this.more) reading.money = this.more(series, scenario, this.next, to);
    if (this.machines) reading.machines = this.machines(series, scenario, this.next, to);
    this.all.push(reading);
    this.next = to;
  }

  get latest(): Reading | undefined {
    return this.all.at(-1);
  }
}
