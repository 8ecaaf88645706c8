import { InputError, nearest } from '../core/errors.ts';
import type { ScenarioInput } from '../simulation/scenario.ts';
import { budgetDay } from './budget-day.ts';
import { concurrencyLimit } from './concurrency-limit.ts';
import { driftingDay } from './drifting-day.ts';
import { fiveStrategies } from './five-strategies.ts';
import { memorySqueeze } from './memory-squeeze.ts';
import { mmc } from './mmc.ts';
import { modelBill } from './model-bill.ts';
import { overloadClasses } from './overload-classes.ts';
import { newsFeed } from './news-feed.ts';
import { primeDay } from './prime-day.ts';
import { slowReplica } from './slow-replica.ts';
import { standingQueue } from './standing-queue.ts';
import { batching } from './batching.ts';
import { cdnPurge } from './cdn-purge.ts';
import { coldCache } from './cold-cache.ts';
import { connections } from './connections.ts';
import { hedging } from './hedging.ts';
import { hotKey } from './hot-key.ts';
import { redisOutage } from './redis-outage.ts';
import { deadlines } from './deadlines.ts';
import { priceChange } from './price-change.ts';
import { retryBudget } from './retry-budget.ts';
import { spotReclaim } from './spot-reclaim.ts';
import { tiedRequests } from './tied-requests.ts';

/** The scenarios that the lab and the command line know by name. */
export const CATALOGUE: Readonly<Record<string, ScenarioInput>> = {
  'prime-day': primeDay,
  'model-bill': modelBill,
  'budget-day': budgetDay,
  'news-feed': newsFeed,
  'memory-squeeze': memorySqueeze,
  'five-strategies': fiveStrategies,
  'drifting-day': driftingDay,
  'slow-replica': slowReplica,
  'standing-queue': standingQueue,
  'concurrency-limit': concurrencyLimit,
  'overload-classes': overloadClasses,
  batching,
  'cdn-purge': cdnPurge,
  'cold-cache': coldCache,
  connections,
  hedging,
  'hot-key': hotKey,
  'redis-outage': redisOutage,
  'retry-budget': retryBudget,
  deadlines,
  'tied-requests': tiedRequests,
  'price-change': priceChange,
  'spot-reclaim': spotReclaim,
  mmc,
};

/** @param otherwise what else would have done in its place. @throws InputError for an unknown name. */
export function scenarioByName(name: string, otherwise = ''): ScenarioInput {
  if (Object.hasOwn(CATALOGUE, name)) return CATALOGUE[name]!;
  const names = Object.keys(CATALOGUE);
  const guess = nearest(name, names);
  throw new InputError(
    'scenario',
    `one of ${names.join(', ')}${otherwise}`,
    JSON.stringify(name),
    guess === undefined ? '' : `Did you mean "${guess}"?`,
  );
}
