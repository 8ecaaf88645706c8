/**
 * What a learner can do after the module: the spine that sections, experiments, exercises and questions hang on. A section of the
 * reading has the id of its objective; questions name theirs; exercises are folders of exercises/.
 */
export const PARTS = [
  { id: 'cache', title: 'Cache' },
  { id: 'cost', title: 'Cost' },
  { id: 'latency', title: 'Latency' },
] as const;

export type Part = (typeof PARTS)[number]['id'];

export interface Objective {
  /** Also the id of its section in docs/module/. */
  id: string;
  part: Part;
  /** An instruction to oneself: "Place a value in the right tier". */
  title: string;
  /** Rows of the mission that it covers, as in `C6`. */
  systems: string[];
  /** Something to try: an address within the app, and what it is called. */
  experiment: { href: string; title: string };
  /** Folders of exercises/; the first is the one to begin with. */
  exercises: string[];
}

const inLab = (scenario: string, title: string) => ({ href: `?scenario=${scenario}#/`, title });

export const objectives: readonly Objective[] = [
  {
    id: 'tiers',
    part: 'cache',
    title: 'Place a value in the right tier',
    systems: ['C1', 'C5', 'C9', 'C10', 'C12', 'C14'],
    experiment: { href: '#/cache', title: 'Walk a prompt through four live tiers' },
    exercises: ['04-traversal', '24-bug-hunt-falsy'],
  },
  {
    id: 'ttl',
    part: 'cache',
    title: 'Choose a time to live, and keep it',
    systems: ['C2', 'C4', 'C6'],
    experiment: inLab('prime-day', 'Give L1 a longer life on Prime Day'),
    exercises: ['01-ttl-cache'],
  },
  {
    id: 'eviction',
    part: 'cache',
    title: 'Choose who leaves a full cache',
    systems: ['C7'],
    experiment: { href: '#/replay', title: 'Replay a trace against fifteen policies' },
    exercises: ['02-lru', '03-combined-score', '21-bug-hunt-eviction', '25-prime-day-eviction'],
  },
  {
    id: 'hit-rate',
    part: 'cache',
    title: 'Count hits honestly, and price them',
    systems: ['C3', 'C17'],
    experiment: { href: '#/cache', title: 'Set the two hit rates side by side' },
    exercises: ['05-hit-rate', '17-bug-hunt-hit-rate'],
  },
  {
    id: 'promotion',
    part: 'cache',
    title: 'Promote without keeping stale data alive',
    systems: ['C10', 'C11'],
    experiment: { href: '#/cache', title: 'Watch a promoted copy end with its original' },
    exercises: ['18-bug-hunt-promotion', '04-traversal', '26-prime-day-admission'],
  },
  {
    id: 'stampedes',
    part: 'cache',
    title: 'Keep a hot key from stampeding',
    systems: ['C10', 'L5'],
    experiment: inLab('hot-key', 'Let one hot key expire'),
    exercises: ['06-coalescing', '07-xfetch'],
  },
  {
    id: 'invalidation',
    part: 'cache',
    title: 'Invalidate what has become wrong, and no more',
    systems: ['C13'],
    experiment: inLab('cdn-purge', 'Purge the edge at the worst moment'),
    exercises: ['08-tags'],
  },
  {
    id: 'similar-prompts',
    part: 'cache',
    title: 'Share answers between like prompts, never between look-alikes',
    systems: ['C14', 'C15', 'C16'],
    experiment: { href: '#/cache', title: 'Ask the same thing in other words' },
    exercises: ['09-semantic-guard'],
  },
  {
    id: 'token-cost',
    part: 'cost',
    title: 'Price a call from its tokens',
    systems: ['M3', 'M4', 'M13', 'C17'],
    experiment: { href: '#/cost', title: 'Price a task with every model' },
    exercises: ['19-bug-hunt-remaining-budget'],
  },
  {
    id: 'budgets',
    part: 'cost',
    title: 'Hold a budget while many spend at once',
    systems: ['M2', 'M13'],
    experiment: inLab('budget-day', 'Share a day’s budget between services'),
    exercises: ['10-budget'],
  },
  {
    id: 'thresholds',
    part: 'cost',
    title: 'Act in steps before the money is gone',
    systems: ['M2', 'M11', 'M12'],
    experiment: inLab('model-bill', 'Stop a runaway bill'),
    exercises: ['11-thresholds'],
  },
  {
    id: 'selection',
    part: 'cost',
    title: 'Send each task to the right model',
    systems: ['M5', 'M6', 'M7'],
    experiment: { href: '#/cost', title: 'Turn the weights of the score' },
    exercises: ['12-model-selection', '20-bug-hunt-model-score', '27-prime-day-models'],
  },
  {
    id: 'deferral',
    part: 'cost',
    title: 'Batch and defer work that can wait',
    systems: ['M8', 'M10'],
    experiment: inLab('five-strategies', 'Turn the five strategies off one by one'),
    exercises: ['13-batching'],
  },
  {
    id: 'agent-pools',
    part: 'cost',
    title: 'Scale a pool of agents without flapping',
    systems: ['M14', 'M15'],
    experiment: inLab('spot-reclaim', 'Lose the spot agents at noon'),
    exercises: ['11-thresholds'],
  },
  {
    id: 'ablation',
    part: 'cost',
    title: 'Say which measure saved what',
    systems: ['M1', 'M9', 'M12'],
    experiment: { href: '#/ablation', title: 'Leave each strategy out in turn' },
    exercises: ['27-prime-day-models'],
  },
  {
    id: 'queueing',
    part: 'latency',
    title: 'Predict a wait from load and servers',
    systems: ['L1', 'L10'],
    experiment: inLab('mmc', 'Load a plain queue to 95 %'),
    exercises: ['14-connection-pool'],
  },
  {
    id: 'percentiles',
    part: 'latency',
    title: 'Read a latency report without being fooled',
    systems: ['L8', 'L10'],
    experiment: { href: '#/report', title: 'Report the same run as two testers would' },
    exercises: ['23-bug-hunt-peak'],
  },
  {
    id: 'connections',
    part: 'latency',
    title: 'Size a connection pool',
    systems: ['L4'],
    experiment: inLab('connections', 'Pay for every handshake'),
    exercises: ['14-connection-pool'],
  },
  {
    id: 'batch-window',
    part: 'latency',
    title: 'Choose a batch window',
    systems: ['L6'],
    experiment: inLab('batching', 'Batch at low load and at high'),
    exercises: ['28-prime-day-batches', '13-batching'],
  },
  {
    id: 'retries',
    part: 'latency',
    title: 'Bound retries and pass deadlines on',
    systems: ['L7', 'L9'],
    experiment: inLab('retry-budget', 'Cap the retries of a failing service'),
    exercises: ['16-retry-budget', '29-prime-day-retries'],
  },
  {
    id: 'metastable',
    part: 'latency',
    title: 'Explain a failure that outlives its cause',
    systems: ['L9'],
    experiment: inLab('prime-day', 'Live through 02:17'),
    exercises: ['29-prime-day-retries'],
  },
  {
    id: 'shedding',
    part: 'latency',
    title: 'Refuse early, and the right requests',
    systems: ['L7', 'L9'],
    experiment: inLab('overload-classes', 'Decide who is served in an overload'),
    exercises: ['16-retry-budget'],
  },
  {
    id: 'tail',
    part: 'latency',
    title: 'Cut the tail by hedging and balancing',
    systems: ['L9'],
    experiment: inLab('hedging', 'Ask twice, and see who pays'),
    exercises: ['06-coalescing'],
  },
  {
    id: 'context',
    part: 'latency',
    title: 'Prune a context and keep what matters',
    systems: ['L1', 'L2', 'L3'],
    experiment: { href: '#/context', title: 'Prune a conversation of your own' },
    exercises: ['15-context-pruning', '22-bug-hunt-context'],
  },
  {
    id: 'tuning',
    part: 'latency',
    title: 'Let a search set the levers, and check it',
    systems: ['L9', 'L10'],
    experiment: { href: '#/tune', title: 'Search Prime Day’s levers' },
    exercises: ['28-prime-day-batches'],
  },
];
