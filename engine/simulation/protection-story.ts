import { formatClock, parseClock } from '../core/clock.ts';
import { CRITICALITIES } from '../cost/task.ts';
import { callerSentences } from './caller-story.ts';
import type { Guard } from './guard.ts';
import type { NotableEvent } from './notable.ts';
import type { Simulation } from './simulation.ts';
import type { Station } from './station.ts';
import { amount, listOf, percent, time } from './wording.ts';

/** What is told of a machine: a headline, if it is the story, and what it does and why. */
export interface Told {
  lede?: string;
  /** The headline holds even where the objectives do. */
  urgent?: boolean;
  text: string;
}

/** Stretch over which "now" is taken. */
const RECENT_S = 5;
/** What a limit did so long ago is no news. */
const NEWS_S = 60;
/** Of what comes; below this an act is not worth a sentence. */
const WORTH_TELLING = 0.02;

/** The last seconds of a run's series, for sentences. Rates are of the whole fleet. */
export class Recent {
  private readonly from: number;
  private readonly to: number;
  private readonly seconds: number;

  constructor(readonly simulation: Simulation) {
    const { recorder } = simulation.world;
    this.to = recorder.closed;
    this.from = Math.max(0, this.to - Math.max(1, Math.round((RECENT_S * 1000) / recorder.intervalMs)));
    this.seconds = ((this.to - this.from) * recorder.intervalMs) / 1000;
  }

  sum(column: string): number {
    const { recorder } = this.simulation.world;
    return recorder
      .column(column)
      .subarray(this.from, this.to)
      .reduce((a, b) => a + b, 0);
  }

  perS(column: string): number {
    return this.seconds > 0 ? (this.sum(column) * this.simulation.scenario.fleet.cells) / this.seconds : 0;
  }

  last(column: string): number {
    return this.simulation.world.recorder.column(column)[this.to - 1] ?? NaN;
  }

  /** The latest event of a kind that fits, and how long ago it was. */
  latest(kind: NotableEvent['kind'], fits: (event: NotableEvent) => boolean): NotableEvent | undefined {
    return this.simulation.events.findLast((event) => event.kind === kind && fits(event));
  }

  clock(atS: number): string {
    return formatClock(parseClock(this.simulation.scenario.startsAt, 'startsAt') + atS);
  }

  title(station: Station): string {
    const { scenario } = this.simulation;
    const name = station.settings.title ?? station.name;
    const tier = Object.values(scenario.tiers).find((t) => t.station === station.name);
    return `[[${tier?.level ?? 'model'}|${tier ? name : name.toLowerCase()}]]`;
  }
}

/** What protects the system, as it acts now; most telling first. Empty where nothing acts. Pure, as the narrative is. */
export function protectionStory(simulation: Simulation): Told[] {
  const recent = new Recent(simulation);
  const { stations, visits } = simulation.world;
  const told = [
    ...(visits?.guards ?? []).flatMap((guard) => (guard?.has.breaker ? [breaker(recent, guard)] : [])),
    ...stations.flatMap((s) => [
      shedding(recent, s),
      limit(recent, s),
      codel(recent, s),
      replicas(recent, s),
    ]),
    ...callerSentences(recent),
    ...stations.map((s) => newestFirst(recent, s)),
  ];
  return told.filter((t) => t !== null);
}

function breaker(recent: Recent, { breaker: machine, station }: Guard): Told | null {
  const { world, nowMs } = recent.simulation;
  const state = machine?.state(nowMs) ?? 'closed';
  const title = recent.title(station);
  const of = (event: NotableEvent): boolean => event.data['station'] === station.name;
  const event = recent.latest('breaker', of);
  const refused = amount(recent.perS(`station.${station.name}.breaker.refused`));
  if (state === 'closed') {
    const over = event?.data['state'] === 'closed' && nowMs / 1000 - event.atS < NEWS_S;
    return over
      ? {
          text: `The breaker of ${title} closed at ${recent.clock(event.atS)}: its probes were answered. It had opened ${times(Number(event.data['opened']))}.`,
        }
      : null;
  }
  if (event?.data['state'] === 'stuck')
    return {
      lede: `The breaker of ${plain(title)} is stuck half-open.`,
      urgent: true,
      text: `Since ${recent.clock(Number(event.data['sinceS']))} its probes have held their places: they were left without a word to it, and so they [[trouble|never end]]. Nobody else may try, so it cannot learn how ${title} is. ${refused} tries a second do not ask.`,
    };
  const { failures, failureRate, windowMs, openMs, halfOpenProbes } = world.visits!.breaker!;
  const why =
    failures !== null
      ? `${failures} calls failed within ${time(windowMs)}`
      : `${percent(failureRate!)} of the calls failed`;
  return {
    lede: `${capital(plain(title))} is not asked: its breaker is ${state}.`,
    text: `The breaker of ${title} opened as ${why}. ${refused} tries a second do not wait for it. Every ${time(openMs)} it lets ${halfOpenProbes === 1 ? 'one call' : `${halfOpenProbes} calls`} through, to see whether they are answered.`,
  };
}

