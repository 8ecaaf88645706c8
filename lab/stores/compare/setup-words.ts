/** In what two runs were set up differently, in words. */
import { pullValueText, timeText } from '../../../engine/runner/run-text.ts';
import type { ComparedRun } from '../../../engine/runner/compare-run.ts';
import type { Pull } from '../../../engine/runner/protocol.ts';

export type Setup = Pick<ComparedRun, 'seed' | 'overrides' | 'pulls'> & {
  scenario: Pick<ComparedRun['scenario'], 'name' | 'startsAt' | 'levers'> & { title?: string | undefined };
};

const at = (scenario: object, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined | null)?.[key], scenario);

const show = (value: unknown): string =>
  value === undefined ? 'as in the scenario' : typeof value === 'string' ? value : JSON.stringify(value);

function pullWords({ atS, lever, value }: Pull, { scenario }: Setup): string {
  const known = scenario.levers.find(({ id }) => id === lever);
  return `${known?.label ?? lever} ${pullValueText(value, known)} at ${timeText(atS, scenario)}`;
}

/** What `other` has, against `base`. Empty: the same run. */
export function setupDifferences(base: Setup, other: Setup): string[] {
  const words: string[] = [];
  const title = ({ scenario }: Setup): string => scenario.title ?? scenario.name;
  if (base.scenario.name !== other.scenario.name) words.push(`scenario ${title(base)} → ${title(other)}`);
  for (const path of new Set([...base.overrides, ...other.overrides].map((one) => one.path))) {
    const [a, b] = [at(base.scenario, path), at(other.scenario, path)].map(show);
    if (a !== b) words.push(`${path} ${a} → ${b}`);
  }
  const before = base.pulls.map((pull) => pullWords(pull, base));
  const after = other.pulls.map((pull) => pullWords(pull, other));
  words.push(...after.filter((one) => !before.includes(one)));
  words.push(...before.filter((one) => !after.includes(one)).map((one) => `without ${one}`));
  if (base.seed !== other.seed) words.push(`seed ${base.seed} → ${other.seed}`);
  return words;
}

/** Same set-up, other dice. */
export const onlyByChance = (base: Setup, other: Setup): boolean =>
  base.seed !== other.seed && setupDifferences(base, { ...other, seed: base.seed }).length === 0;
