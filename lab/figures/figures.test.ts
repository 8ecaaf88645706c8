/** Holds every figure to what a section needs of it, before it is computed. What each shows is held by the test of its part. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../engine/scenarios/catalogue.ts';
import { objectives } from '../../quiz/objectives.ts';
import { readRoute } from '../stores/route.ts';
import { figureOf } from './figures.ts';

describe.each(objectives.map(({ part, id }) => ({ id, file: `lab/figures/${part}/${id}.ts` })))(
  '$file',
  ({ id }) => {
    it('has at most two knobs, which stand between their ends, on a step', async () => {
      const { knobs } = await figureOf(id);
      expect(knobs.length).toBeLessThanOrEqual(2);
      for (const { name, min, max, step, value } of knobs) {
        expect(min, name).toBeLessThan(max);
        expect(value, name).toBeGreaterThanOrEqual(min);
        expect(value, name).toBeLessThanOrEqual(max);
        const steps = (value - min) / step;
        expect(Math.abs(steps - Math.round(steps)), `${name}: ${value} from ${min} by ${step}`).toBeLessThan(
          1e-9,
        );
      }
    });

    it('leads on to a page or a scenario that there is', async () => {
      const { open } = await figureOf(id);
      const [, scenario, hash = ''] = /^(?:\?scenario=([a-z0-9-]+))?(#\/.*)$/.exec(open.href) ?? [];
      expect(hash, open.href).not.toBe('');
      if (scenario !== undefined) expect(Object.keys(CATALOGUE)).toContain(scenario);
      expect(readRoute(hash)?.page ?? 'unknown', open.href).not.toBe('unknown');
    });

    it('speaks of a scenario of the catalogue, or brings its own', async () => {
      const figure = await figureOf(id);
      if (figure.kind === 'run' && typeof figure.scenario === 'string')
        expect(Object.keys(CATALOGUE)).toContain(figure.scenario);
    });
  },
);

it('a figure that is missing is told by the file that should have it', () =>
  expect(figureOf('nothing')).rejects.toThrow('lab/figures/<part>/nothing.ts has no figure'));
