import { formatClock, parseClock } from '../core/clock.ts';
import { recentFacts, type Facts } from './facts.ts';
import type { NotableEvent } from './notable.ts';
import type { Simulation } from './simulation.ts';
import { memoryStory } from './memory-story.ts';
import { moneyStory } from './money-story.ts';
import { protectionStory } from './protection-story.ts';
import { missedText, quietStory } from './quiet-story.ts';
import { jamStory } from './jam.ts';
import { amount, duration, listOf, percent, time } from './wording.ts';

/**
 * What is happening, in words, from the run's own events and last interval.
 * Text may hold terms as `[[tier|words]]`, tier being l1, l2, l3, l4, model or trouble; the page colours them.
 */
export interface Narrative {
  atS: number;
  lede: string;
  paragraphs: string[];
}

/** Tells the run as it stands. Pure: the same run at the same time tells the same. */
export function narrate(simulation: Simulation): Narrative {
  const facts = recentFacts(simulation);
  const teller = new Teller(simulation, facts);
  return { atS: Math.floor(simulation.nowMs / 1000), ...teller.tell() };
}

class Teller {
  private readonly last = new Map<NotableEvent['kind'], NotableEvent>();

  constructor(
    private readonly simulation: Simulation,
    private readonly facts: Facts,
  ) {
    for (const event of simulation.events) this.last.set(event.kind, event);
  }

  tell(): { lede: string; paragraphs: string[] } {
    const { phase } = this.simulation.detector;
    if (this.simulation.world.recorder.closed === 0) return { lede: 'The run begins.', paragraphs: [] };
    const money = moneyStory(this.simulation);
    const forMoney = (this.simulation.world.gateway?.refusedShare(5) ?? 0) > 0.5;
    if (money && (phase === 'calm' || phase === 'slow' || phase === 'recovered' || forMoney)) return money;
    const memory = memoryStory(this.simulation);
    if (memory) return memory;
    const told = protectionStory(this.simulation);
    const { lede, paragraphs } = this.byPhase(phase);
    const first = told.find((t) => t.lede !== undefined);
    // In a collapse the storm is the story, and what holds some of it back is not; who has recovered has.
    const acts = phase === 'calm' || phase === 'slow' || phase === 'recovering';
    return {
      lede: first?.lede !== undefined && (acts || first.urgent) ? first.lede : lede,
      paragraphs: [...told.map(({ text }) => text), ...paragraphs],
    };
  }

  private byPhase(phase: Simulation['detector']['phase']): { lede: string; paragraphs: string[] } {
    if (phase === 'collapse') return jamStory(this.simulation, this.facts) ?? this.collapse();
    if (phase === 'recovering') return this.recovering();
    if (phase === 'recovered') return this.recovered();
    if (phase === 'slow') return jamStory(this.simulation, this.facts) ?? this.slow();
    return this.calm();
  }

  private calm(): { lede: string; paragraphs: string[] } {
    const { facts } = this;
    const surge =
      this.simulation.objectives.surgeS !== null &&
      this.simulation.nowMs / 1000 > this.simulation.objectives.surgeS;
    const misses = 1 - facts.hitRate;
    const oneIn = misses > 0 ? Math.round(1 / misses) : 0;
    const missed = missedText(this.simulation);
    if (missed !== '' && (this.simulation.objectives.surgeS === null || surge)) return this.quiet(missed);

    const lede = surge
      ? 'More load, and the system still holds.'
      : facts.tierShares.length > 0 && oneIn > 1
        ? `All is well: one request in ${oneIn} needs the model.`
        : 'All is well.';
    return { lede, paragraphs: [this.load(), this.poolLoad(), this.survivorText()].filter((p) => p !== '') };
  }

  /** Things go well again for the moment, and the stretch that is judged does not. */
  private quiet(missed: string): { lede: string; paragraphs: string[] } {
    const { lede, text } = quietStory(this.simulation, this.facts);
    return { lede, paragraphs: [missed, text, this.load(), this.poolLoad()].filter((p) => p !== '') };
  }

  private slow(): { lede: string; paragraphs: string[] } {
    const { pool } = this.facts;
    const missed = missedText(this.simulation);
    if (missed !== '' && this.facts.meanMs < 1.5 * this.simulation.detector.baselineMeanMs)
      return this.quiet(missed);
    const paragraphs = [this.load(), this.poolLoad()];
    if (pool && pool.queue > 0)
      paragraphs.push(
        `${amount(pool.queue)} calls wait, ${time(pool.waitMs)} each.${this.timeoutMs === null ? '' : ` Callers give up after ${time(this.timeoutMs)}${this.retriesText}.`}`,
      );
    paragraphs.push(this.survivorText());
    const full = pool !== null && (pool.busyShare > 0.9 || pool.queue > 0);
    const lede = full ? 'The pool cannot keep up.' : 'Answers take long, and the pool is not full.';
    return { lede, paragraphs: paragraphs.filter((p) => p !== '') };
  }

