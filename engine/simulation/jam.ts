import type { Facts } from './facts.ts';
import { Recent } from './protection-story.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';
import { amount, percent, time } from './wording.ts';

/** A pool with more to do than this is busy itself. */
const BUSY = 0.7;
/** A few wait anywhere. */
const FEW = 10;

/** Everybody waits for a station that is not the pool; null when the pool is where they wait. */
export function jamStory(
  simulation: Simulation,
  { pool, errorRate }: Facts,
): { lede: string; paragraphs: string[] } | null {
  const station = jamOf(simulation);
  if (!station) return null;
  const { scenario, world } = simulation;
  const title = new Recent(simulation).title(station);
  const { timeoutMs, retries } = world.callerRules;
  const waiting = `${amount(station.waiting * scenario.fleet.cells)} requests wait for ${title}.`;
  const idle = pool
    ? ` ${percent(pool.busyShare)} of the [[model|${pool.title.toLowerCase()}]] is at work: the others do not come that far.`
    : '';
  const again = retries > 0 ? ` and ask again, up to ${1 + retries} times, each time at ${title} first` : '';
  return {
    lede: `${station.settings.title ?? station.name}: ${station.servers > 0 ? 'too few for all who wait' : 'no answer, and all who need it wait'}.`,
    paragraphs: [
      waiting + idle,
      ...(timeoutMs === null
        ? []
        : [
            `Callers give up after ${time(timeoutMs)}${again}. ${percent(errorRate)} of the requests fail just now.`,
          ]),
    ],
  };
}

function jamOf({ scenario, world }: Simulation): Station | null {
  const pool = world.stations.find((s) => s.name === scenario.path.at(-1));
  if (pool && (!Number.isFinite(pool.servers) || pool.busy > BUSY * pool.servers || pool.waiting > 0))
    return null;
  const before = world.stations.filter((s) => s !== pool && Number.isFinite(s.servers));
  const worst = before.reduce<Station | null>((a, b) => (a && a.waiting >= b.waiting ? a : b), null);
  return worst && worst.waiting > FEW + worst.servers ? worst : null;
}
