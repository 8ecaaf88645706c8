import { describe, expect, it } from 'vitest';
import { PAGES, readRoute } from './route.ts';

describe('route', () => {
  it('knows each page by its own link', () => {
    for (const { name, href } of PAGES) expect(readRoute(href)).toMatchObject({ page: name });
  });

  it.each([
    ['', 'lab'],
    ['#', 'lab'],
    ['#/cache/', 'cache'],
    ['#/replay?x=1', 'replay'],
    ['#/compare?view=seeds', 'compare'],
    ['#/scenarios?of=cache', 'scenarios'],
  ])('reads "%s" as %s', (hash, page) => expect(readRoute(hash)).toEqual({ page }));

  it.each([
    ['#/code', ''],
    ['#/code/', ''],
    ['#/code/01-ttl-cache', '01-ttl-cache'],
    ['#/code/01-ttl-cache?seed=7', '01-ttl-cache'],
  ])('reads the exercise of "%s" as "%s"', (hash, path) =>
    expect(readRoute(hash)).toEqual({ page: 'code', path }),
  );

  it.each([
    ['#/course', ''],
    ['#/course/data', 'data'],
    ['#/course/certificate', 'certificate'],
  ])('reads the part of the course of "%s" as "%s"', (hash, path) =>
    expect(readRoute(hash)).toEqual({ page: 'course', path }),
  );

  it('reads the section of an address', () =>
    expect(readRoute('#/learn/ttl')).toEqual({ page: 'learn', path: 'ttl' }));

  it('reads the claim of an address', () =>
    expect(readRoute('#/claims/bill-calls')).toEqual({ page: 'claims', path: 'bill-calls' }));

  it('reads the incident of an address', () =>
    expect(readRoute('#/rescue/prime-day?seed=7')).toEqual({ page: 'rescue', path: 'prime-day' }));

  it('reads the scenario of an address', () =>
    expect(readRoute('#/edit/s-1')).toEqual({ page: 'edit', path: 's-1' }));

  it('reads the session of an address', () =>
    expect(readRoute('#/review/s-1')).toEqual({ page: 'review', path: 's-1' }));

  it.each(['#/code/a/b', '#/learn/a/b', '#/lab/x', '#/cache/x'])('knows no page below "%s"', (hash) =>
    expect(readRoute(hash)).toEqual({ page: 'unknown', path: hash.slice(1) }),
  );

  it('says which path it does not know', () =>
    expect(readRoute('#/cash')).toEqual({ page: 'unknown', path: '/cash' }));

  it('leaves places within a page alone', () => expect(readRoute('#levers')).toBeUndefined());
});
