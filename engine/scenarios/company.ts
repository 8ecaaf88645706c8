import type { ScenarioInput } from '../simulation/scenario.ts';

/**
 * A company with four kinds of agents for three tenants, and the module's three models: what the scenarios about money share. One day
 * of it is about half a million requests. Rates, tokens and times are made up to be plausible; no figure of the module is in them but the
 * models' profiles.
 */
type Part<K extends keyof ScenarioInput> = NonNullable<ScenarioInput[K]>;

/** Conversations begun: quiet at night, busiest from noon to the evening. */
export const dayProfile: NonNullable<Part<'load'>['profile']> = [
  { atS: 0, factor: 0.5 },
  { atS: 10_800, factor: 0.25 },
  { atS: 21_600, factor: 0.5 },
  { atS: 32_400, factor: 1.3 },
  { atS: 43_200, factor: 1.5 },
  { atS: 64_800, factor: 1.4 },
  { atS: 75_600, factor: 1.1 },
  { atS: 86_400, factor: 0.5 },
];

export const companyPath = ['l1', 'l2', 'agents', 'gateway'];

export const companyTiers: Part<'tiers'> = {
  l1: {
    title: 'Agents’ memory',
    level: 'l1',
    capacityEntries: 2000,
    ttlS: 600,
    lookup: { law: 'constant', meanMs: 2 },
  },
  l2: {
    title: 'Redis',
    level: 'l2',
    capacityEntries: 50_000,
    ttlS: 600,
    lookup: { law: 'constant', meanMs: 4 },
  },
};

export const companyStations: Part<'stations'> = {
  agents: { title: 'Agents', servers: 30, service: { law: 'lognormal', meanMs: 4000, sigma: 0.5 } },
  large: { title: 'gpt-4', servers: null, service: { law: 'lognormal', meanMs: 800, sigma: 0.4 } },
  medium: { title: 'gpt-4-turbo', servers: null, service: { law: 'lognormal', meanMs: 600, sigma: 0.4 } },
  small: { title: 'gpt-3.5-turbo', servers: null, service: { law: 'lognormal', meanMs: 400, sigma: 0.4 } },
};

/** Price, accuracy, time and quality are the module's (M3). */
export const companyModels: Part<'models'> = {
  'gpt-4': {
    meanMs: 2000,
    usdPerMTokens: 30,
    accuracy: 0.98,
    quality: 0.95,
    station: 'large',
    msPerOutputToken: 8,
  },
  'gpt-4-turbo': {
    meanMs: 1500,
    usdPerMTokens: 10,
    accuracy: 0.96,
    quality: 0.9,
    station: 'medium',
    msPerOutputToken: 6,
  },
  'gpt-3.5-turbo': {
    meanMs: 1000,
    usdPerMTokens: 1.5,
    accuracy: 0.92,
    quality: 0.85,
    station: 'small',
    msPerOutputToken: 4,
  },
};

export const companyTraffic: Part<'traffic'> = {
  tenants: [
    { name: 'shop', share: 0.6 },
    { name: 'marketplace', share: 0.3 },
    { name: 'internal', share: 0.1 },
  ],
  agents: [
    {
      name: 'routing',
      title: 'Routing: which team is this for?',
      share: 0.35,
      criticality: 'high',
      prefixTokens: 200,
      inputTokens: { mean: 160 },
      outputTokens: { mean: 15 },
      maxOutputTokens: 60,
      complexity: [0, 0.3],
      minAccuracy: 0.9,
      maxLatencyMs: 3000,
      repeatShare: 0.95,
    },
    {
      name: 'support',
      title: 'Support: answers customers',
      share: 0.45,
      criticality: 'critical',
      prefixTokens: 500,
      inputTokens: { mean: 120 },
      outputTokens: { mean: 140 },
      maxOutputTokens: 500,
      complexity: [0.1, 0.6],
      minAccuracy: 0.95,
      maxLatencyMs: 3000,
      turns: 1.6,
      think: { law: 'exponential', meanMs: 40_000 },
      repeatShare: 0.9,
    },
    {
      name: 'research',
      title: 'Research: reads, searches, summarises',
      share: 0.04,
      criticality: 'normal',
      prefixTokens: 1200,
      inputTokens: { mean: 500 },
      outputTokens: { mean: 300 },
      maxOutputTokens: 800,
      complexity: [0.5, 1],
      minAccuracy: 0.95,
      maxLatencyMs: 10_000,
      turns: 6,
      think: { law: 'exponential', meanMs: 4000 },
      contextTokens: 32_000,
      repeatShare: 0.1,
    },
    {
      name: 'reports',
      title: 'Reports: nobody waits for them',
      share: 0.16,
      criticality: 'low',
      prefixTokens: 300,
      inputTokens: { mean: 1500 },
      outputTokens: { mean: 400 },
      maxOutputTokens: 1000,
      complexity: [0.2, 0.7],
      minAccuracy: 0.9,
      maxLatencyMs: 60_000,
      deferrable: true,
      deadlineS: 57_600,
      repeatShare: 0.2,
    },
  ],
};

/** The module's rule for small and simple tasks (M6). */
export const smallTaskRule = {
  name: 'small and simple',
  when: 'tokens < 500 and complexity < 0.3',
  then: { model: 'cheapest' },
};

