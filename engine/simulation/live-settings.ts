import { InputError, nearest, show } from '../core/errors.ts';
import { addControlSettings, addGatewaySettings, addTrafficSettings } from './live-cost-settings.ts';
import { addGuardSettings } from './live-guard-settings.ts';
import { addMemorySettings } from './live-memory-settings.ts';
import { addProtectionSettings } from './live-station-settings.ts';
import type { Change } from './levers.ts';
import type { SettingValue } from './scenario.ts';
import { bool, nullOr, numberFrom, oneOf, wholeFrom } from './setting-checks.ts';
import type { Station } from './station.ts';
import type { TierCaches } from './tier-caches.ts';
import type { World } from './world.ts';

/** A setting that may change while a run goes on. Actions, such as losing a cache, have no value to read. */
export interface LiveSetting {
  read?: () => SettingValue;
  /** Undefined when the value is fine, else what was expected. */
  reject: (value: SettingValue) => string | undefined;
  apply: (value: never) => void;
}

/** The live settings of a world by path. docs/scenarios.md lists them. */
export class LiveSettings {
  private readonly settings = new Map<string, LiveSetting>();

  constructor(private readonly world: World) {
    this.addLoad();
    this.addCaller();
    for (const tier of world.tiers) this.addTier(tier);
    for (const station of world.stations) {
      this.addStation(station);
      addProtectionSettings(world, station, (path, setting) => this.add(path, setting));
    }
    addTrafficSettings(world, (path, setting) => this.add(path, setting));
    addGatewaySettings(world, (path, setting) => this.add(path, setting));
    addControlSettings(world, (path, setting) => this.add(path, setting));
    addMemorySettings(world, (path, setting) => this.add(path, setting));
    addGuardSettings(world, (path, setting) => this.add(path, setting));
  }

  paths(): string[] {
    return [...this.settings.keys()];
  }

  read(path: string): SettingValue | undefined {
    return this.settings.get(path)?.read?.();
  }

  /** @throws InputError for a path that is not live or a value it cannot take. @param place what to blame in the message. */
  check({ path, value }: Change, place: string): void {
    const setting = this.settings.get(path);
    if (!setting) {
      const guess = nearest(path, this.settings.keys());
      throw new InputError(
        place,
        'a setting that may change while the run goes on',
        JSON.stringify(path),
        guess === undefined ? `There are: ${this.paths().join(', ')}.` : `Did you mean "${guess}"?`,
      );
    }
    const expected = setting.reject(value);
    if (expected !== undefined) throw new InputError(`${place} ${path}`, expected, show(value));
  }

  /** The change must have been checked. */
  apply({ path, value }: Change): void {
    this.settings.get(path)!.apply(value as never);
  }

  private add(path: string, setting: LiveSetting): void {
    this.settings.set(path, setting);
  }

  private addLoad(): void {
    const { world } = this;
    this.add('load.factor', {
      read: () => world.arrivals.factor,
      reject: numberFrom(0, 1000),
      apply: (factor: number) => world.arrivals.setFactor(factor, world.nowMs),
    });
    this.add('population.oneTimeShare', {
      read: () => world.callers.door.population.oneTimeShare,
      reject: numberFrom(0, 1),
      apply: (share: number) => (world.callers.door.population.oneTimeShare = share),
    });
    this.add('load.shedShare', {
      read: () => world.callers.door.shedShare,
      reject: numberFrom(0, 1),
      apply: (share: number) => (world.callers.door.shedShare = share),
    });
  }

