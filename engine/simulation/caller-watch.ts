import { CROWDING, HELD_BACK, MISSING, MOST_WAIT } from './event-rules.ts';
import type { Guard } from './guard.ts';
import { spellOf, type Watch } from './protection-watch.ts';
import { Growth } from './spell.ts';
import type { World } from './world.ts';

/** Of the servers, at which there is no room for second calls. */
const FULL = 0.95;

/** What callers do at stations, and how often they try again. */
export function callerWatches(world: World): Watch[] {
  const guards = world.visits?.guards ?? [];
  return [
    retryBudgetWatch(world),
    ...guards.flatMap((guard) => [
      ...(guard?.has.hedge ? [hedgeWatch(world, guard)] : []),
      ...(guard?.connections ? [connectionWatch(world, guard)] : []),
      ...(guard?.batch ? [batchWatch(world, guard)] : []),
    ]),
  ];
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

function retryBudgetWatch(world: World): Watch {
  const [spell, denied] = [spellOf(world), new Growth()];
  return {
    look: (note) => {
      const { recorder, callers } = world;
      const held = denied.of(callers.retryBudget.denied);
      const made = recorder.column('retries')[recorder.closed - 1]!;
      const ago = spell.step(share(held, held + made) >= HELD_BACK);
      const perS = (held * 1000) / recorder.intervalMs;
      if (ago > 0) note('retryBudget', { began: spell.on, perS }, ago);
    },
  };
}

function hedgeWatch(world: World, guard: Guard): Watch {
  const [capped, crowding] = [spellOf(world), spellOf(world)];
  const [denied, sent, calls] = [new Growth(), new Growth(), new Growth()];
  const station = guard.station.name;
  return {
    look: (note) => {
      const held = denied.of(guard.hedge?.denied ?? 0);
      const { now } = guard.tally;
      const second = sent.of(now.sent);
      const extra = share(second, calls.of(now.calls));
      const cappedAgo = capped.step(share(held, held + second) >= HELD_BACK);
      if (cappedAgo > 0 && capped.on)
        note('hedges', { station, state: 'capped', share: share(held, held + second) }, cappedAgo);
      const { recorder, visits } = world;
      const busy = recorder.column(`station.${station}.busy`)[recorder.closed - 1]!;
      // Tied requests are two calls and one piece of work.
      const work = visits!.hedge!.cancelAt === 'answer' && busy >= FULL * guard.station.servers;
      const crowdingAgo = crowding.step(work && extra >= CROWDING);
      if (crowdingAgo > 0 && crowding.on)
        note('hedges', { station, state: 'crowding', share: extra }, crowdingAgo);
    },
  };
}

function connectionWatch(world: World, guard: Guard): Watch {
  const [spell, waits, requests] = [spellOf(world), new Growth(), new Growth()];
  const station = guard.station.name;
  return {
    look: (note) => {
      const { waiting } = guard.connections!.levels(world.nowMs);
      const { now } = guard.connections!.tally;
      const waited = share(waits.of(now.waits), requests.of(now.requests));
      const ago = spell.step(waiting > 0 && waited >= MOST_WAIT);
      if (ago > 0) note('connections', { station, began: spell.on, waiting }, ago);
    },
  };
}

function batchWatch(world: World, guard: Guard): Watch {
  const [spell, missing, items] = [spellOf(world), new Growth(), new Growth()];
  const station = guard.station.name;
  return {
    look: (note) => {
      const { now } = guard.batch!.tally;
      const lacking = missing.of(now.missing);
      const ago = spell.step(share(lacking, items.of(now.items)) >= MISSING);
      if (ago === 0 || !spell.on) return;
      const perS = (lacking * 1000) / world.recorder.intervalMs;
      note('batch', { station, perS, fallback: guard.batch!.settings.fallback }, ago);
    },
  };
}
