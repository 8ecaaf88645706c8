/** A run in three to five sentences: what happened, what was pulled and what came of it, the goal, and what to try next. */
import { compareStandings, type Goal, type GoalResult, type Standing } from './debrief-goal.ts';
import { stretchOf, stretchWords, verdictOn } from './debrief-figures.ts';
import { clockAt, figureWords, lengthWords, leverLabel, missWords, valueWords } from './debrief-words.ts';
import type { ReasonSource } from './event-reason.ts';
import { eventWords } from './event-words.ts';
import type { NotableEvent, NotableKind } from './notable.ts';
import type { ObjectiveState } from './objectives.ts';
import { listOf } from './wording.ts';

export interface DebriefSource extends ReasonSource {
  /** As far as it has come. */
  nowS: number;
  seed: number;
  pulls: readonly { atS: number; lever: string }[];
  objectives: readonly ObjectiveState[];
  /** Null: an experiment without an end to reach. */
  goal: { goal: Goal; result: GoalResult; par: (Standing & { seed: number }) | undefined } | null;
  /** What to try next, a sentence or two. */
  next: string | undefined;
}

export interface DebriefSentence {
  kind: 'happened' | 'ended' | 'pulled' | 'goal' | 'next';
  text: string;
}

/** The gravest first. */
const TROUBLE: readonly NotableKind[] = [
  ...(['metastable', 'plateau', 'collapse', 'outOfMemory', 'refusing', 'slow'] as const),
  ...(['connections', 'saturated', 'pause', 'alert', 'interrupted'] as const),
];
/** After one of these a run has something to recover from. */
const BROKEN: readonly NotableKind[] = ['slow', 'collapse', 'plateau', 'metastable'];
/** Levers beyond these are counted. */
const NAMED = 3;
/** What is compared before and after: a minute, or so many intervals where those are longer. */
const STRETCH = { seconds: 60, intervals: 60 };

export function debriefOf(source: DebriefSource): DebriefSentence[] {
  const sentences: DebriefSentence[] = [
    { kind: 'happened', text: happened(source) },
    { kind: 'ended', text: ended(source) },
    { kind: 'pulled', text: pulled(source) },
    { kind: 'goal', text: goalTold(source) },
    { kind: 'next', text: nextTold(source) },
  ];
  return sentences.filter(({ text }) => text !== '');
}

const isCutShort = ({ nowS, scenario }: DebriefSource): boolean => nowS < scenario.durationS - 1e-6;
const firstScripted = ({ events }: DebriefSource): NotableEvent | undefined =>
  events.find(({ kind }) => kind === 'scripted');

function happened(source: DebriefSource): string {
  const { scenario } = source;
  const first = firstScripted(source);
  const began = first && `“${eventWords(first, scenario).title}” came at ${clockAt(first.atS, scenario)}`;
  const worst = worstOf(source, first?.atS ?? 0);
  if (!worst) return began ? `${began}, and nothing went wrong after it.` : 'Nothing went wrong in this run.';
  const { title, figures } = eventWords(worst, scenario);
  const figure = figures.find(({ label }) => label === 'without an answer') ?? figures[0];
  const against = figure?.against === undefined ? '' : `, ${figure.against}`;
  const because = figure ? ` (${figure.label} ${figure.value}${against})` : '';
  return `${began ? `${began}. ` : ''}The worst of the run was “${title}” at ${clockAt(worst.atS, scenario)}${because}.`;
}

/** What happened before the script began is told only when nothing was as grave after it. */
function worstOf({ events }: DebriefSource, scriptS: number): NotableEvent | undefined {
  for (const wanted of TROUBLE) {
    const found = events.filter(({ kind }) => kind === wanted);
    if (wanted === 'alert')
      found.sort((a, b) => Number(b.data['threshold']) - Number(a.data['threshold']) || a.atS - b.atS);
    const worst = found.find(({ atS }) => atS >= scriptS) ?? found[0];
    if (worst) return worst;
  }
  return undefined;
}

/** Whether the service came back, by the scenario's own objectives. Empty where it has none, or never failed. */
function ended(source: DebriefSource): string {
  const { events, scenario, nowS, objectives } = source;
  const turns = events.filter(({ kind }) => kind === 'recovered' || BROKEN.includes(kind));
  if (turns.length === 0) return '';
  const recovery = objectives.find(({ id }) => id === 'recovery');
  if (recovery?.phase === 'held') {
    const atS = (firstScripted(source)?.atS ?? 0) + recovery.value;
    return recovery.value > 0
      ? `It had recovered for good by ${clockAt(atS, scenario)}, ${lengthWords(recovery.value)} after the first event.`
      : 'Its objectives held all the time.';
  }
  const service = objectives.filter(({ id }) => ['meanMs', 'hitRate', 'p99Ms', 'errorRate'].includes(id));
  if (service.every(({ met }) => met)) return '';
  const since = turns[turns.map(({ kind }) => kind).lastIndexOf('recovered') + 1];
  return since
    ? `It had not recovered by ${clockAt(nowS, scenario)}, ${lengthWords(nowS - since.atS)} after “${eventWords(since, scenario).title}”.`
    : '';
}

