/** What an own scenario may begin with: a blank one, one of the catalogue, a file. */
import { InputError } from '../../engine/core/errors.ts';
import { scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { printJson, readText } from './scenario-edit-text.ts';

/** Ten clerks and one queue: the least that is a system. */
const BLANK = {
  name: 'my-scenario',
  title: 'My scenario',
  durationS: 600,
  load: { ratePerS: 8 },
  path: ['desk'],
  stations: { desk: { servers: 10, service: { law: 'exponential', meanMs: 1000 } } },
};

/** A scenario is a few kB; its longest list may hold 100,000 weights. */
const MOST_BYTES = 4 * 1024 * 1024;

export interface Start {
  name: string;
  text: string;
}

export const blank = (): Start => ({ name: BLANK.title, text: textOf(BLANK) });

/** @throws InputError for a name that the catalogue does not have */
export function fromCatalogue(name: string): Start {
  const scenario = scenarioByName(name);
  return { name: scenario.title ?? scenario.name, text: textOf(scenario) };
}

export const textOf = (scenario: object): string => `${printJson(scenario)}\n`;

/** What a person calls a scenario: its title, else its name. */
export function titleOf(value: unknown): string {
  const { title, name } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return typeof title === 'string' && title ? title : typeof name === 'string' && name ? name : 'Scenario';
}

interface FileLike {
  name: string;
  size: number;
  text(): Promise<string>;
}

/**
 * A scenario of a file, as it is typed there; whether it is right the editor says. A run that the lab has written brings the scenario it ran.
 * @throws InputError for a file that is none
 */
export async function fromFile(file: FileLike): Promise<Start> {
  if (file.size > MOST_BYTES)
    throw new InputError(
      file.name,
      'a file of at most 4 MB',
      `${(file.size / 1024 / 1024).toFixed(1)} MB`,
      ADVICE,
    );
  const text = (await file.text()).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const { value, faults } = readText(text);
  if (faults[0]) {
    const line = text.slice(0, faults[0].from).split('\n').length;
    throw new InputError(`${file.name}, line ${line}`, faults[0].expected, faults[0].got, ADVICE);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(
      file.name,
      'a scenario in braces',
      Array.isArray(value) ? 'a list' : JSON.stringify(value),
      ADVICE,
    );
  const { format, request } = value as { format?: unknown; request?: { scenario?: unknown } };
  if (format === 'surge-lab-run') return ofRun(file.name, request);
  if (!('load' in value) && !('path' in value) && !('stations' in value))
    throw new InputError(
      file.name,
      'a scenario with "load" and "path"',
      `an object with ${namesOf(value)}`,
      ADVICE,
    );
  return { name: titleOf(value), text };
}

const ADVICE = 'Take a file that the editor has written, or one as docs/scenarios.md describes it.';

async function ofRun(place: string, request: unknown): Promise<Start> {
  const { deriveScenario } = await import('./scenario-edit-derive.ts');
  if (typeof request !== 'object' || request === null)
    throw new InputError(place, 'a run with its request', 'none', ADVICE);
  const { scenario } = deriveScenario(request as Parameters<typeof deriveScenario>[0]);
  return { name: titleOf(scenario), text: textOf(scenario) };
}

function namesOf(value: object): string {
  const names = Object.keys(value).slice(0, 4);
  return names.length > 0 ? names.map((name) => JSON.stringify(name)).join(', ') : 'nothing in it';
}
