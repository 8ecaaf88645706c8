import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const parse = (line: string) => parseArguments(line.split(' ').filter((word) => word !== ''));

describe('the arguments of sim', () => {
  it('have defaults', () => {
    expect(parse('prime-day')).toEqual({
      scenario: 'prime-day',
      seed: 1,
      json: false,
      out: null,
      until: null,
      report: null,
      presets: [],
      overrides: [],
      pulls: [],
      help: false,
    });
  });

  it('may come in any order, and with = or without', () => {
    const args = parse(
      '--seed=7 --json --set stations.pool.servers=80 --at 02:19:00 l3=on prime-day --set=caller.lateFill=true --preset rescue --until 02:30 --out run.json --at 1200 model=gpt-4',
    );
    expect(args).toEqual({
      scenario: 'prime-day',
      seed: 7,
      json: true,
      out: 'run.json',
      until: '02:30',
      report: null,
      presets: ['rescue'],
      overrides: [
        { path: 'stations.pool.servers', value: 80 },
        { path: 'caller.lateFill', value: true },
      ],
      pulls: [
        { at: '02:19:00', lever: 'l3', value: 'on' },
        { at: '1200', lever: 'model', value: 'gpt-4' },
      ],
      help: false,
    });
  });

  it('take a value as JSON, and what is no JSON as text', () => {
    const value = (text: string) => parse(`x --set a=${text}`).overrides[0]!.value;
    expect([
      value('1.5'),
      value('null'),
      value('lifo'),
      value('[1,2]'),
      value('{"b":1}'),
      value('a=b'),
    ]).toEqual([1.5, null, 'lifo', [1, 2], { b: 1 }, 'a=b']);
  });

  it('need no scenario when they ask for help', () => {
    expect(parse('--help').help).toBe(true);
    expect(parse('-h').help).toBe(true);
  });

  it.each([
    ['', 'scenario: expected a name or a file, got nothing. For instance: npm run --silent sim -- prime-day'],
    ['prime-day mmc', 'scenario: expected one scenario, got "prime-day" and "mmc".'],
    ['prime-day --fast', 'option: expected one that --help lists, got "--fast".'],
    ['prime-day --sed 3', 'option: expected one that --help lists, got "--sed". Did you mean --seed?'],
    ['prime-day -x', 'option: expected one that --help lists, got "-x".'],
    ['prime-day --seed', '--seed: expected a whole number of 0 or more, got nothing.'],
    ['prime-day --seed --json', '--seed: expected a whole number of 0 or more, got "--json".'],
    ['prime-day --seed 1.5', '--seed: expected a whole number of 0 or more, got "1.5".'],
    ['prime-day --seed -1', '--seed: expected a whole number of 0 or more, got "-1".'],
    ['prime-day --seed lucky', '--seed: expected a whole number of 0 or more, got "lucky".'],
    [
      'prime-day --seed 9007199254740993',
      '--seed: expected a whole number of 0 or more, got "9007199254740993".',
    ],
    ['prime-day --set', '--set: expected PATH=VALUE, got nothing.'],
    ['prime-day --set servers', '--set: expected NAME=VALUE, got "servers".'],
    ['prime-day --set =5', '--set: expected NAME=VALUE, got "=5".'],
    ['prime-day --at 02:19', '--at: expected LEVER=VALUE after the time, got nothing.'],
    ['prime-day --at 02:19 l3', '--at: expected NAME=VALUE, got "l3".'],
    ['prime-day --out', '--out: expected a file, got nothing.'],
    ['prime-day --until', '--until: expected a time, got nothing.'],
    ['prime-day --preset', '--preset: expected the name of a preset, got nothing.'],
  ])('%j are refused', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });
});
