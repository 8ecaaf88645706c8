/** Pairs of the catalogue that are worth laying side by side. */
import { scenarioByName } from '../../../engine/scenarios/catalogue.ts';
import { atSeconds, parseScenario } from '../../../engine/simulation/scenario.ts';
import { DEFAULTS, runQuery } from '../run-address.ts';

export interface Example {
  title: string;
  note: string;
  runs: string[];
}

export function examples(): Example[] {
  const scenario = parseScenario(scenarioByName(DEFAULTS.scenario));
  const title = scenario.title ?? scenario.name;
  const { seed } = DEFAULTS;
  const alone = runQuery({ scenario: scenario.name, seed }).slice(1);
  const [id, preset] = Object.entries(scenario.presets)[0] ?? [];
  const rescued =
    id === undefined || !preset
      ? []
      : [
          {
            title: `${title}: left alone, and with “${preset.title}”`,
            note: 'The same requests and the same dice; what differs is what the levers did.',
            runs: [
              alone,
              runQuery(
                {
                  scenario: scenario.name,
                  seed,
                  pulls: Object.entries(preset.pulls).map(([lever, value]) => ({
                    atS: atSeconds(preset.at, scenario, `presets.${id}.at`),
                    lever,
                    value,
                  })),
                },
                { scenario },
              ).slice(1),
            ],
          },
        ];
  return [
    ...rescued,
    {
      title: `${title}: twice, with other dice`,
      note: 'The same set-up with another seed. What differs is chance.',
      runs: [alone, runQuery({ scenario: scenario.name, seed: seed + 1 }).slice(1)],
    },
  ];
}