function shedding(recent: Recent, station: Station): Told | null {
  const { door, name } = station;
  if (!door?.isShedding) return null;
  const came = CRITICALITIES.map((_, c) => recent.sum(`class.${CRITICALITIES[c]}.ended`));
  const shares = CRITICALITIES.map((c, i) => recent.sum(`station.${name}.shed.${c}`) / Math.max(1, came[i]!));
  const parts = CRITICALITIES.flatMap((c, i) =>
    shares[i]! >= WORTH_TELLING ? [`${percent(Math.min(1, shares[i]!))} of ${c}`] : [],
  );
  if (parts.length === 0) return null;
  const served = CRITICALITIES.filter((_, i) => shares[i]! < WORTH_TELLING && came[i]! > 0);
  const all = served.length === 0;
  return {
    ...(all ? {} : { lede: `${capital(listOf(served))} requests are served, as others are refused.` }),
    text: `Calls wait longer than ${time(door.shed!.delayMs)} at the ${recent.title(station)}, so the least critical are refused at the door: ${listOf(parts.reverse())} requests${all ? ', [[trouble|even of the critical]]' : ''}.`,
  };
}

function limit(recent: Recent, station: Station): Told | null {
  const { door, name } = station;
  if (!door?.limit || Number.isNaN(door.limitNow)) return null;
  const refused = recent.perS(`station.${name}.overLimit`);
  const event = recent.latest('limit', ({ data }) => data['station'] === name);
  const news = event && recent.simulation.nowMs / 1000 - event.atS < NEWS_S;
  const WHY: Record<string, string> = {
    losses: 'as callers left before their answer',
    waits: 'as answers took longer',
    room:
      door.limit.kind === 'aimd'
        ? 'as nobody left'
        : 'as answers took no longer than what it takes for normal',
  };
  const moved = news
    ? ` It has ${Number(event.data['to']) > Number(event.data['from']) ? 'risen' : 'fallen'} from ${Number(event.data['from'])}, ${WHY[String(event.data['why'])] ?? ''}.`
    : '';
  if (refused < 0.5 && moved === '') return null;
  return {
    text: `At most ${door.limitNow} calls are let into the ${recent.title(station)}${refused >= 0.5 ? `, and ${amount(refused)} a second are refused` : ''}.${moved}`,
  };
}

function codel(recent: Recent, station: Station): Told | null {
  if (!station.codel?.on) return null;
  const dropped = recent.perS(`station.${station.name}.codelDropped`);
  if (dropped < WORTH_TELLING * recent.perS(`station.${station.name}.arrivals`)) return null;
  const { targetMs, intervalMs } = station.codel;
  const serviceMs = station.service.statedMeanMs * station.service.scale;
  const touchy = targetMs < serviceMs;
  return {
    lede: touchy ? 'CoDel drops calls that nobody had to lose.' : 'CoDel works off the queue that stands.',
    text: `${amount(dropped)} calls a second are dropped at the head of the queue, as the wait has stood above ${time(targetMs)} for ${time(intervalMs)}.${touchy ? ` A call takes ${time(serviceMs)}: at any load [[trouble|somebody waits that long]].` : ''}`,
  };
}

const DRAWN: Record<string, string> = {
  random: 'draws one at random, and does not look',
  'round-robin': 'takes them in turn, and does not look',
  'least-loaded': 'takes the one with the fewest calls under way',
  p2c: 'takes the one of two with the fewer calls under way',
  'p2c-ewma': 'takes the one of two that should answer sooner, by what they took lately',
};

/** One replica that is behind, or that fails what it gets. */
function replicas(recent: Recent, station: Station): Told | null {
  const { settings } = station.replicas ?? {};
  if (!settings) return null;
  const at = (part: number, column: string): string =>
    `station.${station.name}.replica.${part + 1}.${column}`;
  const failed = station.parts.map((_, i) => recent.perS(at(i, 'failed')));
  const queues = station.parts.map((_, i) => recent.last(at(i, 'queue')));
  const arrivals = recent.perS(`station.${station.name}.arrivals`);
  const rule = DRAWN[settings.kind] ?? '';
  const worst = failed.indexOf(Math.max(...failed));
  if (failed[worst]! > 0.25 * arrivals)
    return {
      lede: `Replica ${worst + 1} fails what it gets, and gets the most.`,
      urgent: true,
      text: `Replica ${worst + 1} fails ${amount(failed[worst]!)} of ${amount(arrivals)} calls a second, each at once. So it never has any under way, and a balancer that ${rule} [[trouble|takes it for idle]].`,
    };
  const total = queues.reduce((a, b) => a + b, 0);
  const behind = queues.indexOf(Math.max(...queues));
  if (queues[behind]! < 0.6 * total || queues[behind]! < 2 * station.serversEach) return null;
  return {
    lede: `Replica ${behind + 1} of ${queues.length} is behind.`,
    text: `${percent(queues[behind]! / total)} of the ${amount(total * recent.simulation.scenario.fleet.cells)} calls that wait stand before replica ${behind + 1}. The balancer ${rule}.`,
  };
}

function newestFirst(recent: Recent, station: Station): Told | null {
  const queue = recent.last(`station.${station.name}.queue`);
  if (station.discipline === 'fifo' || station.discipline === 'priority' || !(queue > station.servers))
    return null;
  const failed = recent.sum('failed') / recent.sum('completed');
  return {
    ...(failed > 0.1 && failed < 0.7
      ? { lede: 'The newest are served at once, the oldest not at all.', urgent: true }
      : {}),
    text: 'The newest are served first while the queue stands; the oldest are left to their time-out.',
  };
}

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);
export const plain = (text: string): string => text.replace(/\[\[\w+\|([^\]]*)\]\]/g, '$1');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