  private collapse(): { lede: string; paragraphs: string[] } {
    const { facts } = this;
    const metastable = this.last.get('metastable');
    const paragraphs: string[] = [];
    const fault = this.faultText();
    if (metastable)
      paragraphs.push(
        `Since ${this.clock(Number(metastable.data['sinceS']))} the load is what it was before, ${amount(facts.arrivalsPerS)} a second. With warm caches the ${this.poolTerm} would serve it with ease.`,
      );
    if (fault !== '' && !metastable) paragraphs.push(fault);
    paragraphs.push(this.stormText());
    const storm = facts.retriesPerS > 0.1 * facts.arrivalsPerS ? 'retry storm' : '';
    if (metastable)
      paragraphs.push(
        `The [[trouble|${storm || 'dead work'}]] keeps itself alive without its cause: a metastable failure. Waiting does not help.`,
      );
    else if (storm !== '')
      paragraphs.push(`This [[trouble|retry storm]] feeds itself. It may well outlive the surge.`);
    const pulls = this.pullsText();
    if (pulls !== '') paragraphs.push(`${pulls} ${this.whyNotYet()}`);
    return {
      lede: metastable
        ? 'The surge is over. The outage is not.'
        : facts.pool === null || facts.pool.busyShare > 0.9
          ? 'The pool is fully busy and nothing gets done.'
          : 'Most requests fail, and the pool is not full.',
      paragraphs,
    };
  }

  private recovering(): { lede: string; paragraphs: string[] } {
    const { facts } = this;
    const paragraphs = [
      `${percent(1 - facts.errorRate)} of requests are answered${facts.tierShares.length > 0 ? `, ${percent(facts.hitRate)} from a cache` : ''}, in ${time(facts.meanMs)} on average.`,
    ];
    const pulls = this.pullsText();
    if (pulls !== '') paragraphs.push(pulls);
    const missing = this.whyNotYet();
    if (missing !== '') paragraphs.push(missing);
    return { lede: 'Answers come in time again.', paragraphs };
  }

  private recovered(): { lede: string; paragraphs: string[] } {
    const after =
      this.simulation.objectives.recoveredAfterS ?? Number(this.last.get('recovered')?.data['afterS'] ?? NaN);
    const lede = Number.isFinite(after)
      ? `Recovered ${duration(after)} after ${this.causeText}.`
      : 'Recovered.';
    return {
      lede,
      paragraphs: [this.load(), this.poolLoad(), this.pullsText()].filter((p) => p !== ''),
    };
  }

  private get retriesText(): string {
    const { retriesPerS } = this.facts;
    return retriesPerS >= 0.5 ? ` and ask again: ${amount(retriesPerS)} retries a second on top` : '';
  }

  private get causeText(): string {
    const { scenario, scriptedAtS } = this.simulation;
    const first = scenario.events[scriptedAtS.indexOf(Math.min(...scriptedAtS))];
    return first?.kind === 'surge' || first === undefined ? 'the surge began' : 'it began';
  }

  /** Who answers what. */
  private load(): string {
    const { facts } = this;
    const shares = facts.tierShares
      .filter((t) => t.share >= 0.005)
      .map((t) => `[[${t.level}|${t.title}]] ${percent(t.share)}`);
    const answered = shares.length > 0 ? `, answered by ${listOf(shares)}` : '';
    return `${amount(facts.arrivalsPerS)} requests a second${answered}. Mean response ${time(facts.meanMs)}.`;
  }

  private poolLoad(): string {
    const { pool } = this.facts;
    if (!pool || !Number.isFinite(pool.capacityPerS)) return '';
    return `${amount(pool.arrivalsPerS)} calls a second reach the ${this.poolTerm}, which can finish ${amount(pool.capacityPerS)} at ${time(pool.serviceMs)} each.`;
  }

  /** While a queue builds up, the mean may even fall: who waits is not counted yet. */
  private survivorText(): string {
    const { pool, meanMs } = this.facts;
    if (!pool || pool.queue === 0 || !(meanMs < 0.5 * this.simulation.detector.baselineMeanMs)) return '';
    return 'A request is counted when it ends. Those that wait have not ended, so for some seconds the mean shows only the quick ones.';
  }

