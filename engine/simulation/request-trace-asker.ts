import { CRITICALITIES } from '../cost/task.ts';
import { NONE } from './calls.ts';
import type { Asker } from './request-trace.ts';
import type { World } from './world.ts';

/** Whose request it is. @param demand what it asks of a model, or NONE. */
export function askerOf(
  { scenario, callers }: World,
  { key, instance, priority, demand }: { key: number; instance: number; priority: number; demand: number },
): Asker {
  const { classes } = scenario.load;
  const known = { key, instance, priority };
  const { traffic } = callers;
  if (demand === NONE || traffic === null) {
    const same = classes.filter((c) => c.priority === priority);
    return {
      ...known,
      className: classes.length > 1 && same.length === 1 ? same[0]!.name : null,
      agent: null,
    };
  }
  const { demands, conversations } = traffic;
  const conversation = demands.conversation[demand]!;
  return {
    ...known,
    className: CRITICALITIES[priority] ?? null,
    agent: {
      name: traffic.agentOfDemand(demand).name,
      tenant: traffic.tenants[conversations.tenant[conversation]!]!,
      conversation: conversations.serial[conversation]! + 1,
      turn: conversations.turn[conversation]!,
      inputTokens: demands.inputTokens[demand]!,
      outputTokens: demands.outputTokens[demand]!,
    },
  };
}
