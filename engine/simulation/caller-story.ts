import type { Guard } from './guard.ts';
import { plain, type Recent, type Told } from './protection-story.ts';
import type { Station } from './station.ts';
import { amount, percent, time } from './wording.ts';

/** Below this share of what comes, an act is not worth a sentence. */
const WORTH_TELLING = 0.02;
/** Connections that wait are the story from so many on, as a share of those there are. */
const MANY = 0.25;
/** Servers that would be no busier than this without batches need none. */
const ROOM = 0.7;

/** Retries, second calls, connections, batches, bounds and deadlines, as far as they act now. */
export function callerSentences(recent: Recent): (Told | null)[] {
  const { stations, visits } = recent.simulation.world;
  return [
    retries(recent),
    ...(visits?.guards ?? []).flatMap((guard) =>
      guard ? [hedges(recent, guard), connections(recent, guard), batches(recent, guard)] : [],
    ),
    ...stations.flatMap((station) => [tooLate(recent, station), bound(recent, station)]),
  ];
}

function retries(recent: Recent): Told | null {
  const { callerRules, callers } = recent.simulation.world;
  const event = recent.latest('retryBudget', () => true);
  if (!callerRules.retryBudget.on || event?.data['began'] !== true) return null;
  const { ratio, minPerS } = callers.retryBudget;
  const share = ratio > 0 ? `${percent(ratio)} of the first tries` : '';
  const floor = minPerS > 0 ? `${amount(minPerS)} a second` : '';
  const allowed = [share, floor].filter((part) => part !== '').join(' and ') || 'none';
  return {
    lede: 'Most retries are held back.',
    text: `The retry budget is empty. It allows ${allowed}: ${amount(recent.perS('retries'))} retries a second go, and [[trouble|the rest are not made]].`,
  };
}

function hedges(recent: Recent, { hedge, has, station }: Guard): Told | null {
  if (!has.hedge || !hedge) return null;
  const at = `station.${station.name}.hedge`;
  const sent = recent.perS(`${at}.sent`);
  const first = recent.perS(`station.${station.name}.arrivals`) - sent;
  if (sent < 0.005 * first) return null;
  const { maxExtraShare, cancelAt } = recent.simulation.world.visits!.hedge!;
  const won = recent.perS(`${at}.won`) / sent;
  const delayMs = recent.last(`${at}.delayMs`);
  const when = delayMs > 0 ? `when the first is not back after ${time(delayMs)}` : 'at once';
  const full = recent.last(`station.${station.name}.busy`) > 0.95 * station.servers;
  const crowding = cancelAt === 'answer' && full && sent > 0.25 * first;
  const capped = recent.latest('hedges', ({ data }) => data['station'] === station.name);
  return {
    ...(crowding ? { lede: 'The second calls take the servers that the first ones need.' } : {}),
    text: `${percent(sent / first)} of the calls are sent twice, ${when}; ${percent(won)} of the second ones ${cancelAt === 'begin' ? 'begin' : 'answer'} first.${crowding ? ' They are [[trouble|load themselves]]: waits grow, and with them the calls that are sent twice.' : ''}${maxExtraShare !== null && capped?.data['state'] === 'capped' ? ` The cap of ${percent(maxExtraShare)} holds others back.` : ''}`,
  };
}

function connections(recent: Recent, { connections: pool, station }: Guard): Told | null {
  if (!pool) return null;
  const at = `station.${station.name}.connections`;
  const waiting = recent.last(`${at}.waiting`);
  const asked = recent.perS(`${at}.requests`);
  const fresh = asked > 0 ? Math.max(0, 1 - recent.perS(`${at}.reused`) / asked) : 0;
  const races = recent.perS(`${at}.races`);
  const title = recent.title(station);
  const perHost = pool.settings.maxPerHost;
  const isLede = waiting > MANY * perHost;
  if (!isLede && fresh < 0.2 && races < WORTH_TELLING * asked) return null;
  const handshakeMs =
    asked > 0
      ? (recent.perS(`${at}.dnsMs`) + recent.perS(`${at}.tcpMs`) + recent.perS(`${at}.tlsMs`)) / asked
      : 0;
  return {
    ...(isLede ? { lede: `Calls wait for connections, not for the ${plain(title)}.` } : {}),
    text: `${isLede ? `${amount(waiting)} calls wait for one of ${perHost} connections. ` : ''}${percent(fresh)} of the calls need a new one: ${time(handshakeMs)} of handshakes a call.${races >= WORTH_TELLING * asked ? ` ${percent(races / asked)} meet one that the other side [[trouble|has just closed]].` : ''}`,
  };
}

function batches(recent: Recent, { batch, station }: Guard): Told | null {
  if (!batch?.settings.on) return null;
  const at = `station.${station.name}.batch`;
  const sent = recent.perS(`${at}.batches`);
  if (sent === 0) return null;
  const size = recent.perS(`${at}.items`) / sent;
  const missing = recent.perS(`${at}.missing`);
  const { perItem } = batch.settings;
  const perItemMs = 'meanMs' in perItem ? perItem.meanMs : 0;
  const serviceMs = station.service.statedMeanMs * station.service.scale + perItemMs;
  const oneByOne = (recent.perS(`${at}.items`) * serviceMs) / 1000 / recent.simulation.scenario.fleet.cells;
  const needless = oneByOne < ROOM * station.servers;
  return {
    text: `A call carries ${amount(size)} on average, as the first waits up to ${time(batch.settings.windowMs)} for others.${needless ? ' There is room for all of them one by one: the window is [[trouble|all that it adds]].' : ''}${missing > 0 ? ` ${amount(missing)} a second had no answer in their batch and ${batch.settings.fallback ? 'are asked for alone' : 'fail'}.` : ''}`,
  };
}

function tooLate(recent: Recent, station: Station): Told | null {
  const event = recent.latest('tooLate', ({ data }) => data['station'] === station.name);
  if (event?.data['began'] !== true) return null;
  const marginMs = station.deadlineMarginMs;
  const left = marginMs > 0 ? `has less than ${time(marginMs)} left` : 'has left';
  return {
    lede:
      marginMs > 0
        ? 'Who would be late is dropped, and the others are served.'
        : 'Nobody is dropped who is not late already.',
    text: `About ${amount(Number(event.data['perS']) * recent.simulation.scenario.fleet.cells)} calls a second were dropped when their turn came, as their caller ${left}.${marginMs > 0 ? '' : ' Those who are served next have [[trouble|no time left either]].'}`,
  };
}

function bound(recent: Recent, station: Station): Told | null {
  if (!Number.isFinite(station.maxQueue) || station.door) return null;
  const refused = recent.perS(`station.${station.name}.rejected`);
  if (refused < WORTH_TELLING * recent.perS(`station.${station.name}.arrivals`) || refused === 0) return null;
  return {
    text: `The queue of the ${recent.title(station)} holds ${amount(station.maxQueue)} and no more: ${amount(refused)} calls a second are refused at once.`,
  };
}
