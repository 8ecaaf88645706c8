/** The smallest scenario that theory can say something about, and its figures in theory's terms. */
import type { ScenarioInput } from '../simulation/scenario.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { stationReports } from '../simulation/summary.ts';

type StationInput = NonNullable<ScenarioInput['stations']>[string];

/** One station under Poisson load, in steady state: after a tenth of the run as warm-up, `customers` are measured. */
export function oneStation(
  ratePerS: number,
  customers: number,
  station: StationInput,
  more: Partial<ScenarioInput> = {},
): ScenarioInput {
  const measuredS = customers / ratePerS;
  return {
    name: 'one-station',
    durationS: measuredS * 1.1,
    warmupS: measuredS * 0.1,
    intervalS: measuredS * 0.1,
    load: { ratePerS },
    path: ['desk'],
    stations: { desk: station },
    ...more,
  };
}

/** The figures of the station `desk` in the terms of theory.ts; times in seconds. */
export function deskFigures(simulation: Simulation) {
  const desk = stationReports(simulation)['desk']!;
  const { recorder } = simulation.world;
  const warmRows = Math.round((simulation.scenario.warmupS * 1000) / recorder.intervalMs);
  const window = recorder.window(warmRows, recorder.closed);
  const measuredS = simulation.measuredMs / 1000;
  return {
    waitProbability: desk.waitProbability,
    meanWait: desk.meanWaitMs / 1000,
    meanResponse: desk.meanResponseMs / 1000,
    meanQueue: desk.meanQueue,
    meanInSystem: desk.meanInStation,
    utilisation: desk.utilisation ?? NaN,
    waitP95: desk.p95WaitMs / 1000,
    waitP99: desk.p99WaitMs / 1000,
    responseP50: window.p50Ms / 1000,
    responseP95: window.p95Ms / 1000,
    responseP99: window.p99Ms / 1000,
    arrivalRate: desk.arrivals / measuredS,
    throughput: desk.completed / measuredS,
    blockProbability: desk.rejected / desk.arrivals,
    abandonProbability: desk.abandoned / desk.arrivals,
  };
}
