import { InputError, nearest, show } from '../core/errors.ts';
import { parseScenario, type Scenario } from './scenario.ts';

/** A setting changed before the run starts. */
export interface Override {
  /** Dotted path in the scenario with its defaults filled in, such as `stations.pool.servers`. */
  path: string;
  /** Any JSON value; a whole object may replace an object. */
  value: unknown;
}

/** @throws InputError when a path does not exist or the changed scenario is not valid. */
export function applyOverrides(scenario: Scenario, overrides: readonly Override[]): Scenario {
  if (overrides.length === 0) return scenario;
  const copy = JSON.parse(JSON.stringify(scenario)) as Record<string, unknown>;
  for (const { path, value } of overrides) setAt(copy, path, value);
  return parseScenario(copy);
}

/** Settings that may be absent, as they have no default. */
const OPTIONAL = new Set([
  'intervalS',
  'title',
  'question',
  'view',
  'fleet.users',
  'objectives.meanMs',
  'objectives.hitRate',
  'objectives.p99Ms',
  'objectives.errorRate',
  'objectives.recoverWithinS',
  'objectives.budgetUsdPerDay',
  'objectives.costUsd',
  'objectives.criticalServed',
  'objectives.memoryShare',
  'objectives.stallMs',
  'caller.breaker',
  'caller.hedge',
  'caller.deadlineMs',
]);

/** What protects stations and tiers is absent unless it is configured. */
const OPTIONAL_PART =
  /^(stations\.[a-z0-9-]+\.(codel|limit|shed|replicas|connections|batch)|tiers\.[a-z0-9-]+\.(lookupTimeoutMs|onFailure|refreshAheadS))$/;

function setAt(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  let at: Record<string, unknown> = root;
  for (const [depth, key] of keys.entries()) {
    const exists = typeof at === 'object' && at !== null && Object.hasOwn(at, key);
    const isLast = depth === keys.length - 1;
    if (!exists && !(isLast && (OPTIONAL.has(path) || OPTIONAL_PART.test(path)))) {
      const known = typeof at === 'object' && at !== null ? Object.keys(at) : [];
      const parent = keys.slice(0, depth).join('.');
      const guess = nearest(key, known);
      throw new InputError(
        `--set ${path}`,
        known.length > 0
          ? `a setting of ${parent || 'the scenario'}`
          : `no further name, as ${parent} is ${show(at)}`,
        JSON.stringify(key),
        guess !== undefined
          ? `Did you mean "${guess}"?`
          : known.length > 0
            ? `There are: ${known.join(', ')}.`
            : '',
      );
    }
    if (isLast) at[key] = value;
    else at = at[key] as Record<string, unknown>;
  }
}
