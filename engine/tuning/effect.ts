import type { Simulation } from '../simulation/simulation.ts';
import type { EffectFigure, Recommendation } from './recommend.ts';
import { windowOf, windowS, type RecentWindow } from './recent-window.ts';

/** A recommendation that was taken. */
export interface Taken {
  recommendation: Recommendation;
  atS: number;
}

/** Held: within a quarter of the predicted change, or a twentieth of the figure. Else it did more, a part of it, or nothing of it. */
export type Verdict = 'held' | 'more' | 'part' | 'none';

/** What came of it, beside what was predicted. */
export interface Effect {
  id: string;
  title: string;
  atS: number;
  figure: EffectFigure;
  before: number;
  predicted: number;
  by: string;
  /** Null until there is a stretch to measure. */
  measured: number | null;
  verdict: Verdict | null;
  /** Measured over the seconds [fromS, toS). */
  fromS: number;
  toS: number;
  /** False when the run ends before. */
  inTime: boolean;
  /** What else happened between the pull and the end of the measurement: other pulls, and labels of scripted events. */
  meanwhile: { pulls: number; events: string[] };
}

/** Measures what a recommendation brought, from the run's own series: the same run says the same whenever it is asked. */
export function effectOf(simulation: Simulation, { recommendation, atS }: Taken): Effect {
  const { id, title, predicted } = recommendation;
  const { recorder } = simulation.world;
  const spanS = windowS(simulation);
  const row = (s: number): number => Math.round((s * 1000) / recorder.intervalMs);
  // A stretch in which the change works through is left out.
  const from = row(atS + Math.max(spanS, recommendation.settleS ?? 0));
  const to = Math.max(from + 1, from + row(spanS));
  const after = recorder.closed >= to ? windowOf(simulation, from, to) : null;
  const measured = after === null ? null : figureOf(simulation, after, recommendation);
  const toS = (to * recorder.intervalMs) / 1000;
  return {
    id,
    title,
    atS,
    figure: predicted.figure,
    before: predicted.now,
    predicted: predicted.then,
    by: predicted.by,
    measured,
    verdict: measured === null ? null : verdictOf(predicted.now, predicted.then, measured),
    fromS: (from * recorder.intervalMs) / 1000,
    toS,
    inTime: toS <= simulation.durationMs / 1000,
    meanwhile: meanwhile(simulation, recommendation, atS, toS),
  };
}

/** @returns whether `measured` is what was predicted of a figure that was `before`. */
export function verdictOf(before: number, predicted: number, measured: number): Verdict {
  const change = predicted - before;
  const off = Math.abs(measured - predicted);
  if (off <= 0.25 * Math.abs(change) || off <= 0.05 * Math.abs(predicted)) return 'held';
  const share = (measured - before) / change;
  return share > 1 ? 'more' : share >= 0.25 ? 'part' : 'none';
}

function meanwhile(
  { events, pulls }: Simulation,
  { lever, value }: Recommendation,
  atS: number,
  toS: number,
): Effect['meanwhile'] {
  const own = pulls.find((pull) => pull.atS === atS && pull.lever === lever && pull.value === value);
  return {
    pulls: pulls.filter((pull) => pull !== own && pull.atS >= atS && pull.atS < toS).length,
    events: events
      .filter((event) => event.kind === 'scripted' && event.atS >= atS && event.atS < toS)
      .map(({ data }) => String(data['label'])),
  };
}

function figureOf(simulation: Simulation, w: RecentWindow, { id, predicted }: Recommendation): number {
  const station = simulation.world.stations.find((s) => s.name === id.split(':')[1]);
  switch (predicted.figure) {
    case 'wastedShare':
      return station ? w.stations[station.index]!.wastedShare : NaN;
    case 'callsPerS':
      return station ? w.stations[station.index]!.arrivalsPerS : NaN;
    default:
      return w[predicted.figure];
  }
}