/** Levers of the cost manager. */
export const companyLevers: Part<'levers'> = [
  {
    id: 'l1',
    group: 'cache',
    level: 'l1',
    label: 'L1 memory',
    reason: 'What it answers costs nothing.',
    control: { kind: 'switch', path: 'tiers.l1.on' },
    param: { path: 'tiers.l1.ttlS', unit: 's', min: 1, max: 86_400, step: 60 },
  },
  {
    id: 'l2',
    group: 'cache',
    level: 'l2',
    label: 'L2 Redis',
    reason: 'Larger, and just as cheap.',
    control: { kind: 'switch', path: 'tiers.l2.on' },
    param: { path: 'tiers.l2.ttlS', unit: 's', min: 1, max: 86_400, step: 60 },
  },
  {
    id: 'ttlTuner',
    group: 'cache',
    label: 'TTL tuning',
    reason: 'Lengthens the TTL until 70 % hit.',
    control: { kind: 'switch', path: 'controls.ttl.tuner.on' },
    param: { path: 'controls.ttl.tuner.target', unit: '%', min: 10, max: 95, scale: 100 },
  },
  {
    id: 'route',
    group: 'cost',
    label: 'Model',
    reason: 'One for all, the best score, or small first.',
    control: {
      kind: 'choice',
      path: 'gateway.route',
      options: [
        { value: 'fixed', label: 'gpt-4' },
        { value: 'select', label: 'score' },
        { value: 'cascade', label: 'cascade' },
      ],
    },
  },
  {
    id: 'formula',
    group: 'cost',
    label: 'Score',
    reason: 'As the module prints it, or normalised.',
    control: {
      kind: 'choice',
      path: 'gateway.selection.formula',
      options: [
        { value: 'printed', label: 'printed' },
        { value: 'normalised', label: 'normalised' },
      ],
    },
  },
  {
    id: 'costWeight',
    group: 'cost',
    label: 'Weight of cost',
    reason: 'Against quality 40 and speed 20.',
    control: { kind: 'number', path: 'gateway.selection.weights.cost' },
    param: { path: 'gateway.selection.weights.cost', unit: '%', min: 1, max: 400, step: 5, scale: 100 },
  },
  {
    id: 'rules',
    group: 'cost',
    label: 'Rules',
    reason: 'Small and simple tasks to the cheapest.',
    control: { kind: 'switch', path: 'gateway.rulesOn' },
  },
  {
    id: 'batching',
    group: 'cost',
    label: 'Batching',
    reason: 'Several in one call, 25 % cheaper.',
    control: { kind: 'switch', path: 'gateway.batching.on' },
    param: { path: 'gateway.batching.windowMs', unit: 'ms', min: 0, max: 60_000, step: 100 },
  },
  {
    id: 'offPeak',
    group: 'cost',
    label: 'Off-peak',
    reason: 'What can wait runs at night, 30 % cheaper.',
    control: { kind: 'switch', path: 'gateway.offPeak.on' },
  },
  {
    id: 'promptAware',
    group: 'cost',
    label: 'Warm prompts',
    reason: 'Counts what leaving a warm cache costs.',
    control: { kind: 'switch', path: 'gateway.promptCache.aware' },
  },
  {
    id: 'budgetMode',
    group: 'cost',
    label: 'Budgets',
    reason: 'Spend while some is left, or reserve first.',
    control: {
      kind: 'choice',
      path: 'gateway.budgetMode',
      options: [
        { value: 'check', label: 'check' },
        { value: 'reserve', label: 'reserve' },
      ],
    },
  },
  {
    id: 'measures',
    group: 'cost',
    label: 'Graduated actions',
    reason: 'At 80, 90, 95, 100 %, critical last.',
    control: { kind: 'switch', path: 'gateway.measures.on' },
  },
  {
    id: 'companyLimit',
    group: 'cost',
    label: 'Company budget',
    reason: 'For a day. Nothing is bought beyond it.',
    control: { kind: 'number', path: 'gateway.budgets.company.limitUsd' },
    param: { path: 'gateway.budgets.company.limitUsd', unit: '$', min: 1, max: 1_000_000, step: 500 },
  },
  {
    id: 'researchLimit',
    group: 'cost',
    label: 'Research budget',
    reason: 'A wall around one agent type.',
    control: { kind: 'number', path: 'gateway.budgets.research.limitUsd' },
    param: { path: 'gateway.budgets.research.limitUsd', unit: '$', min: 1, max: 1_000_000, step: 100 },
  },
  {
    id: 'spot',
    group: 'latency',
    label: 'Spot share',
    reason: '70 % cheaper, and may be taken away.',
    control: { kind: 'number', path: 'controls.agents.pool.spotShare' },
    param: { path: 'controls.agents.pool.spotShare', unit: '%', min: 0, max: 100, step: 5, scale: 100 },
  },
  {
    id: 'minAgents',
    group: 'latency',
    label: 'Fewest agents',
    reason: 'Paid for, whether they work or not.',
    control: { kind: 'number', path: 'controls.agents.pool.min' },
    param: { path: 'controls.agents.pool.min', unit: 'agents', min: 1, max: 20 },
  },
];
