import { connections as scenario } from '../../../engine/scenarios/connections.ts';
import type { Simulation } from '../../../engine/simulation/simulation.ts';
import { column } from '../columns.ts';
import type { KnobValues, Panel, RunFigure } from '../format.ts';

const END_S = 45;
/** Until the first connections are open, calls pay for what no later one does. */
const BEGUN_S = 5;
const WIDE = 40;

/** Milliseconds of a call in its own station, second by second: the time of all servers over the calls that ended. */
function modelMs(run: Simulation): Float64Array {
  const busy = column(run, 'station.model.busy');
  const completed = column(run, 'station.model.completed');
  return busy.map((servers, i) => (servers * run.world.recorder.intervalMs) / completed[i]);
}

/** The same with the handshake, shared out over the calls that got a connection. */
function withHandshakeMs(run: Simulation): Float64Array {
  const of = (name: string) => column(run, `station.model.connections.${name}`);
  const [dns, tcp, tls, calls] = ['dnsMs', 'tcpMs', 'tlsMs', 'requests'].map(of);
  const waiting = of('waiting');
  return modelMs(run).map((ms, i) => {
    const granted = calls[i] - (waiting[i] - (waiting[i - 1] ?? 0));
    return ms + (granted > 0 ? (dns[i] + tcp[i] + tls[i]) / granted : 0);
  });
}

/** Mean of the first line over the last third. */
function lateMs({ lines: [{ y }] }: Panel): number {
  const late = y.slice((END_S * 2) / 3);
  return late.reduce((sum, ms) => sum + ms, 0) / late.length;
}

const setting = (name: string, value: number) => ({ path: `stations.model.connections.${name}`, value });
const load = ({ perS }: KnobValues) => ({ path: 'load.ratePerS', value: perS });

export const figure: RunFigure = {
  kind: 'run',
  scenario: { ...scenario, events: [] },
  seed: 1,
  untilS: END_S,
  knobs: [
    { name: 'size', label: 'Connections', unit: '', min: 6, max: 30, step: 1, value: 12 },
    { name: 'perS', label: 'Calls', unit: '/s', min: 20, max: 100, step: 5, value: 60 },
  ],
  panels: [
    { title: 'Kept for 30 s', overrides: (knobs) => [load(knobs), setting('maxPerHost', knobs.size)] },
    {
      title: 'One for each call',
      overrides: (knobs) => [load(knobs), setting('maxPerHost', knobs.size), setting('keepAliveMs', 0)],
    },
    {
      title: `The same, ${WIDE} at most`,
      overrides: (knobs) => [load(knobs), setting('maxPerHost', WIDE), setting('keepAliveMs', 0)],
    },
  ],
  y: { label: 'Time of a call', unit: 'ms', max: 1000 },
  lines: [
    { label: 'waits for a connection', tier: 'trouble', style: 'area', of: (run) => column(run, 'meanMs') },
    { label: 'handshake', tier: 'l2', style: 'area', of: withHandshakeMs },
    { label: 'the model', tier: 'model', style: 'area', of: modelMs },
  ],
  verdict: (_, run) => {
    const { recorder } = run.world;
    const early = recorder.window(BEGUN_S, END_S / 3);
    const late = recorder.window((END_S * 2) / 3, END_S);
    const { maxPerHost } = run.scenario.stations.model.connections!;
    const grows = late.meanMs > 1.5 * early.meanMs || late.errorRate > 0;
    const ms = late.meanMs >= 1000 ? `${(late.meanMs / 1000).toFixed(1)} s` : `${Math.round(late.meanMs)} ms`;
    return { good: !grows, words: grows ? `${ms}, and the queue grows` : ms, note: `at most ${maxPerHost}` };
  },
  title: ({ panels: [kept, each, wide], knobs }) => {
    if (!kept.verdict!.good)
      return `At ${knobs.perS} calls a second, ${knobs.size} connections are too few even when they are kept.`;
    if (each.verdict!.good)
      return `There are enough connections for both. Not to keep them makes a call ${Math.round(lateMs(each) - lateMs(kept))} ms longer.`;
    if (!wide.verdict!.good)
      return `Without keep-alive, ${knobs.size} connections are too few. ${WIDE} are, too.`;
    return `Kept, ${knobs.size} connections are enough. Opened for each call they are not, and ${WIDE} end the waiting but not the handshakes.`;
  },
  caption:
    'Mean time of the calls that ended in each second, above its parts. A handshake takes 90 ms, the model 150 ms.',
  open: { href: '?scenario=connections#/', words: 'Forget the keep-alive in the lab' },
};
