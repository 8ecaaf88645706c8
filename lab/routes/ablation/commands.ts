import { overrideText } from '../../../engine/runner/run-text.ts';
import { overridesOf } from '../../../engine/tuning/strategy.ts';
import type { Strategy } from '../../../engine/simulation/strategy-schema.ts';
import type { AblationChoice } from '../../stores/ablation-plan.ts';
import { runHref } from '../../stores/run-address.ts';

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
  return [
    `npm run --silent sim -- ${scenario} --seed ${seed}`,
    ...(untilS === null ? [] : [`--until ${untilS}`]),
    ...overridesOf(strategies, cellOf(strategies, on)).map((one) => `--set ${quoted(overrideText(one))}`),
  ].join(' ');
}

/** The same run in the lab. */
export function labAddress(
  { scenario, untilS }: AblationChoice,
  strategies: readonly Strategy[],
  on: readonly string[],
  seed: number,
): string {
  const end = untilS === null ? [] : [{ path: 'durationS', value: untilS }];
  const overrides = [...overridesOf(strategies, cellOf(strategies, on)), ...end];
  return runHref({ scenario, seed, overrides });
}

const cellOf = (strategies: readonly Strategy[], on: readonly string[]): number =>
  strategies.reduce((bits, { id }, i) => (on.includes(id) ? bits | (1 << i) : bits), 0);

const quoted = (word: string): string =>
  /^[\w.,:=@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
