import { describe, expect, it } from 'vitest';
import { PAGES, readRoute } from './route.ts';

describe('route', () => {
  it('knows each page by its own link', () => {
    for (const { name, href } of PAGES) expect(readRoute(href)).toEqual({ page: name });
  });

  it.each([
    ['', 'lab'],
    ['#', 'lab'],
    ['#/cache/', 'cache'],
    ['#/replay?x=1', 'replay'],
  ])('reads "%s" as %s', (hash, page) => expect(readRoute(hash)).toEqual({ page }));

  it('says which path it does not know', () =>
    expect(readRoute('#/cash')).toEqual({ page: 'unknown', path: '/cash' }));

  it('leaves places within a page alone', () => expect(readRoute('#levers')).toBeUndefined());
});
