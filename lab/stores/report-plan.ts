import type { Pull, RunReport } from '../../engine/runner/protocol.ts';
import { CATALOGUE, scenarioByName } from '../../engine/scenarios/catalogue.ts';
import { atSeconds, parseScenario, type Scenario } from '../../engine/simulation/scenario.ts';
import { quoted, timeOf } from '../../engine/tuning/as-command.ts';

/** What is to be run, as the page asks for it. */
export interface ReportChoice {
  /** A name in the catalogue. */
  scenario: string;
  seed: number;
  /** One of the scenario's presets, pulled at its own time; null for none. */
  preset: string | null;
}

export const reportScenarios = (): { name: string; title: string }[] =>
  Object.entries(CATALOGUE).map(([name, { title }]) => ({ name, title: title ?? name }));

/** @throws InputError for an unknown name. */
export const presetsOf = (name: string): { name: string; title: string }[] =>
  Object.entries(scenarioByName(name).presets ?? {}).map(([preset, { title }]) => ({ name: preset, title }));

export function pullsOf({ scenario, preset }: ReportChoice): Pull[] {
  return preset === null ? [] : presetPulls(parseScenario(scenarioByName(scenario)), preset);
}

function presetPulls(scenario: Scenario, name: string): Pull[] {
  const { at, pulls } = scenario.presets[name];
  const atS = atSeconds(at, scenario, `presets.${name}.at`);
  return Object.entries(pulls).map(([lever, value]) => ({ atS, lever, value }));
}

/** The preset that was pulled, when that and nothing else was. */
export function presetIn(scenario: Scenario, pulls: readonly Pull[]): string | undefined {
  if (pulls.length === 0) return undefined;
  const same = (a: Pull, b: Pull): boolean => a.atS === b.atS && a.lever === b.lever && a.value === b.value;
  return Object.keys(scenario.presets).find((name) => {
    const preset = presetPulls(scenario, name);
    return preset.length === pulls.length && preset.every((one, i) => same(one, pulls[i]));
  });
}

/** The command that writes the same report. */
export function reportCommand(
  scenario: Scenario,
  { report, overrides, done }: RunReport,
  file: 'html' | 'json' = 'html',
): string {
  const preset = presetIn(scenario, report.pulls);
  return [
    `npm run --silent sim -- ${quoted(report.scenario)} --seed ${report.seed}`,
    ...overrides.map(({ path, value }) => `--set ${quoted(`${path}=${JSON.stringify(value)}`)}`),
    ...(preset !== undefined
      ? [`--preset ${preset}`]
      : report.pulls.map(
          (pull) =>
            `--at ${timeOf(scenario, pull.atS)} ${quoted(`${pull.lever}=${valueText(scenario, pull)}`)}`,
        )),
    ...(done ? [] : [`--until ${timeOf(scenario, report.toS)}`]),
    `--report report.${file}`,
  ].join(' ');
}

function valueText({ levers }: Scenario, { lever, value }: Pull): string {
  if (typeof value !== 'boolean') return String(value);
  const action = levers.find(({ id }) => id === lever)?.control.kind === 'action';
  return action ? 'now' : value ? 'on' : 'off';
}
