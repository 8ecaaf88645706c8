import fc from 'fast-check';
import type { Checks, Oracle } from '../format.ts';
import { returns } from '../grader/expectation.ts';
import { argumentsOf, call, create } from '../grader/operations.ts';
import type { Answer, Operation } from '../grader/protocol.ts';

interface Entry {
  key: string;
  value: unknown;
  tags: string[];
}

/** Something that makes a value that is being computed outdated, and when it came. */
interface News {
  step: number;
  what: string;
  concerns: (key: string, tags: string[]) => boolean;
}

/** No index: a list of entries that is searched, and a diary of all that ever happened in which a fill looks up what came after its begin. */
function oracle(): Oracle {
  let entries: Entry[] = [];
  const diary: News[] = [];
  const begun = new Map<number, { key: string; step: number }>();
  const why = new Map<string, string>();
  let [step, tickets] = [0, 0];

  const store = (key: string, value: unknown, tags: string[], what: string) => {
    entries = [...entries.filter((entry) => entry.key !== key), { key, value, tags }];
    diary.push({ step, what, concerns: (other) => other === key });
  };
  const invalidate = (what: string, concerns: News['concerns']) => {
    const gone = entries.filter(({ key, tags }) => concerns(key, tags));
    entries = entries.filter((entry) => !gone.includes(entry));
    diary.push({ step, what, concerns });
    for (const { key } of gone) why.set(key, `${what} has thrown "${key}" out.`);
    const names = gone.map(({ key, tags }) => `"${key}" with the tags ${JSON.stringify(tags)}`);
    return returns(gone.length, {
      note: names.length ? `It concerns ${names.join(' and ')}.` : 'It concerns no entry that is there.',
    });
  };

  return (operation, answer) => {
    step += 1;
    if (operation.do !== 'call') return returns(undefined);
    const args = argumentsOf(operation);
    const [name] = args as [string];
    switch (operation.method) {
      case 'set':
        store(...(args as [string, unknown, string[]]), `set("${name}", …)`);
        return returns(undefined, { note: 'set returns nothing.' });
      case 'get': {
        const entry = entries.find(({ key }) => key === name);
        const falsy = `What is stored under "${name}" is ${JSON.stringify(entry?.value)}: a value, not a miss.`;
        const present = entry?.value
          ? `"${name}" is there: nothing has thrown it out since it was stored.`
          : falsy;
        return returns(entry?.value, {
          note: entry ? present : (why.get(name) ?? `"${name}" was never stored.`) + nullForAMiss(answer),
        });
      }
      case 'invalidateKey':
        return invalidate(`invalidateKey("${name}")`, (key) => key === name);
      case 'invalidatePrefix':
        return invalidate(`invalidatePrefix("${name}")`, (key) => key.startsWith(name));
      case 'invalidateTag':
        return invalidate(`invalidateTag("${name}")`, (_key, tags) => tags.includes(name));
      case 'tags':
        return returns([...new Set(entries.flatMap(({ tags }) => tags))].sort(), {
          note: entries.length
            ? `There are ${entries.map(({ key, tags }) => `"${key}" with ${JSON.stringify(tags)}`).join(' and ')}. In alphabetical order; tags of what is gone or replaced do not count.`
            : 'There is no entry, so there is no tag.',
        });
      case 'begin':
        tickets += 1;
        begun.set(tickets, { key: name, step });
        return returns(tickets, { note: 'Tickets are counted from 1, for all keys together.' });
    }
    const [ticket, value, tags] = args as [number, unknown, string[]];
    const open = begun.get(ticket);
    begun.delete(ticket);
    if (!open) return returns(false, { note: `Ticket ${ticket} was used already, or was never given out.` });
    const { key } = open;
    const news = diary.find((one) => one.step > open.step && one.concerns(key, tags));
    if (news)
      return returns(false, {
        note: `After ticket ${ticket} was given out for "${key}", ${news.what} came: what was computed before is outdated.`,
      });
    store(key, value, tags, `fill(${ticket}, …)`);
    return returns(true, {
      note: `Nothing that concerns "${key}" or the tags ${JSON.stringify(tags)} came after ticket ${ticket} was given out.`,
    });
  };
}

const nullForAMiss = ({ value }: Answer) =>
  value === null ? ' A miss is undefined, and not null, which is a value.' : '';

const cache = create('TaggedCache');
const keys = fc.constantFrom('sku:1', 'sku:2', 'sku:12', 'faq');
const prefixes = fc.constantFrom('sku:', 'sku:1', 'faq', '', 'x');
const tag = fc.constantFrom('price', 'text', 'toys');
const tags = fc.array(tag, { maxLength: 3, size: 'max' });
const values = fc.constantFrom<unknown>('A', 'B', 0, '', false, null);
const ticket = fc.integer({ min: 1, max: 5 });

