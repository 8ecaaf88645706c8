import type { Scenario } from '../../../engine/simulation/scenario.ts';
import type { ChartDefinition } from '../definition.ts';
import { hitRate } from '../definitions/hit-rate.ts';
import { queue } from '../definitions/queue.ts';
import { response } from '../definitions/response.ts';
import { agents } from './agents.ts';
import { burnDown } from './burn-down.ts';
import { calls } from './calls.ts';
import { modelCost } from './model-cost.ts';
import { quality } from './quality.ts';
import { ttl } from './ttl.ts';
import { withoutAnswer } from './without-answer.ts';

export type TabName = 'money' | 'service' | 'agents' | 'spending';

export interface Tab {
  value: TabName;
  label: string;
  /** Empty for the tab that is a table. */
  charts: readonly ChartDefinition[];
}

/** What the lab shows of a scenario with a gateway. */
export function tabsOf(scenario: Scenario): Tab[] {
  const budgets = (scenario.gateway?.budgets.length ?? 0) > 0;
  const tuned = scenario.controls.ttl !== undefined;
  const tiers = Object.keys(scenario.tiers).length > 0;
  const tabs: Tab[] = [
    {
      value: 'money',
      label: 'Money',
      charts: [modelCost, ...(budgets ? [burnDown] : []), calls, quality],
    },
    {
      value: 'service',
      label: 'Service',
      charts: [response, withoutAnswer, ...(tiers ? [hitRate] : []), ...(tuned ? [ttl] : [])],
    },
    ...(scenario.controls.agents
      ? [{ value: 'agents' as const, label: 'Agents', charts: [agents, queue] }]
      : []),
    { value: 'spending', label: 'Who spent what', charts: [] },
  ];
  // Where no budget is at stake and agents are, those come first.
  const rank = ({ value }: Tab): number => Number(!(value === 'agents' && !budgets));
  return tabs.sort((a, b) => rank(a) - rank(b));
}
