import type { Simulation } from '../simulation/simulation.ts';
import type { EffectFigure, Recommendation } from './recommend.ts';
import { windowOf, type RecentWindow } from './recent-window.ts';

/** Stretches that are compared: the minute before, and the minute after a minute in which the change works through. */
const WINDOW_S = 60;
const SETTLE_S = 60;

/** A recommendation that was taken. */
export interface Taken {
  recommendation: Recommendation;
  atS: number;
}

/** What came of it, beside what was predicted. */
export interface Effect {
  id: string;
  title: string;
  atS: number;
  figure: EffectFigure;
  before: number;
  predicted: number;
  by: string;
  /** Null until there is a minute to measure. */
  measured: number | null;
  /** Measured over the seconds [fromS, toS). */
  fromS: number;
  toS: number;
}

/** Measures what a recommendation brought, from the run's own series: the same run says the same whenever it is asked. */
export function effectOf(simulation: Simulation, { recommendation, atS }: Taken): Effect {
  const { id, title, predicted } = recommendation;
  const { recorder } = simulation.world;
  const row = (s: number): number => Math.round((s * 1000) / recorder.intervalMs);
  const from = row(atS + SETTLE_S);
  const to = Math.max(from + 1, row(atS + SETTLE_S + WINDOW_S));
  const after = recorder.closed >= to ? windowOf(simulation, from, to) : null;
  return {
    id,
    title,
    atS,
    figure: predicted.figure,
    before: predicted.now,
    predicted: predicted.then,
    by: predicted.by,
    measured: after === null ? null : figureOf(simulation, after, recommendation),
    fromS: (from * recorder.intervalMs) / 1000,
    toS: (to * recorder.intervalMs) / 1000,
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
