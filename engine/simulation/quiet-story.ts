import { formatClock, parseClock } from '../core/clock.ts';
import type { Facts } from './facts.ts';
import type { Simulation } from './simulation.ts';
import { amount, listOf, percent, time } from './wording.ts';

/** Calls that come in waves: the largest second is so many times what comes now. */
const WAVE = 5;

const WORDS: Partial<Record<string, (value: number, target: number) => string>> = {
  meanMs: (value, target) => `the mean response was ${time(value)}, where ${time(target)} are allowed`,
  p99Ms: (value, target) =>
    `one answer in a hundred took more than ${time(value)}, where ${time(target)} are allowed`,
  errorRate: (value, target) => `${small(value)} failed, where ${small(target)} may`,
};

/** A share that may be small. */
const small = (value: number): string =>
  value > 0 && value < 0.01 ? `${Number((value * 100).toFixed(1))} %` : percent(value);

/** Which objectives of time and errors the stretch that is judged has missed; empty when none, or when there is no such stretch yet. */
export function missedText({ objectives, scenario, nowMs }: Simulation): string {
  const { windowS } = scenario.objectives;
  if (objectives.serviceMet || nowMs < windowS * 1000) return '';
  const parts = objectives
    .states()
    .map((s) => (s.met || Number.isNaN(s.value) ? undefined : WORDS[s.id]?.(s.value, s.target)))
    .filter((part) => part !== undefined);
  return parts.length > 0 ? `In the last ${time(windowS * 1000)} ${listOf(parts)}.` : '';
}

/** How it is while the stretch that is judged was not well: a moment's peace, or the next wave. */
export function quietStory(simulation: Simulation, { pool }: Facts): { lede: string; text: string } {
  const stampede = pool !== null && pool.arrivalsPerS > 2 * pool.capacityPerS;
  if (stampede)
    return {
      lede: `A stampede: ${amount(pool.arrivalsPerS)} calls a second, and the pool can finish ${amount(pool.capacityPerS)}.`,
      text: '',
    };
  return { lede: 'Quiet just now, but not well.', text: peakText(simulation, pool) };
}

function peakText({ scenario, world }: Simulation, pool: Facts['pool']): string {
  if (!pool) return '';
  const { recorder } = world;
  const rows = Math.round((scenario.objectives.windowS * 1000) / recorder.intervalMs);
  const from = Math.max(0, recorder.closed - rows);
  const calls = recorder.column(`station.${scenario.path.at(-1)!}.arrivals`).subarray(from, recorder.closed);
  const peakAt = calls.indexOf(Math.max(...calls));
  const perS = (calls[peakAt]! * scenario.fleet.cells * 1000) / recorder.intervalMs;
  if (!(perS > WAVE * pool.arrivalsPerS) || perS < pool.capacityPerS) return '';
  const atS = parseClock(scenario.startsAt, 'startsAt') + ((from + peakAt) * recorder.intervalMs) / 1000;
  return `At ${formatClock(atS)} calls reached the [[model|${pool.title.toLowerCase()}]] at ${amount(perS)} a second: a [[trouble|stampede]]. Now it is ${amount(pool.arrivalsPerS)}, and it can finish ${amount(pool.capacityPerS)}.`;
}
