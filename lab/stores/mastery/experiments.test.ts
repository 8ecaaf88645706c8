import { describe, expect, it } from 'vitest';
import { objectives } from '../../../quiz/objectives.ts';
import { experimentAt, keptExperiments, noteExperiment } from './experiments.ts';

/** A storage that holds `most` characters. */
function storage(most = Infinity): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (i) => [...items.keys()][i] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (value.length > most) throw new DOMException('full', 'QuotaExceededError');
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

describe('which experiment an address opens', () => {
  it('is its own, for each objective', () => {
    for (const { experiment } of objectives) {
      const { search, hash } = new URL(experiment.href, 'http://lab.test/');
      expect(experimentAt({ search, hash })).toBe(experiment.href);
    }
  });

  it.each([
    ['?scenario=hot-key&seed=7', '', '?scenario=hot-key#/'],
    ['?theme=dark', '#/cache', '#/cache'],
    ['?scenario=hot-key', '#/cache?x', '#/cache'],
    ['', '', undefined],
    ['', '#/', undefined],
    ['?scenario=unknown', '#/', undefined],
    ['', '#/learn/ttl', undefined],
  ])('"%s%s": %s', (search, hash, href) => expect(experimentAt({ search, hash })).toBe(href));
});

describe('what is kept of it', () => {
  it('is there the next time, each once', () => {
    const here = storage();
    noteExperiment('opened', '#/cache', here);
    noteExperiment('opened', '#/cache', here);
    noteExperiment('used', '#/cache', here);
    noteExperiment('opened', '#/cost', here);
    expect(keptExperiments(here)).toEqual({ opened: ['#/cache', '#/cost'], used: ['#/cache'] });
  });

  it.each(['no JSON', 'null', '{"opened":"#/cache"}', '{"opened":[1,"#/gone"]}'])('%s is nothing', (text) => {
    const here = storage();
    here.setItem('surge-lab.experiments', text);
    expect(keptExperiments(here)).toEqual({ opened: [], used: [] });
  });

  it('is nothing where there is no storage, or no room in it', () => {
    const full = storage(5);
    noteExperiment('opened', '#/cache', full);
    expect(keptExperiments(full)).toEqual({ opened: [], used: [] });
    noteExperiment('opened', '#/cache', undefined);
    expect(keptExperiments(undefined)).toEqual({ opened: [], used: [] });
  });
});
