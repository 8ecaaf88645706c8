import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A release forgets the keep-alive (S5). Sixty calls a second of 150 ms need nine connections at a time, and there are twelve. When each call
 * opens a connection of its own it holds it for 90 ms longer, which makes fourteen: the pool is full, and calls wait for connections while the
 * model is idle. A larger pool ends the waiting, not the handshakes.
 */
export const connections: ScenarioInput = {
  name: 'connections',
  title: 'Connections that are not kept',
  question: 'The model answers as fast as ever. Where is the time lost?',
  durationS: 300,
  intervalS: 1,
  load: { ratePerS: 60 },
  path: ['model'],
  stations: {
    model: {
      title: 'Model endpoint',
      servers: null,
      service: { law: 'lognormal', meanMs: 150, sigma: 0.3 },
      connections: { maxTotal: 100, maxPerHost: 12, maxWaiting: 300, serverKeepAliveMs: 60_000 },
    },
  },
  caller: { timeoutMs: 10_000 },
  events: [
    {
      at: 60,
      label: 'Release: no keep-alive',
      kind: 'fault',
      set: { 'stations.model.connections.keepAliveMs': 0 },
    },
  ],
  objectives: { meanMs: 200, errorRate: 0.001, recoverWithinS: 120, windowS: 20 },
  presets: {
    keep: { title: 'Keep connections for 30 s', at: 120, pulls: { keepAlive: 30 } },
    race: {
      title: 'Fails: the server closes idle connections before we do',
      at: 120,
      pulls: { keepAlive: 30, serverKeepAlive: 0.1, idleOrder: 'oldest-first' },
    },
    wider: {
      title: 'Fails: forty connections, and still a handshake for each call',
      at: 120,
      pulls: { poolSize: 40 },
    },
  },
  levers: [
    {
      id: 'keepAlive',
      group: 'latency',
      label: 'Keep-alive',
      reason: 'How long an idle connection is kept for the next call.',
      control: { kind: 'number', path: 'stations.model.connections.keepAliveMs' },
      param: {
        path: 'stations.model.connections.keepAliveMs',
        unit: 's',
        min: 0,
        max: 300,
        scale: 0.001,
      },
    },
    {
      id: 'poolSize',
      group: 'latency',
      label: 'Connections',
      reason: 'To the one host, at most.',
      control: { kind: 'number', path: 'stations.model.connections.maxPerHost' },
      param: { path: 'stations.model.connections.maxPerHost', unit: 'at most', min: 1, max: 100 },
    },
    {
      id: 'serverKeepAlive',
      group: 'latency',
      label: 'The server’s keep-alive',
      reason: 'Shorter than ours, calls meet connections that it has just closed.',
      control: { kind: 'number', path: 'stations.model.connections.serverKeepAliveMs' },
      param: {
        path: 'stations.model.connections.serverKeepAliveMs',
        unit: 's',
        min: 0.1,
        max: 300,
        step: 0.1,
        scale: 0.001,
      },
    },
    {
      id: 'idleOrder',
      group: 'latency',
      label: 'Next connection',
      reason: 'Which idle one is used. The oldest keeps all of them warm.',
      control: {
        kind: 'choice',
        path: 'stations.model.connections.idleOrder',
        options: [
          { value: 'newest-first', label: 'newest' },
          { value: 'oldest-first', label: 'oldest' },
        ],
      },
    },
  ],
};
