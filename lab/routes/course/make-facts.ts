/**
 * Makes the facts of course-facts.ts when the site is built (lab/setup/course-facts.ts), so that neither texts nor questions nor a simulator
 * come with the page. The runs are real ones, with the seed of the lab.
 */
import { parseClock } from '../../../engine/core/clock.ts';
import { primeDay } from '../../../engine/scenarios/prime-day.ts';
import { Simulation, type Pull } from '../../../engine/simulation/simulation.ts';
import { catalogue } from '../../../exercises/catalogue.ts';
import { bank, moduleTest } from '../../../quiz/bank.ts';
import { objectives } from '../../../quiz/objectives.ts';
import { DEFAULTS } from '../../stores/run-address.ts';
import type { SectionText } from '../learn/section-text.ts';
import { sections, type Section } from '../learn/sections.ts';
import type { CourseFacts, IncidentFacts, SectionFacts } from './course-facts.ts';

const texts = import.meta.glob<SectionText>('../../../docs/module/*/*.md', {
  query: '?section',
  import: 'default',
  eager: true,
});

/** What the picture shows, in clock times of the scenario. */
const SHOWN = { from: '02:15:00', to: '02:25:00', stepS: 5 };

export const facts: CourseFacts = {
  sections: sections.map(sectionFacts),
  exercises: catalogue.map(({ id, exercise: { title, primeDay: runs } }) => ({
    id,
    title,
    primeDay: runs !== undefined,
  })),
  questions: Object.fromEntries(
    objectives.map(({ id }) => [
      id,
      bank.filter(({ objective }) => objective === id).map((question) => question.id),
    ]),
  ),
  test: moduleTest.map(({ id }) => id),
  incident: incidentFacts(),
};

function sectionFacts({ id, number, title, minutes, headings, part }: Section): SectionFacts {
  const text = texts[`../../../docs/module/${part.id}/${id}.md`];
  const html = text.blocks.map((block) => (block.kind === 'html' ? block.html : '')).join('\n');
  const whole = wordsIn(html);
  const before = (heading: string): number => wordsIn(html.slice(0, html.indexOf(`<h2 id="${heading}"`)));
  return {
    id,
    number,
    title,
    minutes,
    headings: headings.map((one) => ({ ...one, share: rounded(before(one.id) / whole, 2) })),
  };
}

function wordsIn(html: string): number {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .split(/\s+/)
    .filter(Boolean).length;
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function incidentFacts(): IncidentFacts {
  const { seed } = DEFAULTS;
  const startOfDayS = parseClock(primeDay.startsAt!, 'startsAt');
  const secondsAt = (clock: number | string): number => parseClock(String(clock), 'clock') - startOfDayS;
  const [fromS, toS] = [secondsAt(SHOWN.from), secondsAt(SHOWN.to)];
  const [surge, relief] = ['surge', 'relief'].map((kind) =>
    primeDay.events!.find((event) => event.kind === kind)!,
  );
  const { at, pulls } = primeDay.presets!['rescue']!;
  const rescueAtS = secondsAt(at!);
  const rescue = Object.entries(pulls).map(([lever, value]): Pull => ({ atS: rescueAtS, lever, value }));
  const run = (list: Pull[]): Simulation =>
    new Simulation({ ...primeDay, durationS: toS }, seed, { pulls: list }).run();
  const meansMs = ({ world: { recorder } }: Simulation): number[] =>
    Array.from({ length: (toS - fromS) / SHOWN.stepS }, (_, i) => {
      const s = fromS + i * SHOWN.stepS;
      return rounded(recorder.window(s, s + SHOWN.stepS).meanMs, 0);
    });
  const rescued = run(rescue);
  return {
    seed,
    fromS,
    stepS: SHOWN.stepS,
    aloneMs: meansMs(run([])),
    rescuedMs: meansMs(rescued),
    surge: {
      fromS: secondsAt(surge.at),
      toS: secondsAt(relief.at),
      factor: surge.set!['load.factor'] as number,
    },
    rescueAtS,
    rescuedAfterS: rescued.objectives.recoveredAfterS!,
    targetMs: primeDay.objectives!.meanMs!,
    recoverWithinS: primeDay.objectives!.recoverWithinS!,
    startOfDayS,
  };
}
