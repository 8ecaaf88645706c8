import type { CacheEntry } from '../entry.ts';
import { TierError, type Tier, type TierOptions } from './tier.ts';

/** One rule that every tier keeps. `run` throws when it doesn't. */
export interface ContractCase {
  readonly name: string;
  run(): Promise<void>;
}

/** A fresh tier, and a second instance over the same contents where the tier is shared. */
export interface ContractSubject {
  readonly tier: Tier;
  readonly other?: Tier;
  /** What isn't the tier's and must survive: called before and after `clear`. */
  readonly strangers?: () => Promise<unknown>;
}

export interface ContractOptions {
  /** The clock of the first operation, ms. Tests move on from here in their own steps. */
  readonly startMs?: number;
}

const MINUTE = 60_000;

/**
 * What `Tier` promises, as cases without a test framework, so that they also run inside a browser:
 *
 *     for (const { name, run } of tierContract(makeTier)) it(name, run);
 *
 * @param make gives a fresh, empty tier for each case; the case closes it.
 */
export function tierContract(
  make: () => Promise<ContractSubject> | ContractSubject,
  { startMs = 1_700_000_000_000 }: ContractOptions = {},
): ContractCase[] {
  const at = (afterMs = 0): TierOptions => ({ nowMs: startMs + afterMs });

  const entry = (key: string, changes: Partial<CacheEntry> = {}): CacheEntry => ({
    key,
    value: { text: `value of ${key}`, list: [1, null, true] },
    createdAtMs: startMs,
    lastAccessedAtMs: startMs,
    accessCount: 0,
    freshUntilMs: startMs + MINUTE,
    staleUntilMs: startMs + 2 * MINUTE,
    sizeBytes: 60,
    tags: [],
    metadata: {},
    ...changes,
  });

  const rules: Record<string, (subject: ContractSubject) => Promise<void>> = {
    'gives back what was set, with all that is known of it': async ({ tier }) => {
      const metadata = { model: 'large', cost: 0.25, cached: true, none: null };
      const set = entry('a', { tags: ['x', 'y'], metadata });
      equal(await tier.set(set, at()), true, 'kept');
      const got = await tier.get('a', at(1));
      const { lastAccessedAtMs: _, accessCount: __, ...rest } = got ?? entry('none');
      const { lastAccessedAtMs: ___, accessCount: ____, ...wanted } = set;
      equal(rest, wanted, 'entry');
    },
    'a key that was never set is missing, and no failure': async ({ tier }) => {
      equal(await tier.get('never', at()), undefined, 'entry');
      equal(await tier.delete('never', at()), false, 'deleted');
      equal(tier.stats().failures, 0, 'failures');
    },
    'counts hits and misses': async ({ tier }) => {
      await tier.set(entry('a'), at());
      await tier.get('a', at(1));
      await tier.get('a', at(2));
      await tier.get('b', at(3));
      const { hits, misses } = tier.stats();
      equal({ hits, misses }, { hits: 2, misses: 1 }, 'counts');
    },
    'an access is remembered in what is returned': async ({ tier }) => {
      await tier.set(entry('a'), at());
      const got = await tier.get('a', at(5000));
      equal(got?.lastAccessedAtMs, startMs + 5000, 'last access');
      equal(got?.accessCount, 1, 'accesses');
    },
    'a second set replaces value, times, tags and metadata': async ({ tier }) => {
      await tier.set(entry('a', { tags: ['old'], metadata: { old: true } }), at());
      await tier.set(entry('a', { value: 2, tags: ['new'], staleUntilMs: startMs + 5 * MINUTE }), at(1));
      const got = await tier.get('a', at(3 * MINUTE));
      equal(got?.value, 2, 'value');
      equal(got?.tags, ['new'], 'tags');
      equal(got?.metadata, {}, 'metadata');
    },
    'fresh, then stale, then never returned': async ({ tier }) => {
      await tier.set(entry('a'), at());
      equal((await tier.get('a', at(MINUTE - 1)))?.key, 'a', 'while fresh');
      equal((await tier.get('a', at(2 * MINUTE - 1)))?.freshUntilMs, startMs + MINUTE, 'while stale');
      equal(await tier.get('a', at(2 * MINUTE)), undefined, 'at the end of stale');
      equal(await tier.get('a', at(3 * MINUTE)), undefined, 'later');
      equal(await tier.getMany(['a'], at(3 * MINUTE)), [undefined], 'by getMany');
      equal((await tier.inspect(10, at(3 * MINUTE))).length, 0, 'by inspect');
    },
    'an entry that is expired when it is set replaces the old one and is not returned': async ({ tier }) => {
      await tier.set(entry('a'), at());
      await tier.set(entry('a', { value: 2, freshUntilMs: startMs, staleUntilMs: startMs }), at(1000));
      equal(await tier.get('a', at(1000)), undefined, 'entry');
    },
    'what never expires is there after years': async ({ tier }) => {
      await tier.set(entry('a', { freshUntilMs: Infinity, staleUntilMs: Infinity }), at());
      const got = await tier.get('a', at(10 * 365 * 24 * 60 * MINUTE));
      equal([got?.freshUntilMs, got?.staleUntilMs], [Infinity, Infinity], 'times');
    },
    'deletes one key and no other': async ({ tier }) => {
      for (const key of ['a', 'ab', 'b', '']) await tier.set(entry(key), at());
      equal(await tier.delete('a', at(1)), true, 'deleted');
      equal(await tier.delete('a', at(1)), false, 'deleted twice');
      equal(await tier.get('a', at(2)), undefined, 'deleted entry');
      for (const key of ['ab', 'b', '']) equal((await tier.get(key, at(2)))?.key, key, key);
    },
    'keys are any text, and stay apart': async ({ tier }) => {
      const keys = [
        'a',
        'A',
        ' a',
        'a:b',
        'a*',
        'a?',
        '[a]',
        'a\\',
        'ключ',
        '💾',
        'a\nb',
        '__proto__',
        'a/../b',
        '%61',
        'a~b',
        '\ud800',
        'x'.repeat(500),
      ];
      for (const key of keys) await tier.set(entry(key, { value: key }), at());
      for (const key of keys)
        equal((await tier.get(key, at(1)))?.value, key, JSON.stringify(key.slice(0, 20)));
    },
    'many at once are in the order of the question': async ({ tier }) => {
      equal(await tier.setMany([entry('a'), entry('b'), entry('c')], at()), [true, true, true], 'kept');
      const got = await tier.getMany(['c', 'none', 'a', 'c'], at(1));
      equal(
        got.map((e) => e?.key),
        ['c', undefined, 'a', 'c'],
        'keys',
      );
      equal(await tier.getMany([], at(1)), [], 'none asked');
      equal(await tier.setMany([], at(1)), [], 'none set');
    },
    'inspects the most recently used first, up to the limit': async ({ tier }) => {
      for (const [i, key] of ['a', 'b', 'c', 'd'].entries()) await tier.set(entry(key), at(i * 10_000));
      await tier.get('b', at(40_000));
      const keys = (await tier.inspect(3, at(50_000))).map((e) => e.key);
      equal(keys, ['b', 'd', 'c'], 'keys');
    },
    'clear empties it, and leaves what is not its own': async ({ tier, strangers }) => {
      const before = await strangers?.();
      for (const key of ['a', 'b']) await tier.set(entry(key, { tags: ['t'] }), at());
      await tier.clear(at(1));
      equal(await tier.getMany(['a', 'b'], at(2)), [undefined, undefined], 'entries');
      equal((await tier.inspect(10, at(2))).length, 0, 'inspected');
      equal(await strangers?.(), before, 'what is not its own');
      equal(await tier.set(entry('a'), at(3)), true, 'usable afterwards');
    },
    'deletes by tag exactly the entries that carry it now': async ({ tier }) => {
      if (!tier.capabilities.tags) return unsupported(() => tier.deleteByTag('t', at()));
      await tier.set(entry('a', { tags: ['t', 'u'] }), at());
      await tier.set(entry('b', { tags: ['u'] }), at());
      await tier.set(entry('c', { tags: ['t'] }), at());
      await tier.set(entry('d', { tags: ['t'] }), at());
      await tier.set(entry('d', { tags: ['other', 't*'] }), at(1)); // lost the tag
      await tier.set(entry('e'), at());
      equal(await tier.deleteByTag('t', at(2)), 2, 'deleted');
      const left = await tier.getMany(['a', 'b', 'c', 'd', 'e'], at(3));
      equal(
        left.map((e) => e?.key),
        [undefined, 'b', undefined, 'd', 'e'],
        'left',
      );
      equal(await tier.deleteByTag('t', at(4)), 0, 'deleted again');
      equal(await tier.deleteByTag('no such tag', at(4)), 0, 'deleted by an unknown tag');
      await tier.set(entry('a', { tags: ['t'] }), at(5));
      equal(await tier.deleteByTag('t', at(6)), 1, 'deleted after it was set again');
    },
    'a tag outlives its shorter-lived entries': async ({ tier }) => {
      if (!tier.capabilities.tags) return;
      await tier.set(entry('short', { tags: ['t'] }), at());
      await tier.set(entry('long', { tags: ['t'], freshUntilMs: Infinity, staleUntilMs: Infinity }), at());
      await tier.set(entry('short again', { tags: ['t'] }), at());
      const deleted = await tier.deleteByTag('t', at(60 * MINUTE)); // may count what has expired meanwhile
      equal(deleted >= 1 && deleted <= 3, true, 'deleted one to three');
      equal(await tier.get('long', at(60 * MINUTE)), undefined, 'entry');
    },
    'deletes by prefix, taken literally': async ({ tier }) => {
      if (!tier.capabilities.prefixes) return unsupported(() => tier.deleteByPrefix('a', at()));
      for (const key of ['user:1', 'user:2', 'user', 'users', 'a*b', 'axb', 'a*'])
        await tier.set(entry(key), at());
      equal(await tier.deleteByPrefix('user:', at(1)), 2, 'deleted');
      equal(await tier.deleteByPrefix('a*', at(1)), 2, 'deleted with a star');
      const left = await tier.getMany(['user:1', 'user', 'users', 'axb', 'a*b'], at(2));
      equal(
        left.map((e) => e?.key),
        [undefined, 'user', 'users', 'axb', undefined],
        'left',
      );
    },
    'rejects with the reason of a signal that is aborted, and does nothing': async ({ tier }) => {
      await tier.set(entry('a'), at());
      const reason = new Error('enough');
      const options = { ...at(1), signal: abortedSignal(reason) };
      for (const [what, call] of Object.entries({
        get: () => tier.get('a', options),
        set: () => tier.set(entry('b'), options),
        delete: () => tier.delete('a', options),
        getMany: () => tier.getMany(['a'], options),
        setMany: () => tier.setMany([entry('b')], options),
        clear: () => tier.clear(options),
      }))
        equal(await rejection(call), reason, what);
      equal((await tier.get('a', at(2)))?.key, 'a', 'what was there');
      equal(await tier.get('b', at(2)), undefined, 'what was to be set');
    },
    'what an entry is changed to outside does not change what is kept': async ({ tier }) => {
      await tier.set(entry('a'), at());
      const got = await tier.get('a', at(1));
      if (got) got.staleUntilMs = 0;
      equal((await tier.get('a', at(2)))?.staleUntilMs, startMs + 2 * MINUTE, 'stale until');
    },
    'hundreds of entries are all there': async ({ tier }) => {
      const many = Array.from({ length: 300 }, (_, i) => entry(`key ${i}`, { value: i }));
      await tier.setMany(many, at());
      const got = await tier.getMany(
        many.map((e) => e.key),
        at(1),
      );
      equal(
        got.map((e) => e?.value),
        many.map((e) => e.value),
        'values',
      );
    },
    'instances share what is in a shared tier': async ({ tier, other }) => {
      equal(tier.capabilities.shared, other !== undefined, 'shared, as the capabilities say');
      if (!other) return;
      await tier.set(entry('a', { tags: ['t'] }), at());
      equal((await other.get('a', at(1)))?.key, 'a', 'entry');
      equal(await other.deleteByTag('t', at(2)), 1, 'deleted');
      equal(await tier.get('a', at(3)), undefined, 'entry after it was deleted elsewhere');
    },
  };

  return Object.entries(rules).map(([name, rule]) => ({
    name,
    async run() {
      const subject = await make();
      try {
        await rule(subject);
      } finally {
        await subject.other?.close();
        await subject.tier.close();
      }
    },
  }));
}

function equal(got: unknown, expected: unknown, what: string): void {
  if (same(got, expected)) return;
  throw new Error(`${what}: expected ${text(expected)}, got ${text(got)}`);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(Reflect.get(a, key), Reflect.get(b, key)));
}

const text = (value: unknown): string =>
  value instanceof Error ? String(value) : (JSON.stringify(value)?.slice(0, 300) ?? String(value));

async function rejection(call: () => Promise<unknown>): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection, got an answer');
}

async function unsupported(call: () => Promise<unknown>): Promise<void> {
  const error = await rejection(call);
  equal(error instanceof TierError && error.reason, 'unsupported', 'without the capability, the reason');
}

/** Made by hand, since the headless engine has no AbortController. */
function abortedSignal(reason: Error): NonNullable<TierOptions['signal']> {
  return {
    aborted: true,
    reason,
    addEventListener: () => {},
    removeEventListener: () => {},
    throwIfAborted: () => {
      throw reason;
    },
  };
}
