import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * Memory squeeze (S4). A release keeps conversations for 30 minutes instead of 5, so that customers need not repeat themselves. Load and
 * customers stay what they are.
 *
 * Only that is written here. A cell is two agent processes with the module's heap of 2048 MB and 160,000 customers who come back every
 * 27 minutes; a conversation takes the bytes that real ones take. How full the heaps get, how often they are collected, how long that
 * takes and what it does to the answers comes out of the run. Memory, Redis and the model pool are those of a quiet Prime Day.
 */
export const memorySqueeze: ScenarioInput = {
  name: 'memory-squeeze',
  title: 'Memory squeeze',
  question: 'Nothing is broken and nothing is busy. Why does every answer take seconds now and then?',
  startsAt: '10:00:00',
  durationS: 6300,
  intervalS: 5,
  historyS: 900,
  fleet: { cells: 50, users: 8_000_000 },
  load: { ratePerS: 100 },
  population: { kind: 'zipf', keys: 6000, exponent: 0.8, oneTimeShare: 0.018 },
  instances: 2,
  path: ['l1', 'l2', 'pool'],
  tiers: {
    l1: {
      title: 'Agents’ memory',
      level: 'l1',
      scope: 'instance',
      capacityEntries: 10_000,
      ttlS: 3600,
      lookup: { law: 'constant', meanMs: 2 },
    },
    l2: { title: 'Redis', level: 'l2', capacityEntries: 50_000, ttlS: 3600, station: 'redis' },
  },
  stations: {
    redis: {
      title: 'Redis',
      servers: 1,
      delay: { law: 'constant', meanMs: 3 },
      service: { law: 'exponential', meanMs: 0.2 },
    },
    pool: {
      title: 'Model pool',
      servers: 40,
      service: { law: 'lognormal', meanMs: 2000, sigma: 0.18 },
      tokensPerCall: 800,
      model: 'gpt-4',
    },
  },
  models: { 'gpt-4': { meanMs: 2000, usdPerMTokens: 30 } },
  memory: { users: 160_000, keepS: 300 },
  caller: { timeoutMs: 30_000, retries: 1 },
  events: [
    {
      at: '10:10:00',
      label: 'Conversations kept for 30 minutes',
      kind: 'fault',
      set: { 'memory.keepS': 1800 },
    },
  ],
  objectives: { meanMs: 94, memoryShare: 0.3, stallMs: 3500, windowS: 900 },
  view: { fromS: 300, toS: 6300 },
  presets: {
    slim: {
      title: 'Repeats held once, tool results as tables, contexts under gzip: not a word is lost',
      at: '10:45:00',
      pulls: { deduplicate: true, compact: true, compress: true },
    },
    wide: {
      title: 'Fails: twice the heap, which makes collections rarer and none shorter',
      at: '10:45:00',
      pulls: { heap: 4096 },
    },
    printed: {
      title: 'Fails: pruned as printed, by messages instead of tokens',
      at: '10:45:00',
      pulls: { prune: 'printed' },
    },
    pruned: {
      title: 'The same, and pruned to a window of 4096 tokens',
      at: '10:45:00',
      pulls: { deduplicate: true, compact: true, compress: true, prune: 'tokens' },
    },
  },
  levers: [
    {
      id: 'prune',
      group: 'latency',
      label: 'Prune',
      reason: 'What leaves a context when it grows too long.',
      control: {
        kind: 'choice',
        path: 'memory.contexts.prune',
        options: [
          { value: 'off', label: 'off' },
          { value: 'printed', label: 'printed' },
          { value: 'tokens', label: 'tokens' },
          { value: 'relevance', label: 'relevance' },
        ],
      },
    },
    {
      id: 'window',
      group: 'latency',
      label: 'Window',
      reason: 'What a pruned context may hold.',
      control: { kind: 'number', path: 'memory.contexts.windowTokens' },
      param: { path: 'memory.contexts.windowTokens', unit: 'tokens', min: 256, max: 32_768, step: 256 },
    },
    {
      id: 'deduplicate',
      group: 'latency',
      label: 'Deduplication',
      reason: 'What a conversation says twice is held once.',
      control: { kind: 'switch', path: 'memory.contexts.deduplicate' },
    },
    {
      id: 'compact',
      group: 'latency',
      label: 'Compact results',
      reason: 'Tool results without indentation, rows as tables.',
      control: { kind: 'switch', path: 'memory.contexts.compact' },
    },
    {
      id: 'compress',
      group: 'latency',
      label: 'Compression',
      reason: 'Contexts under gzip between two requests.',
      control: { kind: 'switch', path: 'memory.contexts.compress' },
    },
    {
      id: 'streaming',
      group: 'latency',
      label: 'Streaming',
      reason: 'Answers go out in chunks, not whole.',
      control: { kind: 'switch', path: 'memory.streamed' },
    },
    {
      id: 'keep',
      group: 'latency',
      label: 'Conversations kept',
      reason: 'After that, the agent has forgotten you.',
      control: { kind: 'number', path: 'memory.keepS' },
      param: { path: 'memory.keepS', unit: 'min', min: 1, max: 240, scale: 1 / 60 },
    },
    {
      id: 'heap',
      group: 'latency',
      label: 'Heap',
      reason: 'More room: fewer collections, none shorter.',
      control: { kind: 'number', path: 'memory.process.heapMb' },
      param: { path: 'memory.process.heapMb', unit: 'MB', min: 512, max: 16_384, step: 256 },
    },
    {
      id: 'collectAt',
      group: 'latency',
      label: 'Collect at',
      reason: 'Of the heap. Above it, room left decides.',
      control: { kind: 'number', path: 'memory.process.collectAt' },
      param: { path: 'memory.process.collectAt', unit: '%', min: 10, max: 100, step: 5, scale: 100 },
    },
    {
      id: 'l1',
      group: 'cache',
      level: 'l1',
      label: 'L1 memory',
      reason: 'Answers in 2 ms, when its process runs.',
      control: { kind: 'switch', path: 'tiers.l1.on' },
      param: { path: 'tiers.l1.capacityEntries', unit: 'entries', min: 1, max: 50_000, step: 500 },
    },
    {
      id: 'l2',
      group: 'cache',
      level: 'l2',
      label: 'L2 Redis',
      reason: 'Holds answers outside the heap.',
      control: { kind: 'switch', path: 'tiers.l2.on' },
      param: { path: 'tiers.l2.ttlS', unit: 's', min: 1, max: 604_800, step: 60 },
    },
  ],
};
