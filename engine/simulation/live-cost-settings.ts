import type { GatewaySettings } from '../gateway/settings.ts';
import type { LiveSetting } from './live-settings.ts';
import { bool, numberFrom, oneOf, wholeFrom } from './setting-checks.ts';
import type { World } from './world.ts';

type Add = (path: string, setting: LiveSetting) => void;

/** A setting that is a property of some object, read anew whenever it is used. */
function field<T, K extends keyof T & string>(
  add: Add,
  at: string,
  owner: T,
  key: K,
  reject: LiveSetting['reject'],
): void {
  add(`${at}.${key}`, {
    read: () => owner[key] as never,
    reject,
    apply: (value: T[K]) => (owner[key] = value),
  });
}

/** `traffic.agents.NAME.…` */
export function addTrafficSettings(world: World, add: Add): void {
  const { traffic } = world.callers;
  for (const agent of traffic?.agents ?? []) {
    const at = `traffic.agents.${agent.name}`;
    add(`${at}.factor`, {
      read: () => agent.factor,
      reject: numberFrom(0, 1000),
      apply: (factor: number) => {
        agent.factor = factor;
        traffic!.mixChanged();
        world.arrivals.setMix(traffic!.mix, world.nowMs);
      },
    });
    field(add, at, agent, 'turns', numberFrom(1, 10_000));
    field(add, at, agent, 'contextTokens', wholeFrom(1, 10_000_000));
    add(`${at}.inputTokens.mean`, {
      read: () => agent.inputTokensMean,
      reject: numberFrom(0, 1_000_000),
      apply: (mean: number) => (agent.inputTokensMean = mean),
    });
    add(`${at}.outputTokens.mean`, {
      read: () => agent.outputTokensMean,
      reject: numberFrom(0, 1_000_000),
      apply: (mean: number) => (agent.outputTokensMean = mean),
    });
  }
}

/** `gateway.…`: the machine reads its settings anew at each request. */
export function addGatewaySettings(world: World, add: Add): void {
  if (!world.gateway) return;
  const { gateway } = world.gateway;
  const { settings, budgets, book } = gateway;
  const models = book.models.map((m) => m.name);
  const at = 'gateway';
  const put = <K extends keyof GatewaySettings & string>(key: K, reject: LiveSetting['reject']): void =>
    field(add, at, settings, key, reject);
  put('route', oneOf('fixed', 'select', ...(settings.cascade ? ['cascade'] : [])));
  put('model', oneOf(...models));
  put('rulesOn', bool);
  put('batchDiscount', numberFrom(0, 1));
  field(add, `${at}.selection`, settings.selection, 'formula', oneOf('printed', 'normalised'));
  for (const weight of ['cost', 'quality', 'speed'] as const)
    // Not all of them 0: the scores would say nothing.
    field(add, `${at}.selection.weights`, settings.selection.weights, weight, numberFrom(0.01, 100));
  if (settings.cascade) field(add, `${at}.cascade`, settings.cascade, 'confidence', numberFrom(0, 1));
  field(add, `${at}.promptCache`, settings.promptCache, 'on', bool);
  field(add, `${at}.promptCache`, settings.promptCache, 'aware', bool);
  field(add, `${at}.batching`, settings.batching, 'on', bool);
  field(add, `${at}.batching`, settings.batching, 'size', wholeFrom(1, 100_000));
  field(add, `${at}.batching`, settings.batching, 'windowMs', numberFrom(0, 3_600_000));
  field(add, `${at}.offPeak`, settings.offPeak, 'on', bool);
  field(add, `${at}.offPeak`, settings.offPeak, 'spread', bool);
  field(add, `${at}.measures`, settings.measures, 'on', bool);
  add(`${at}.budgetMode`, {
    read: () => budgets.mode,
    reject: oneOf('reserve', 'check'),
    apply: (mode: 'reserve' | 'check') => (budgets.mode = mode),
  });
  for (const { name } of settings.budgets)
    add(`${at}.budgets.${name}.limitUsd`, {
      read: () => gateway.treasury.limitUsd(name),
      reject: numberFrom(0.000_001, 1e12),
      apply: (limitUsd: number) =>
        gateway.treasury.setLimit(name, limitUsd, world.gateway!.epochMs(world.nowMs)),
    });
  for (const model of models)
    add(`models.${model}.priceFactor`, {
      read: () => gateway.prices.factor(model),
      reject: numberFrom(0, Math.min(100, gateway.prices.mostFactor(model))),
      apply: (factor: number) => gateway.prices.set(model, factor),
    });
}

/** `controls.…` */
export function addControlSettings(world: World, add: Add): void {
  const { ttl, agents, keeper } = world.controls;
  if (keeper) {
    field(add, 'controls.keeper', keeper, 'on', bool);
    field(add, 'controls.keeper', keeper, 'targetMs', numberFrom(1, 3_600_000));
  }
  if (ttl) {
    field(add, 'controls.ttl.tuner', ttl.tuner.settings, 'on', bool);
    field(add, 'controls.ttl.tuner', ttl.tuner.settings, 'target', numberFrom(0.01, 0.99));
  }
  if (!agents) return;
  const { settings } = agents.pool;
  const at = 'controls.agents.pool';
  field(add, at, settings, 'min', wholeFrom(1, 1000));
  field(add, at, settings, 'max', wholeFrom(1, 1000));
  field(add, at, settings, 'warm', wholeFrom(0, 1000));
  field(add, at, settings, 'spotShare', numberFrom(0, 1));
  field(add, at, settings, 'upAt', numberFrom(0, 1));
  field(add, at, settings, 'downAt', numberFrom(0, 1));
  field(add, at, settings, 'upCooldownS', numberFrom(0, 86_400));
  field(add, at, settings, 'downCooldownS', numberFrom(0, 86_400));
  field(add, at, settings, 'interruptionsPerHour', numberFrom(0, 1000));
  add(`${at}.reclaim`, {
    reject: numberFrom(0, 1),
    apply: (share: number) => agents.pool.reclaim(share, world.nowMs),
  });
  field(add, 'controls.agents.forecast', agents.forecast.settings, 'rpsPerAgent', numberFrom(0.01, 10_000));
}
