import type { LiveSetting } from './live-settings.ts';
import { PRUNING } from './memory-schema.ts';
import type { SettingValue } from './scenario.ts';
import { bool, numberFrom, oneOf, wholeFrom } from './setting-checks.ts';
import type { World } from './world.ts';

/** `memory.…`: what is held and for how long, and the heap it is held in. */
export function addMemorySettings(world: World, add: (path: string, setting: LiveSetting) => void): void {
  const { memory } = world;
  if (!memory) return;
  const field = <T, K extends keyof T & string>(
    at: string,
    owner: T,
    key: K,
    reject: LiveSetting['reject'],
    changed: () => void = () => undefined,
  ): void =>
    add(`${at}.${key}`, {
      read: () => owner[key] as SettingValue,
      reject,
      apply: (value: T[K]) => {
        owner[key] = value;
        changed();
      },
    });
  const { settings } = memory;
  const contexts = 'memory.contexts';
  const changed = (): void => memory.contextsChanged();
  field(contexts, settings.contexts, 'prune', oneOf(...PRUNING), changed);
  field(contexts, settings.contexts, 'windowTokens', wholeFrom(64, 1_000_000), changed);
  field(contexts, settings.contexts, 'deduplicate', bool, changed);
  field(contexts, settings.contexts, 'compact', bool, changed);
  field(contexts, settings.contexts, 'compress', bool, changed);
  field('memory', settings, 'keepS', numberFrom(1, 1e7));
  field('memory', settings, 'streamed', bool);
  const heap = (): void => memory.processChanged();
  field('memory.process', settings.process, 'heapMb', numberFrom(16, 1_000_000), heap);
  field('memory.process', settings.process, 'collectAt', numberFrom(0.1, 1), heap);
}
