/** The picture of the course's hero: two runs of Prime Day as paths, in the units of its drawing. */
import { formatClock } from '../../../engine/core/clock.ts';
import { milliseconds, plainSpan } from '../../format.ts';
import type { IncidentFacts } from './course-facts.ts';

export const WIDTH = 440;
export const HEIGHT = 132;
/** Where the longest time and no time at all are drawn. */
const TOP = 25;
const GROUND = 91;

export interface Spark {
  alone: string;
  /** From the moment on at which the levers are pulled. */
  rescued: string;
  surge: { x: number; width: number };
  rescueX: number;
  targetY: number;
  words: {
    plateau: string;
    target: string;
    surge: string;
    from: string;
    to: string;
    rescue: string;
    all: string;
  };
}

export function sparkOf(incident: IncidentFacts): Spark {
  const { fromS, stepS, aloneMs, rescuedMs, surge, rescueAtS, rescuedAfterS, targetMs } = incident;
  const toS = fromS + stepS * aloneMs.length;
  const longestMs = Math.max(...aloneMs, ...rescuedMs);
  const x = (s: number): number => rounded(((s - fromS) / (toS - fromS)) * WIDTH);
  const y = (ms: number): number => rounded(GROUND - (ms / longestMs) * (GROUND - TOP));
  // A value stands for the step that begins at its time, and is drawn at the middle of it.
  const path = (values: readonly number[], first: number): string =>
    values
      .slice(first)
      .map((ms, i) => `${i === 0 ? 'M' : 'L'}${x(fromS + (first + i + 0.5) * stepS)} ${y(ms)}`)
      .join('');
  const clock = (s: number): string => formatClock(incident.startOfDayS + s).slice(0, 5);
  const plateau = milliseconds(aloneMs.at(-1)).replace('.00', '');
  const stays = (aloneMs.at(-1) ?? 0) >= longestMs;
  const before = aloneMs.slice(0, Math.floor((surge.fromS - fromS) / stepS));
  const beforeMs = before.reduce((sum, ms) => sum + ms, 0) / before.length;
  const target = milliseconds(targetMs);
  return {
    alone: path(aloneMs, 0),
    rescued: path(rescuedMs, Math.floor((rescueAtS - fromS) / stepS) - 1),
    surge: { x: x(surge.fromS), width: rounded(x(surge.toS) - x(surge.fromS)) },
    rescueX: x(rescueAtS),
    targetY: y(targetMs),
    words: {
      plateau: stays ? `${plateau}, and it stays` : plateau,
      target: `${target}, your target`,
      surge: `${clock(surge.fromS)} surge, ${plainSpan(surge.toS - surge.fromS)}`,
      from: clock(fromS),
      to: clock(toS),
      rescue: `levers pulled, ${clock(rescueAtS)}`,
      all:
        `Mean response time on Prime Day, from ${clock(fromS)} to ${clock(toS)}. About ${milliseconds(beforeMs)} until the load grows to ` +
        `${surge.factor} times at ${clock(surge.fromS)}; then ${plateau} to the end, though the surge is over at ${clock(surge.toS)}. ` +
        `The dashed line is the same run with levers pulled at ${clock(rescueAtS)}: within ${target} again, and for good, ` +
        `${plainSpan(rescuedAfterS)} after the surge began.`,
    },
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
