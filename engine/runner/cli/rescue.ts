/** The command line of rescue mode: `npm run --silent rescue -- search [INCIDENT …]`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../core/errors.ts';
import { KNOWN } from '../../rescue/known.ts';
import { knownFile, knownOf, type KnownRescue } from '../../rescue/known-rescue.ts';
import { playOut } from '../../rescue/play-out.ts';
import { INCIDENTS, parPulls, type Incident, type TimedPull } from '../../rescue/rules.ts';
import type { GameResult } from '../../rescue/score.ts';
import { optionsOf, search } from '../../rescue/search.ts';
import { scenarioByName } from '../../scenarios/catalogue.ts';
import { Simulation } from '../../simulation/simulation.ts';
import { parseRescueArguments, RESCUE_USAGE, type RescueArguments } from './rescue-arguments.ts';

const FILE = fileURLToPath(new URL('../../rescue/known.ts', import.meta.url));
/** Of the clock: at once, and as late as a player may well be. */
const MOMENTS = [0, 1 / 84, 1 / 42, 1 / 14, 1 / 7];

function main(argv: readonly string[]): void {
  const args = parseRescueArguments(argv);
  if (args.help) say(RESCUE_USAGE);
  else if (args.what === 'check') args.incidents.forEach((incident) => check(incident, args.seeds));
  else searchAll(args);
}

function searchAll(args: RescueArguments): void {
  const known: Record<string, KnownRescue> = { ...KNOWN };
  for (const incident of args.incidents) {
    const found = searchOne(incident, args);
    if (found) known[incident.id] = found;
    // After each: a search of all takes long.
    if (args.write) writeFileSync(FILE, knownFile(inOrder(known)));
  }
}

function searchOne(incident: Incident, { seeds, most, width }: RescueArguments): KnownRescue | undefined {
  const untouched = new Simulation(scenarioByName(incident.scenario), seeds[0]!, {
    overrides: incident.overrides,
  });
  const options = optionsOf(incident, untouched.scenario, (path) => untouched.settingNow(path));
  say(`${incident.title}: ${options.length} pulls to choose from`);
  let best = 0;
  const end = search({
    options,
    timesS: MOMENTS.map((share) => Math.round(share * incident.clockS)),
    ...{ seeds, width, most },
    play: (seed, pulls) => playOut(incident, seed, pulls),
    onGame: (pulls, result) => {
      if (result.score.total <= best) return;
      best = result.score.total;
      say(`  ${words(result)}  ${list(pulls)}`);
    },
  });
  say(`  ${end.games} games; these rescue with each of the seeds ${seeds.join(', ')}:`);
  for (const { pulls, score } of end.found) say(`  ${score.toFixed(0).padStart(4)}  ${list(pulls)}`);
  const shortest = end.found[0];
  if (!shortest) say('  none was found');
  return shortest && knownOf(shortest, seeds, end.games);
}

function check(incident: Incident, seeds: readonly number[]): void {
  const { scenario } = new Simulation(scenarioByName(incident.scenario), 0, {
    overrides: incident.overrides,
  });
  const games: [string, readonly TimedPull[]][] = [
    ['nothing', []],
    ['par', parPulls(incident, scenario)],
    ['known', KNOWN[incident.id]?.pulls ?? []],
  ];
  say(incident.title);
  for (const [name, pulls] of games)
    for (const seed of seeds)
      say(
        `  ${name.padEnd(8)} seed ${String(seed).padEnd(5)} ${words(playOut(incident, seed, pulls))}  ${list(pulls)}`,
      );
}

const inOrder = (known: Record<string, KnownRescue>): Record<string, KnownRescue> =>
  Object.fromEntries(INCIDENTS.flatMap(({ id }) => (known[id] ? [[id, known[id]]] : [])));

const list = (pulls: readonly TimedPull[]): string =>
  pulls.map(({ afterS, lever, value }) => `+${afterS} s ${lever}=${String(value)}`).join(', ') || 'no pull';

function words({ score, judgement }: GameResult): string {
  const parts = score.lines.map(({ points }) => points).join(' + ');
  const after = score.rescued ? `rescued after ${judgement.heldSinceS} s` : 'not rescued';
  return `${String(score.total).padStart(4)} = ${parts}, ${after}`;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`rescue: ${error.message}\n`);
  process.exitCode = 2;
}
