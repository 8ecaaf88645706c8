import { CRITICALITIES } from '../cost/task.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

/** With traffic: work that nobody waits for, which is not among `arrivals` and `completed`. `waiting`: deferred at the interval's end. */
export const BACKGROUND_COLUMNS = ['arrivals', 'completed', 'failed', 'late', 'waiting'] as const;

/** With traffic, for each criticality (`class.critical.ended`): requests that ended, background ones too, and those of them without an answer. */
export const CLASS_COLUMNS = ['ended', 'givenUp'] as const;

/**
 * With a gateway. Requests that reached it, calls sent to models (a batch is one), and what became of the rest. `quality`: mean
 * quality of the models that answered, NaN when none did. `baselineUsd`: what the same tokens would have cost on the model of the fixed route.
 * `measures`: levels of the graduated actions in force for the budgets of everybody.
 */
export const GATEWAY_COLUMNS = [
  'requests',
  'calls',
  'batched',
  'deferred',
  'escalated',
  'downgraded',
  'refusedBudget',
  'refusedMeasures',
  'refusedRule',
  'inputTokens',
  'cachedTokens',
  'outputTokens',
  'quality',
  'baselineUsd',
  'measures',
] as const;

/** With a gateway, dollars of the interval by who spent them: `spend.agent.NAME`, `spend.model.NAME`. */
export const SPEND_BY = ['agent', 'model'] as const;

/** For each budget, at the interval's end. */
export const BUDGET_COLUMNS = ['spentUsd', 'reservedUsd', 'overshootUsd', 'limitUsd'] as const;

/** With an agent pool: agents at the interval's end, how many were wanted and expected, and what they cost in it. */
export const AGENT_COLUMNS = ['ready', 'starting', 'spot', 'forecast', 'interrupted', 'infraUsd'] as const;

type Parts = Partial<Pick<Scenario, 'traffic' | 'gateway' | 'controls' | 'models'>>;

export function extraColumnNames({ traffic, gateway, controls, models }: Parts): string[] {
  return [
    ...(traffic ? BACKGROUND_COLUMNS.map((c) => `background.${c}`) : []),
    ...(traffic ? CRITICALITIES.flatMap((c) => CLASS_COLUMNS.map((name) => `class.${c}.${name}`)) : []),
    ...(gateway ? GATEWAY_COLUMNS.map((c) => `gateway.${c}`) : []),
    ...(gateway ? (traffic?.agents ?? []).map((a) => `spend.agent.${a.name}`) : []),
    ...(gateway ? Object.keys(models ?? {}).map((name) => `spend.model.${name}`) : []),
    ...(gateway?.budgets ?? []).flatMap((b) => BUDGET_COLUMNS.map((c) => `budget.${b.name}.${c}`)),
    ...(controls?.ttl ? controls.ttl.tiers.map((tier) => `tier.${tier}.ttlS`) : []),
    ...(controls?.keeper ? ['keeper.servers'] : []),
    ...(controls?.agents ? AGENT_COLUMNS.map((c) => `agents.${c}`) : []),
  ];
}

/** Writes the columns above, in their order; null when the world has none of them. */
export function extraColumns(world: World): ((put: (value: number) => void) => void) | null {
  const { gateway, recorder, scenario, controls } = world;
  const { ttl, agents, keeper } = scenario.controls;
  if (!scenario.traffic && !ttl && !agents && !keeper) return null;
  const background = new Differences();
  const classes = new Differences();
  const counts = new Differences();
  const agentNames = (scenario.traffic?.agents ?? []).map((a) => a.name);
  const modelNames = Object.keys(scenario.models);
  return (put) => {
    if (scenario.traffic) {
      const { arrivals, completed, failed } = recorder.background;
      const late = gateway?.gateway.counts.late ?? 0;
      background.put(put, [arrivals, completed, failed, late]);
      put(gateway?.gateway.deferredNow ?? 0);
      const { ended, givenUp } = recorder;
      classes.put(
        put,
        CRITICALITIES.flatMap((_, i) => [ended[i]!, givenUp[i]!]),
      );
    }
    if (gateway) {
      const { counts: c, ledger } = gateway.gateway;
      const { total } = ledger;
      counts.put(put, [
        c.requests,
        c.calls,
        c.batched,
        c.deferred,
        c.escalated,
        c.downgraded,
        c.refusedBudget,
        c.refusedMeasures,
        c.refusedRule,
        total.inputTokens,
        total.cachedTokens,
        total.outputTokens,
      ]);
      put(gateway.takeQuality());
      counts.put(put, [total.baseline.usd], 'baseline');
      // Of the interval that ends now: at midnight the budgets of the day before.
      put(gateway.gateway.measures(world.nowMs - 1).level);
      const spent = (dimension: 'agentType' | 'model', names: readonly string[]): number[] => {
        const rows = new Map(ledger.rows(dimension).map((row) => [row.name, row.costUsd]));
        return names.map((name) => rows.get(name) ?? 0);
      };
      counts.put(put, spent('agentType', agentNames), 'agents');
      counts.put(put, spent('model', modelNames), 'models');
      for (const state of gateway.budgetStates(world.nowMs)) {
        put(state.spentUsd);
        put(state.reservedUsd);
        put(state.overshootUsd);
        put(state.limitUsd);
      }
    }
    controls.put(put);
  };
}

type Writer = (put: (value: number) => void) => void;

/** One writer that calls all that there are; null when there are none. */
export function inTurn(...writers: readonly (Writer | null)[]): Writer | null {
  const all = writers.filter((w) => w !== null);
  return all.length === 0 ? null : (put) => all.forEach((write) => write(put));
}

/** Turns totals into what was added since the last time. */
class Differences {
  private readonly last = new Map<string, number[]>();

  put(put: (value: number) => void, totals: readonly number[], name = ''): void {
    const last = this.last.get(name);
    totals.forEach((total, i) => put(total - (last?.[i] ?? 0)));
    this.last.set(name, [...totals]);
  }
}