  private addCaller(): void {
    const { world } = this;
    const caller = world.callerRules;
    const { retryBudget } = world.callers;
    this.field('caller', caller, 'timeoutMs', nullOr(numberFrom(1, 3_600_000)));
    this.field('caller', caller, 'retries', wholeFrom(0, 20));
    this.field('caller', caller, 'onTimeout', oneOf('leave', 'cancel'));
    this.add('caller.lateFill', {
      read: () => caller.lateFill,
      reject: bool,
      apply: (on: boolean) => world.setLateFill(on),
    });
    this.field('caller.backoff', caller.backoff, 'kind', oneOf('none', 'fixed', 'exponential'));
    this.field('caller.backoff', caller.backoff, 'baseMs', numberFrom(0, 3_600_000));
    this.field('caller.backoff', caller.backoff, 'capMs', numberFrom(0, 3_600_000));
    this.field('caller.backoff', caller.backoff, 'jitter', oneOf('full', 'none'));
    this.field('caller.retryBudget', caller.retryBudget, 'on', bool);
    this.field('caller.retryBudget', retryBudget, 'ratio', numberFrom(0, 10));
    this.field('caller.retryBudget', retryBudget, 'minPerS', numberFrom(0, 1e9));
    this.field('caller.retryBudget', retryBudget, 'burst', numberFrom(1, 1e9));
  }

  private addTier(tier: TierCaches): void {
    const at = `tiers.${tier.name}`;
    this.field(at, tier, 'on', bool);
    this.add(`${at}.ttlS`, {
      read: () => (tier.ttlMs === Infinity ? null : tier.ttlMs / 1000),
      reject: nullOr(numberFrom(0.001, 1e9)),
      apply: (ttlS: number | null) => (tier.ttlMs = ttlS === null ? Infinity : ttlS * 1000),
    });
    this.add(`${at}.capacityEntries`, {
      read: () => tier.capacity,
      reject: wholeFrom(1, 16_000_000),
      apply: (entries: number) => tier.resize(entries),
    });
    this.add(`${at}.lose`, { reject: numberFrom(0, 1), apply: (share: number) => tier.lose(share) });
  }

  private addStation(station: Station): void {
    const { world } = this;
    const at = `stations.${station.name}`;
    this.add(`${at}.servers`, {
      read: () => (station.serversEach === Infinity ? null : station.serversEach),
      reject: nullOr(wholeFrom(0, 1_000_000)),
      apply: (servers: number | null) => world.setServers(station, servers ?? Infinity),
    });
    const byPriority = station.settings.discipline === 'priority';
    this.field(
      at,
      station,
      'discipline',
      byPriority ? oneOf('priority') : oneOf('fifo', 'lifo', 'adaptive-lifo'),
    );
    this.add(`${at}.maxQueue`, {
      read: () => (station.maxQueue === Infinity ? null : station.maxQueue),
      reject: nullOr(wholeFrom(0, 1e9)),
      apply: (places: number | null) => (station.maxQueue = places ?? Infinity),
    });
    this.add(`${at}.deadlineMarginMs`, {
      read: () => (Number.isNaN(station.deadlineMarginMs) ? null : station.deadlineMarginMs),
      reject: nullOr(numberFrom(0, 3_600_000)),
      apply: (ms: number | null) => (station.deadlineMarginMs = ms ?? NaN),
    });
    this.field(at, station, 'coalesce', bool);
    this.add(`${at}.service.meanMs`, {
      read: () => station.service.statedMeanMs * station.service.scale,
      reject: numberFrom(0.001, 3_600_000),
      apply: (meanMs: number) => (station.service.scale = meanMs / station.service.statedMeanMs),
    });
    const models = Object.keys(world.scenario.models);
    if (models.length > 0)
      this.add(`${at}.model`, {
        read: () => station.modelName,
        reject: oneOf(...models),
        apply: (name: string) => world.useModel(station, name),
      });
    this.add(`${at}.flush`, {
      reject: oneOf('dead', 'all'),
      apply: (what: 'dead' | 'all') => void world.flush(station, what),
    });
  }

  private field<T, K extends keyof T & string>(
    at: string,
    owner: T,
    key: K,
    reject: LiveSetting['reject'],
  ): void {
    this.add(`${at}.${key}`, {
      read: () => owner[key] as SettingValue,
      reject,
      apply: (value: T[K]) => (owner[key] = value),
    });
  }
}
