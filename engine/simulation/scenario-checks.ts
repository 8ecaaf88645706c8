import { checkModelNames } from '../gateway/settings.ts';
import { compileRules } from '../cost/rules/rule.ts';
import { InputError, show } from '../core/errors.ts';
import { priceBookOf } from './models.ts';
import type { Scenario } from './scenario.ts';

/** The gateway's name in the path. */
export const GATEWAY = 'gateway';

/** Names in the path, and what refers to them. */
export function checkPath(scenario: Scenario): void {
  const { path, tiers, stations, population } = scenario;
  const seen = new Set<string>();
  for (const [i, node] of path.entries()) {
    if (seen.has(node)) throw new InputError(`path.${i}`, 'each name once', `"${node}" again`);
    seen.add(node);
    if (node === GATEWAY && scenario.gateway) continue;
    const inTiers = Object.hasOwn(tiers, node);
    const inStations = Object.hasOwn(stations, node);
    if (!inTiers && !inStations)
      throw new InputError(
        `path.${i}`,
        'the name of a tier or a station of this scenario',
        JSON.stringify(node),
        `Defined are: ${[...Object.keys(tiers), ...Object.keys(stations)].join(', ') || 'none'}.`,
      );
    if (inTiers && inStations)
      throw new InputError(`path.${i}`, 'a name used once', `"${node}", a tier and a station`);
  }
  for (const [tier, settings] of Object.entries(tiers)) {
    const station = settings.station;
    if (station !== null && !Object.hasOwn(stations, station))
      throw new InputError(`tiers.${tier}.station`, 'the name of a station', JSON.stringify(station));
    if (station !== null && seen.has(station))
      throw new InputError(
        `tiers.${tier}.station`,
        'a station that is not in the path itself',
        JSON.stringify(station),
      );
  }
  for (const [station, settings] of Object.entries(stations)) {
    if (settings.model !== null && !Object.hasOwn(scenario.models, settings.model))
      throw new InputError(
        `stations.${station}.model`,
        `one of ${Object.keys(scenario.models).join(', ') || 'the names in "models" (there are none)'}`,
        JSON.stringify(settings.model),
      );
    if (settings.replicas && scenario.controls.agents?.station === station)
      throw new InputError(
        `stations.${station}.replicas`,
        'no replicas where controls.agents sets the servers',
        `${settings.replicas.count} replicas`,
      );
    if (settings.service.law === 'empirical') checkWeights(settings.service, `stations.${station}.service`);
  }
  if (
    population.kind === 'weighted' &&
    Object.values(tiers).some((t) => t.preload === 'population') &&
    population.weights.length > 16_000_000
  )
    throw new InputError(
      'population.weights',
      'at most 16 million weights',
      String(population.weights.length),
    );
}

/** What gateway, traffic and controls need of the rest. */
export function checkGateway(scenario: Scenario): void {
  const { gateway, traffic, models, stations, tiers, controls } = scenario;
  const inPath = scenario.path.includes(GATEWAY);
  if (gateway && (!inPath || !traffic))
    throw new InputError(
      'gateway',
      `${inPath ? '"traffic" that says who asks for what' : 'a node "gateway" in the path'}`,
      'none',
      'A gateway prices requests by their tokens, and stands in the path before the models.',
    );
  if (traffic) checkTraffic(scenario);
  if (gateway) {
    for (const [name, model] of Object.entries(models))
      if (model.station === undefined || !Object.hasOwn(stations, model.station))
        throw new InputError(
          `models.${name}.station`,
          `the station that serves its calls, one of ${Object.keys(stations).join(', ') || 'none'}`,
          show(model.station),
        );
    checkModelNames(gateway, Object.keys(models));
    checkBudgetScopes(scenario);
    compileRules(gateway.rules, Object.keys(models));
    priceBookOf(scenario);
  }
  if (controls.ttl)
    for (const [i, name] of controls.ttl.tiers.entries())
      if (!Object.hasOwn(tiers, name))
        throw new InputError(
          `controls.ttl.tiers.${i}`,
          `one of ${Object.keys(tiers).join(', ')}`,
          show(name),
        );
  if (controls.agents && !Object.hasOwn(stations, controls.agents.station))
    throw new InputError(
      'controls.agents.station',
      `one of ${Object.keys(stations).join(', ')}`,
      show(controls.agents.station),
    );
}

/** A budget for somebody whom there is not would never hold anything back. */
function checkBudgetScopes({ gateway, traffic }: Scenario): void {
  for (const [i, { scope }] of gateway!.budgets.entries()) {
    if (scope.kind !== 'tenant' && scope.kind !== 'agentType') continue;
    const list = scope.kind === 'tenant' ? traffic!.tenants : traffic!.agents;
    const names = list.map((x) => x.name);
    if (!names.includes(scope.of))
      throw new InputError(`gateway.budgets.${i}.scope.of`, `one of ${names.join(', ')}`, show(scope.of));
  }
}

/** Somebody's conversations must be held, and by one instance each. */
export function checkMemory({ memory, traffic }: Scenario): void {
  if (memory && !traffic && memory.users === undefined)
    throw new InputError(
      'memory.users',
      'the number of users of a cell, or "traffic" with conversations',
      'neither',
      'Memory holds somebody’s conversations.',
    );
  if (memory?.users !== undefined && traffic)
    throw new InputError(
      'memory.users',
      'no users beside "traffic", whose conversations are held',
      '' + memory.users,
    );
}

function checkTraffic({ load, historyS, tiers }: Scenario): void {
  if (load.classes.length > 1)
    throw new InputError(
      'load.classes',
      'no classes beside "traffic"',
      `${load.classes.length} classes`,
      'Agent types have a criticality.',
    );
  if (historyS > 0)
    throw new InputError('historyS', '0 with "traffic"', String(historyS), 'Let the run begin earlier.');
  for (const [name, tier] of Object.entries(tiers))
    if (tier.preload !== 'none')
      throw new InputError(`tiers.${name}.preload`, '"none" with "traffic"', show(tier.preload));
}

function checkWeights(law: { valuesMs: number[]; weights?: number[] | undefined }, place: string): void {
  if (law.weights !== undefined && law.weights.length !== law.valuesMs.length)
    throw new InputError(
      `${place}.weights`,
      `${law.valuesMs.length} weights, one for each value`,
      String(law.weights.length),
    );
}
