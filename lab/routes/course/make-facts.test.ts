import { describe, expect, it } from 'vitest';
import { objectives } from '../../../quiz/objectives.ts';
import { facts } from './make-facts.ts';

describe('what the course’s page is given', () => {
  it('names a section, its exercises and its questions for each objective', () => {
    expect(facts.sections.map(({ id }) => id)).toEqual(objectives.map(({ id }) => id));
    const known = facts.exercises.map(({ id }) => id);
    for (const { id, exercises } of objectives) {
      expect(known).toEqual(expect.arrayContaining(exercises));
      expect(facts.questions[id].length, id).toBeGreaterThanOrEqual(2);
    }
    expect(facts.test).toHaveLength(5);
    expect(facts.exercises.filter(({ primeDay }) => primeDay)).toHaveLength(5);
  });

  it('says of each heading how much stands before it', () => {
    for (const { id, headings } of facts.sections) {
      const shares = headings.map(({ share }) => share);
      expect(shares, id).toEqual([...shares].sort((a, b) => a - b));
      expect(
        shares.every((share) => share >= 0 && share < 1),
        id,
      ).toBe(true);
      expect(new Set(shares).size, id).toBe(shares.length);
    }
  });

  it('has the incident that the page’s words speak of', () => {
    const { aloneMs, rescuedMs, surge, fromS, stepS, rescueAtS, ...incident } = facts.incident;
    expect(incident).toMatchObject({ startOfDayS: 7200, recoverWithinS: 420, targetMs: 94 });
    // "At 02:17 the load doubles. You have seven minutes."
    expect(surge).toMatchObject({ fromS: 17 * 60, factor: 2 });
    expect(aloneMs.at(-1)).toBe(12_000);
    expect(Math.max(...aloneMs.slice(0, (surge.fromS - fromS) / stepS))).toBeLessThan(200);
    const pulled = (rescueAtS - fromS) / stepS;
    expect(rescuedMs.slice(0, pulled)).toEqual(aloneMs.slice(0, pulled));
    const back = (surge.fromS + incident.rescuedAfterS - fromS) / stepS;
    expect(incident.rescuedAfterS).toBeLessThanOrEqual(incident.recoverWithinS);
    expect(Math.max(...rescuedMs.slice(Math.ceil(back)))).toBeLessThanOrEqual(incident.targetMs);
  });
});