const entrySteps = [
  fc.tuple(keys, values, tags).map((args) => call('set', ...args)),
  fc.tuple(keys, values, tags).map((args) => call('set', ...args)),
  keys.map((key) => call('get', key)),
  keys.map((key) => call('invalidateKey', key)),
  tag.map((name) => call('invalidateTag', name)),
  prefixes.map((prefix) => call('invalidatePrefix', prefix)),
  fc.constant(call('tags')),
];
const loadSteps = [
  keys.map((key) => call('begin', key)),
  keys.map((key) => call('begin', key)),
  fc.tuple(ticket, values, tags).map((args) => call('fill', ...args)),
  fc.tuple(ticket, values, tags).map((args) => call('fill', ...args)),
];
const sequences = (steps: fc.Arbitrary<Operation>[]) =>
  fc
    .array(fc.oneof(...steps), { maxLength: 24, size: 'max' })
    .map((asked): Operation[] => [cache, ...asked, call('tags')]);

export const checks: Checks = {
  oracle,
  checks: [
    {
      id: 'by-tag',
      title: 'throws out what carries a tag, and nothing else',
      objective: 'groups',
      operations: fc.constant([
        cache,
        call('set', 'sku:1', 'A', ['price', 'toys']),
        call('set', 'sku:2', 'B', ['price', 'price']),
        call('set', 'faq', 0, ['text']),
        call('invalidateTag', 'price'),
        call('get', 'sku:1'),
        call('get', 'faq'),
        call('invalidateTag', 'price'),
      ]),
      runs: 1,
    },
    {
      id: 'by-key-and-prefix',
      title: 'throws out by key and by the beginning of keys',
      objective: 'groups',
      operations: fc.constant([
        cache,
        call('set', 'sku:1', 'A', []),
        call('set', 'sku:12', 'B', []),
        call('set', 'my sku:1', 'C', []),
        call('invalidateKey', 'sku:1'),
        call('get', 'sku:12'),
        call('invalidatePrefix', 'sku:'),
        call('get', 'my sku:1'),
        call('invalidatePrefix', ''),
        call('get', 'my sku:1'),
      ]),
      runs: 1,
    },
    {
      id: 'new-tags',
      title: 'replaces the tags with the value',
      objective: 'index',
      operations: fc.constant([
        cache,
        call('set', 'faq', 'A', ['price', 'text']),
        call('set', 'faq', 'B', ['text']),
        call('tags'),
        call('invalidateTag', 'price'),
        call('get', 'faq'),
      ]),
      runs: 1,
    },
    {
      id: 'small-index',
      title: 'keeps no tag that no entry has',
      objective: 'index',
      operations: fc.constant([
        cache,
        call('set', 'sku:1', 'A', ['toys', 'price']),
        call('set', 'sku:2', 'B', ['price']),
        call('tags'),
        call('invalidateKey', 'sku:1'),
        call('tags'),
        call('invalidatePrefix', 'sku:'),
        call('tags'),
      ]),
      runs: 1,
    },
    {
      id: 'late-by-key',
      title: 'refuses what was begun before its key was invalidated or stored anew',
      objective: 'late-fill',
      operations: fc.constant([
        cache,
        call('begin', 'sku:1'),
        call('invalidateKey', 'sku:1'),
        call('begin', 'sku:1'),
        call('fill', 1, 'old', []),
        call('fill', 2, 'new', []),
        call('get', 'sku:1'),
        call('begin', 'sku:1'),
        call('set', 'sku:1', 'newer', []),
        call('fill', 3, 'old', []),
        call('begin', 'sku:1'),
        call('invalidatePrefix', 'sku'),
        call('fill', 4, 'old', []),
      ]),
      runs: 1,
    },
    {
      id: 'late-by-tag',
      title: 'refuses what was begun before one of its tags was invalidated, and only that',
      objective: 'late-fill',
      operations: fc.constant([
        cache,
        call('begin', 'sku:1'),
        call('begin', 'sku:2'),
        call('begin', 'faq'),
        call('invalidateTag', 'price'),
        call('fill', 1, 'old', ['toys', 'price']),
        call('fill', 1, 'old', ['toys']),
        call('fill', 2, 'B', ['toys']),
        call('fill', 9, 'C', []),
        call('get', 'sku:2'),
      ]),
      runs: 1,
    },
    {
      id: 'any-entries',
      title: 'is right in any sequence of writes and invalidations',
      objective: 'index',
      operations: sequences(entrySteps),
      runs: 100,
    },
    {
      id: 'any-loads',
      title: 'is right in any sequence with values being computed',
      objective: 'late-fill',
      operations: sequences([...loadSteps, ...entrySteps]),
      runs: 200,
    },
  ],
};
