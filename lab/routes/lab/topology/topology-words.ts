import { perSecond } from '../../../charts/small-rate.ts';
import { count, percent } from '../../../format.ts';
import type { NodeFigures, TopologyFigures } from '../topology-figures.ts';

/**
 * What the picture shows, for those who don't see it: flow, shares answered, queues, retries, failures.
 *
 * @param gatewayWords what a gateway says of itself and its models
 */
export function topologyWords(figures: TopologyFigures, gatewayWords?: string): string {
  const { usersPerS, nodes, loop, shedPerS, failedPerS } = figures;
  const tiers = nodes.filter(({ kind, on, answered }) => kind === 'tier' && on && answered !== null);
  return [
    'System topology.',
    `${perSecond(usersPerS)} from users.`,
    ...(tiers.length > 0
      ? [`${tiers.map(({ short, answered }) => `${short} answers ${percent(answered)}`).join(', ')}.`]
      : []),
    ...nodes.filter(({ queue }) => queue > 0).map(queueWords),
    ...(loop ? [`${perSecond(loop.retriesPerS)} come back as retries.`] : []),
    ...(shedPerS > 0 ? [`${perSecond(shedPerS)} are refused at the door.`] : []),
    ...(failedPerS > 0 ? [`${perSecond(failedPerS)} fail.`] : []),
    ...(gatewayWords === undefined ? [] : [gatewayWords]),
  ].join(' ');
}

function queueWords({ title, queue, queueLimit, deadShare }: NodeFigures): string {
  const limit = queueLimit === null ? '' : ` of at most ${count(queueLimit)}`;
  const dead = deadShare > 0 ? `, ${percent(deadShare)} of them dead` : '';
  return `${count(queue)}${limit} calls wait for ${title}${dead}.`;
}
