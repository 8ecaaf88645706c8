/** What is wrong with the text of a scenario, each with its place in the text and in the form. */
import * as v from 'valibot';
import { InputError } from '../../engine/core/errors.ts';
import { inputError } from '../../engine/core/schema.ts';
import {
  atSeconds,
  parseScenario,
  scenarioSchema,
  SETTING_NAMES,
  type Scenario,
} from '../../engine/simulation/scenario.ts';
import { rangeOf, readText, type Path, type ReadText } from './scenario-edit-text.ts';

export interface Problem {
  /** In the form; of text that is no JSON there is none. */
  path: Path | undefined;
  from: number;
  to: number;
  /** As it is called in messages: `stations.pool.servers`. */
  place: string;
  expected: string;
  got: string;
  advice: string;
}

export interface Checked extends ReadText {
  problems: Problem[];
  /** With its defaults; undefined as long as there are problems. */
  scenario: Scenario | undefined;
}

/** A list longer than this is not read by anybody. */
const MOST_PROBLEMS = 50;

export function checkText(text: string): Checked {
  const read = readText(text);
  if (read.faults.length > 0 || read.tree === undefined) {
    const problems = read.faults.map((fault) => ({ ...fault, path: undefined, place: 'JSON' }));
    return { ...read, problems, scenario: undefined };
  }
  const result = v.safeParse(scenarioSchema, read.value);
  if (!result.success) {
    const all = result.issues.map((issue): Problem => {
      const path = (issue.path ?? []).map(({ key }) => key as string | number);
      return problemOf(inputError(issue, 'scenario', SETTING_NAMES), read, path);
    });
    // Of one value the first rule that it breaks is enough.
    const problems = all
      .filter(({ place }, i) => all.findIndex((one) => one.place === place) === i)
      .slice(0, MOST_PROBLEMS);
    return { ...read, problems, scenario: undefined };
  }
  try {
    const scenario = parseScenario(read.value);
    scenario.events.forEach(({ at }, i) => atSeconds(at, scenario, `events.${i}.at`));
    return { ...read, problems: [], scenario };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...read, problems: [problemOf(error, read)], scenario: undefined };
  }
}

function problemOf(
  { place, expected, got, advice }: Pick<InputError, 'place' | 'expected' | 'got' | 'advice'>,
  { tree, value }: ReadText,
  path = pathOf(place, value),
): Problem {
  return { path, ...rangeOf(tree, path), place, expected, got, advice };
}

/**
 * What a run says of a scenario before it begins: names of live settings and of levers, which no schema knows. Only the message comes over from
 * the worker; its form is InputError's.
 */
export function problemFrom(message: string, read: ReadText): Problem {
  const match = /^(.+?): expected (.+?), got (.+?)\.(?: (.*))?$/s.exec(message);
  const [, place = 'scenario', expected = 'a scenario that runs', got = message, advice = ''] = match ?? [];
  return problemOf({ place, expected, got, advice }, read);
}

/** The path that a dotted place names, as deep as the value goes. Names may hold dots, and items of lists may be named by their id. */
export function pathOf(place: string, value: unknown): Path {
  if (place === 'scenario') return [];
  const path: (string | number)[] = [];
  let rest = place.replace(/: .*$/s, '').split(/[. ]/).filter(Boolean);
  // The gateway speaks of its rules as the whole that it was given.
  if (rest[0] === 'rules') rest = ['gateway', ...rest];
  let at = value;
  while (rest.length > 0) {
    const step = stepInto(at, rest);
    if (!step) {
      // A setting that is not there yet has a place of its own beside those that are.
      if (rest.length === 1 && isObject(at) && !Array.isArray(at)) path.push(rest[0]!);
      break;
    }
    path.push(step.key);
    at = (at as Record<string | number, unknown>)[step.key];
    rest = rest.slice(step.used);
  }
  return path;
}

function stepInto(at: unknown, rest: readonly string[]): { key: string | number; used: number } | undefined {
  if (Array.isArray(at)) {
    const name = rest[0]!;
    const i = /^\d+$/.test(name)
      ? Number(name)
      : at.findIndex((one: unknown) => isObject(one) && (one['id'] === name || one['name'] === name));
    return i >= 0 && i < at.length ? { key: i, used: 1 } : undefined;
  }
  if (!isObject(at)) return undefined;
  for (let used = rest.length; used > 0; used--) {
    const key = rest.slice(0, used).join('.');
    if (Object.hasOwn(at, key)) return { key, used };
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const samePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((key, i) => String(key) === String(b[i]));

/** Whether a problem lies at a path or within it. */
export const liesIn = (problem: Problem, path: Path): boolean =>
  problem.path !== undefined &&
  problem.path.length >= path.length &&
  samePath(problem.path.slice(0, path.length), path);

/** A sentence: what was expected, what was got, what to do. */
export const wordsOf = ({ expected, got, advice }: Pick<Problem, 'expected' | 'got' | 'advice'>): string =>
  `Expected ${expected}, got ${got}.${advice ? ` ${advice}` : ''}`;
