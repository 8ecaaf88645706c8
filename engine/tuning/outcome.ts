import { InputError, nearest } from '../core/errors.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { summarise } from '../simulation/summary.ts';
import { checkWindowFigure, isWindowFigure, windowFigure } from './window-figure.ts';

/**
 * What a finished run comes to: figures by name, plain data. Money and counts are of the whole fleet, all figures over the whole
 * run, warm-up included. A mean over nothing is NaN.
 */
export type Outcome = Record<string, number>;

/**
 * The figures that every run has. `costUsd`: paid for model calls. `calls`: calls that models completed, also those for nobody.
 * `requests`: arrivals. Times and rates are over completed requests.
 */
export const FIGURES = [
  'costUsd',
  'calls',
  'requests',
  'meanMs',
  'p50Ms',
  'p95Ms',
  'p99Ms',
  'hitRate',
  'errorRate',
] as const;

/**
 * Figures of how a run ends, for searches: mean, hit rate and errors of its last minute, and seconds from the first event until the
 * objectives hold for good (the run's length when they do not).
 */
export const END_FIGURES = ['endMeanMs', 'endHitRate', 'endErrorRate', 'recoveredAfterS'] as const;

/** Last words of columns that hold a level at the interval's end or a mean over it, so that their sum over intervals says nothing. */
const LEVELS = new Set([
  ...['entries', 'queue', 'dead', 'busy', 'waiting', 'measures', 'ttlS'],
  ...['spentUsd', 'reservedUsd', 'overshootUsd', 'limitUsd'],
  ...['ready', 'starting', 'spot', 'forecast'],
  ...['share', 'shareMax', 'live', 'held'],
]);

/**
 * @param simulation at its end.
 * @param columns of the recorder, wanted besides: summed, or for a level the mean over the intervals; or figures of a stretch (window-figure.ts).
 * @returns the figures that every run has; with agents `infraUsd`, what they cost, and `totalUsd`, that and the model calls; with a
 * gateway `quality`, the mean over its requests.
 * @throws InputError for an unknown column.
 */
export function outcomeOf(simulation: Simulation, columns: readonly string[] = []): Outcome {
  const { recorder } = simulation.world;
  const { cells } = simulation.scenario.fleet;
  const whole = recorder.window(0, recorder.closed);
  const { costUsd, after, recoveredAfterS } = summarise(simulation);
  const outcome: Outcome = {
    costUsd,
    calls: modelCalls(simulation) * cells,
    requests: recorder.total.requests * cells,
    meanMs: whole.meanMs,
    p50Ms: whole.p50Ms,
    p95Ms: whole.p95Ms,
    p99Ms: whole.p99Ms,
    hitRate: whole.hitRate,
    errorRate: whole.errorRate,
    endMeanMs: after.meanMs,
    endHitRate: after.hitRate,
    endErrorRate: after.errorRate,
    recoveredAfterS: recoveredAfterS ?? simulation.scenario.durationS,
  };
  const critical = recorder.columns.includes('class.critical.ended')
    ? 1 -
      sumOf(recorder.column('class.critical.givenUp'), recorder.closed) /
        sumOf(recorder.column('class.critical.ended'), recorder.closed)
    : undefined;
  if (critical !== undefined) outcome.criticalServed = critical;
  const infra = columnNamed(recorder.columns, 'infraUsd');
  if (infra !== undefined) {
    outcome.infraUsd = columnFigure(simulation, infra);
    outcome.totalUsd = costUsd + outcome.infraUsd;
  }
  const quality = columnNamed(recorder.columns, 'quality');
  if (quality !== undefined) outcome.quality = columnFigure(simulation, quality);
  for (const name of columns) {
    checkFigure(name, recorder.columns);
    if (isWindowFigure(name)) outcome[name] = windowFigure(simulation, name);
    else if (!Object.hasOwn(outcome, name)) outcome[name] = columnFigure(simulation, name);
  }
  return outcome;
}

/** @throws InputError for a name that is neither a figure nor a column of runs with these columns. */
export function checkFigure(name: string, columns: readonly string[]): void {
  if (isWindowFigure(name)) return checkWindowFigure(name, columns);
  const names = [
    ...new Set([
      ...FIGURES,
      ...END_FIGURES,
      ...(columns.includes('class.critical.ended') ? ['criticalServed'] : []),
      ...(columnNamed(columns, 'infraUsd') === undefined ? [] : ['infraUsd', 'totalUsd']),
      ...(columnNamed(columns, 'quality') === undefined ? [] : ['quality']),
      ...columns,
    ]),
  ];
  if (names.includes(name)) return;
  const guess = nearest(name, names);
  throw new InputError(
    'figure',
    `one of ${names.join(', ')}`,
    JSON.stringify(name),
    guess === undefined ? '' : `Did you mean "${guess}"?`,
  );
}

/** Calls completed by the stations that models run on. */
function modelCalls({ scenario, world }: Simulation): number {
  const { recorder } = world;
  const served = new Set(Object.values(scenario.models).map(({ station }) => station));
  return world.stations
    .filter(({ name, modelName }) => modelName !== null || served.has(name))
    .reduce((sum, { name }) => sum + sumOf(recorder.column(`station.${name}.completed`), recorder.closed), 0);
}

/** The column with that name, whatever part of the system it is of. */
const columnNamed = (columns: readonly string[], name: string): string | undefined =>
  columns.find((column) => lastWord(column) === name);

const lastWord = (column: string): string => column.split('.').at(-1)!;

function columnFigure(simulation: Simulation, name: string): number {
  const { recorder } = simulation.world;
  const { closed } = recorder;
  const column = recorder.column(name);
  const word = lastWord(name);
  if (word === 'quality') {
    const requests = recorder.columns.includes('gateway.requests') ? 'gateway.requests' : 'completed';
    return meanOverRequests(column, recorder.column(requests), closed);
  }
  const sum = sumOf(column, closed) * simulation.scenario.fleet.cells;
  return LEVELS.has(word) ? sum / closed : sum;
}

function sumOf(column: Float64Array, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += column[row];
  return sum;
}

/** Mean of a column that is itself a mean over the requests of each interval, NaN where there were none. */
function meanOverRequests(column: Float64Array, requests: Float64Array, rows: number): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (requests[row] === 0 || Number.isNaN(column[row])) continue;
    sum += column[row] * requests[row];
    count += requests[row];
  }
  return count > 0 ? sum / count : NaN;
}