  /** Which caches a scripted fault emptied. */
  private faultText(): string {
    const { scenario } = this.simulation;
    for (const [i, event] of scenario.events.entries()) {
      const lost = Object.keys(event.set).flatMap((path) => {
        const [kind, name, setting] = path.split('.');
        const tier = kind === 'tiers' && setting === 'lose' ? scenario.tiers[name!] : undefined;
        return tier ? [`[[${tier.level}|${tier.title ?? name!}]]`] : [];
      });
      const atS = this.simulation.scriptedAtS[i]!;
      if (lost.length === 0 || atS * 1000 > this.simulation.nowMs) continue;
      const { pool, arrivalsPerS, hitRate } = this.facts;
      const misses =
        hitRate < 0.005
          ? `All ${amount(arrivalsPerS)} requests a second miss.`
          : `${percent(1 - hitRate)} of ${amount(arrivalsPerS)} requests a second are not answered by a cache.`;
      return `At ${this.clock(atS)} ${listOf(lost)} ${lost.length > 1 ? 'were' : 'was'} emptied. ${misses}${pool ? ` The ${this.poolTerm} can finish ${amount(pool.capacityPerS)}.` : ''}`;
    }
    return '';
  }

  private stormText(): string {
    const { pool } = this.facts;
    const { retries } = this.simulation.world.callerRules;
    const { timeoutMs } = this;
    if (timeoutMs === null) return '';
    const tries = 1 + retries;
    const tiers = this.facts.tierShares.length > 0;
    const plateau = this.last.has('plateau') ? `, so exactly ${time(tries * timeoutMs)}` : '';
    const dead = pool && pool.deadShare > 0.5 ? ` (${percent(pool.deadShare)} of its queue)` : '';
    const callers =
      tries > 1
        ? `Callers wait ${time(timeoutMs)}, give up and ask again: ${tries} tries${plateau}.`
        : `Callers wait ${time(timeoutMs)} and give up.`;
    const station = this.simulation.world.stations.find(
      (s) => s.name === this.simulation.scenario.path.at(-1),
    );
    const inVain = (pool?.busyShare ?? 1) > 0.9 && (station?.discipline ?? 'fifo') === 'fifo';
    if (!inVain) return callers;
    return `${callers} The pool still works through their abandoned calls${dead}, so ${tiers ? 'no answer is in time, no tier is filled, and the next request misses too' : 'hardly an answer is in time'}.`;
  }

  private pullsText(): string {
    const { pulls, scenario } = this.simulation;
    if (pulls.length === 0) return '';
    const done = pulls.filter((p) => p.atS * 1000 <= this.simulation.nowMs);
    if (done.length === 0) return '';
    const labels = [
      ...new Set(done.map((p) => scenario.levers.find((l) => l.id === p.lever)?.label ?? p.lever)),
    ];
    return `You moved ${listOf(labels)}.`;
  }

  /** What still keeps the system down, as far as its state shows. */
  private whyNotYet(): string {
    const { pool, hitRate, errorRate } = this.facts;
    const { objectives } = this.simulation.scenario;
    const station = this.simulation.world.stations.find(
      (s) => s.name === this.simulation.scenario.path.at(-1),
    );
    if (!pool || !station) return '';
    const servesDead = Number.isNaN(station.deadlineMarginMs) && station.discipline === 'fifo';
    if (pool.deadShare > 0.5 && servesDead)
      return `But the oldest call is still served first, and ${percent(pool.deadShare)} of the ${amount(pool.queue)} waiting are dead.`;
    if (errorRate > 0.1 && hitRate < 0.5 && this.facts.tierShares.length > 0)
      return 'But the caches are cold, and fill only as fast as the pool answers.';
    if (pool.waitMs > (this.timeoutMs ?? Infinity))
      return `But a new call would wait ${time(pool.waitMs)}, longer than its caller.`;
    if (objectives.hitRate !== undefined && hitRate < objectives.hitRate)
      return `The hit rate is still below ${percent(objectives.hitRate)}: what is asked again is not kept long enough, or not kept anywhere yet.`;
    return '';
  }

  private get poolTerm(): string {
    const { pool } = this.facts;
    return `[[model|${(pool?.title ?? 'last station').toLowerCase()}]]`;
  }

  private get timeoutMs(): number | null {
    const { timeoutMs, deadlineMs } = this.simulation.world.callerRules;
    return deadlineMs === null || deadlineMs === undefined
      ? timeoutMs
      : Math.min(deadlineMs, timeoutMs ?? Infinity);
  }

  private clock(atS: number): string {
    return formatClock(parseClock(this.simulation.scenario.startsAt, 'startsAt') + atS);
  }
}
