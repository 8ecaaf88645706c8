import { describe, expect, it } from 'vitest';
import { INCIDENTS } from '../../rescue/rules.ts';
import { parseRescueArguments } from './rescue-arguments.ts';

describe('the arguments of the rescue command', () => {
  it('search all incidents unless some are named', () => {
    expect(parseRescueArguments(['search'])).toMatchObject({
      what: 'search',
      incidents: INCIDENTS,
      write: false,
    });
    const { incidents, seeds, most } = parseRescueArguments([
      ...['search', 'cold-cache', '--seeds=7,8', '--most', '2', '--write'],
    ]);
    expect(incidents.map(({ id }) => id)).toEqual(['cold-cache']);
    expect([seeds, most]).toEqual([[7, 8], 2]);
  });

  it('help when there are none', () => expect(parseRescueArguments([]).help).toBe(true));

  it.each([
    [['find'], 'command: expected search or check, got "find".'],
    [['search', 'prime'], 'incident: expected one of prime-day'],
    [['search', '--seed', '1'], 'Did you mean --seeds?'],
    [
      ['search', '--seeds', '1,x'],
      '--seeds: expected whole numbers of 0 or more, with commas between them, got "x".',
    ],
    [['search', '--most', '0'], '--most: expected a whole number of 1 or more, got "0".'],
    [['check', '--width'], '--width: expected a whole number of 1 or more, got nothing.'],
  ])('%j is refused', (argv, words) => expect(() => parseRescueArguments(argv)).toThrow(words));
});
