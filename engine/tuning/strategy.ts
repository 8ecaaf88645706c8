import * as v from 'valibot';
import { InputError, show } from '../core/errors.ts';
import { parse } from '../core/schema.ts';
import { applyOverrides, type Override } from '../simulation/overrides.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { strategySchema, type Strategy } from '../simulation/strategy-schema.ts';
import { MOST_STRATEGIES, type Cell } from './design.ts';

const strategiesSchema = v.pipe(
  v.array(strategySchema),
  v.minLength(1, 'at least one strategy'),
  v.maxLength(MOST_STRATEGIES, `at most ${MOST_STRATEGIES} strategies`),
);

/**
 * Checks strategies for one scenario: the format, that ids differ, that each can be turned off and on in this scenario, and that no
 * two say different things of one setting (then off and on would not be theirs to decide).
 * @throws InputError
 */
export function parseStrategies(input: unknown, scenario: Scenario): Strategy[] {
  const strategies = parse(strategiesSchema, input, 'strategies', ['id', 'title', 'off', 'on']);
  const ids = new Set<string>();
  for (const [i, { id }] of strategies.entries()) {
    if (ids.has(id)) throw new InputError(`strategies.${i}.id`, 'an id of its own', show(id));
    ids.add(id);
  }
  checkApart(strategies);
  for (const strategy of strategies)
    for (const side of ['off', 'on'] as const)
      check(scenario, strategy[side] ?? {}, `strategies.${strategy.id}.${side}`);
  return strategies;
}

/** The changes to a scenario that bring about a setting. */
export function overridesOf(strategies: readonly Strategy[], cell: Cell): Override[] {
  return strategies.flatMap(({ on = {}, off }, i) => changes(cell & (1 << i) ? on : off));
}

/** Ids of the strategies that are on in a setting. */
export function idsOn(strategies: readonly { id: string }[], cell: Cell): string[] {
  return strategies.filter((_, i) => cell & (1 << i)).map(({ id }) => id);
}

const changes = (side: Record<string, unknown>): Override[] =>
  Object.entries(side).map(([path, value]) => ({ path, value }));

function check(scenario: Scenario, side: Record<string, unknown>, place: string): void {
  try {
    applyOverrides(scenario, changes(side));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${place}, ${error.place.replace('--set ', '')}`,
      error.expected,
      error.got,
      error.advice,
    );
  }
}

function checkApart(strategies: readonly Strategy[]): void {
  const said: { path: string; value: string; by: Strategy }[] = [];
  for (const by of strategies)
    for (const { path, value } of [...changes(by.off), ...changes(by.on ?? {})]) {
      const text = JSON.stringify(value);
      for (const other of said)
        if (other.by !== by && (other.path === path ? other.value !== text : nested(other.path, path)))
          throw new InputError(
            `strategies.${by.id}`,
            'settings that no other strategy changes to something else',
            `${path} = ${show(value)}, where ${other.by.id} has ${other.path} = ${other.value}`,
            'With both, the order of the list would decide.',
          );
      said.push({ path, value: text, by });
    }
}

const nested = (a: string, b: string): boolean => a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