function pulled(source: DebriefSource): string {
  const { pulls, scenario, series, nowS } = source;
  if (pulls.length === 0) return 'You pulled nothing.';
  const times = pulls.map(({ atS }) => atS);
  const [firstS, lastS] = [Math.min(...times), Math.max(...times)];
  const labels = [...new Set(pulls.map(({ lever }) => `“${leverLabel(lever, scenario)}”`))];
  const more = labels.length > NAMED ? [`${labels.length - NAMED} more`] : [];
  const named = listOf([...labels.slice(0, NAMED), ...more]);
  const when =
    firstS === lastS
      ? `At ${clockAt(firstS, scenario)}`
      : `From ${clockAt(firstS, scenario)} to ${clockAt(lastS, scenario)}`;
  const moved = `${when} you moved ${named}`;
  if (series.length === 0) return `${moved}.`;

  const told = { p99: scenario.objectives.p99Ms !== undefined, paid: scenario.gateway !== undefined };
  const stretch = (fromS: number, toS: number) => stretchOf(series, fromS, toS, scenario.fleet.cells);
  const lengthS = Math.max(STRETCH.seconds, STRETCH.intervals * series.intervalS);
  const after = stretch(nowS - lengthS, nowS);
  const afterTold = `in the last ${spanWords(lengthS)}, ${stretchWords(after, told)}`;
  const scripted = firstScripted(source);
  if (scripted && firstS < scripted.atS) return `${moved}, before the first event: ${afterTold}.`;
  if (firstS < series.intervalS) return `${moved}, from the start: ${afterTold}.`;
  // What was before the trouble began is not what the levers were pulled against.
  const fromS = Math.max(
    0,
    scripted && firstS - scripted.atS >= series.intervalS ? scripted.atS : 0,
    firstS - lengthS,
  );
  const before = stretch(fromS, firstS);
  const verdict = verdictOn(before, after, told);
  return `${moved}. ${verdict}: in the ${spanWords(firstS - fromS)} before, ${stretchWords(before, told)}; ${afterTold}.`;
}

/** "60 s", "20 minutes", "hour": what follows "in the last". */
function spanWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'hour' : `${hours} hours`;
}

const pullCount = (count: number): string => `${count} ${count === 1 ? 'pull' : 'pulls'}`;

function goalTold(source: DebriefSource): string {
  const { goal: aim, scenario, nowS, pulls, seed } = source;
  if (isCutShort(source)) {
    const endsAt = clockAt(scenario.durationS, scenario);
    return `The run stands at ${clockAt(nowS, scenario)}; ${aim ? 'its goal is judged' : 'it ends'} at ${endsAt}.`;
  }
  if (!aim) return '';
  const { goal, result, par } = aim;
  const parTold = par && `${valueWords(goal.measure, par.value)} with ${pullCount(par.pulls)}`;
  if (!result.reached) {
    const misses = result.conditions.filter(({ met }) => !met).map((one) => missWords(one, scenario));
    return `The goal is not reached: ${listOf(misses)}.${parTold ? ` Par is ${parTold}.` : ''}`;
  }
  if (result.value === undefined) return 'The goal is reached.';
  const own = `The goal is reached: ${figureWords(goal.measure, result.value)} with ${pullCount(pulls.length)}`;
  if (!par || !parTold) return `${own}.`;
  // Another seed has other dice: nothing to boast of, and nothing to be ashamed of.
  if (par.seed !== seed) return `${own}. Par is ${parTold}, with seed ${par.seed}.`;
  const order = compareStandings(goal.measure, { value: result.value, pulls: pulls.length }, par);
  if (order === 0) return `${own}. That is par.`;
  return `${own}. That ${order < 0 ? 'beats' : 'is behind'} par, ${parTold}.`;
}

function nextTold(source: DebriefSource): string {
  if (isCutShort(source)) return `Let it run on from ${clockAt(source.nowS, source.scenario)}.`;
  return source.next === undefined ? '' : `Try next: ${source.next}`;
}
