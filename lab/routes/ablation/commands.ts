import { overridesOf } from '../../../engine/tuning/strategy.ts';
import type { Strategy } from '../../../engine/simulation/strategy-schema.ts';
import type { AblationChoice } from '../../stores/ablation-plan.ts';

/** The command that prints what the page shows. */
export function ablateCommand({ scenario, seeds, untilS }: AblationChoice, figure: string): string {
  return [
    `npm run --silent ablate -- ${scenario} --seeds ${seeds}`,
    ...(untilS === null ? [] : [`--until ${untilS}`]),
    ...(figure === 'costUsd' ? [] : [`--figure ${figure}`]),
  ].join(' ');
}

/** The command that runs one setting with one seed by itself. */
export function simCommand(
  { scenario, untilS }: AblationChoice,
  strategies: readonly Strategy[],
  on: readonly string[],
  seed: number,
): string {
  const cell = strategies.reduce((bits, { id }, i) => (on.includes(id) ? bits | (1 << i) : bits), 0);
  return [
    `npm run --silent sim -- ${scenario} --seed ${seed}`,
    ...(untilS === null ? [] : [`--until ${untilS}`]),
    ...overridesOf(strategies, cell).map(({ path, value }) => `--set ${quoted(`${path}=${asText(value)}`)}`),
  ].join(' ');
}

/** The lab shows a run as its scenario is written, so only a setting without changes has an address there. */
export function labAddress(
  { scenario, untilS }: AblationChoice,
  strategies: readonly Strategy[],
  on: readonly string[],
  seed: number,
): string | null {
  const asWritten =
    untilS === null &&
    on.length === strategies.length &&
    strategies.every(({ on: changes = {} }) => Object.keys(changes).length === 0);
  return asWritten ? `./?scenario=${scenario}&seed=${seed}#/` : null;
}

/** Text stays text on the command line unless it reads as JSON. */
function asText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

const quoted = (word: string): string =>
  /^[\w.,:=@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
