import { describe, expect, it } from 'vitest';
import { Population } from './population.ts';
import { parseScenario, type ScenarioInput } from './scenario.ts';
import { agentOf, office } from './small-office.fixture.ts';
import { Traffic } from './traffic.ts';

function trafficOf(agents = [agentOf()], more: Partial<ScenarioInput> = {}, seed = 1): Traffic {
  const scenario = parseScenario(office({ population: { kind: 'zipf', keys: 50 }, ...more }, agents));
  return new Traffic(
    more.traffic ? parseScenario(office(more)).traffic! : scenario.traffic!,
    seed,
    new Population(scenario.population, seed, 'run'),
  );
}

/** What a demand asks for. */
function contentOf({ demands }: Traffic, d: number) {
  return {
    input: demands.inputTokens[d]!,
    repeated: demands.repeatedTokens[d]!,
    output: demands.outputTokens[d]!,
    complexity: demands.complexity[d]!,
    doubt: demands.doubt[d]!,
    key: demands.key[d]!,
  };
}

/** Follows one conversation to its end, with answers that have as many tokens as they should. */
function follow(traffic: Traffic): ReturnType<typeof contentOf>[] {
  const turns = [];
  let d = traffic.begin();
  const conversation = traffic.demands.conversation[d]!;
  for (;;) {
    const content = contentOf(traffic, d);
    turns.push(content);
    if (traffic.ended(d, content.output) < 0) return turns;
    d = traffic.demand(conversation);
  }
}

const mean = (list: readonly number[]): number => list.reduce((sum, x) => sum + x, 0) / list.length;

describe('a conversation', () => {
  it('carries all that was said before: 100 tokens of each question, 50 of each answer, 30 of the prefix', () => {
    const traffic = trafficOf([agentOf({ turns: 6, prefixTokens: 30 })]);
    let longest: ReturnType<typeof follow> = [];
    for (let i = 0; i < 50; i++) {
      const turns = follow(traffic);
      if (turns.length > longest.length) longest = turns;
    }
    expect(longest.length).toBeGreaterThan(5);
    expect(longest.slice(0, 4).map(({ input, repeated }) => [input, repeated])).toEqual([
      [130, 30],
      [280, 180],
      [430, 330],
      [580, 480],
    ]);
  });

  it('that is cut to its context shares no more than the prefix with what was sent before', () => {
    const traffic = trafficOf([agentOf({ turns: 10_000, prefixTokens: 30, contextTokens: 320 })]);
    const d = traffic.begin();
    const conversation = traffic.demands.conversation[d]!;
    const seen = [contentOf(traffic, d)];
    traffic.ended(d, 50);
    for (let turn = 2; turn <= 5; turn++) {
      const next = traffic.demand(conversation);
      seen.push(contentOf(traffic, next));
      traffic.ended(next, 50);
    }
    expect(seen.map(({ input, repeated }) => [input, repeated])).toEqual([
      [130, 30],
      [280, 180],
      [350, 30],
      [350, 30],
      [350, 30],
    ]);
  });

  it('has as many requests as are stated, on average', () => {
    const traffic = trafficOf([agentOf({ turns: 4 })]);
    const lengths = Array.from({ length: 5000 }, () => follow(traffic).length);
    // Geometric: the standard deviation of the mean is √12 / √5000 = 0.05.
    expect(mean(lengths)).toBeGreaterThan(3.85);
    expect(mean(lengths)).toBeLessThan(4.15);
    expect(Math.min(...lengths)).toBe(1);
    expect(traffic.demands.taken + traffic.conversations.taken).toBe(0);
  });

  it('of one turn ends with its answer', () => {
    const traffic = trafficOf();
    expect(Array.from({ length: 100 }, () => follow(traffic).length)).toEqual(Array(100).fill(1));
  });

  it('ends when there is no answer', () => {
    const traffic = trafficOf([agentOf({ turns: 10_000 })]);
    expect(traffic.ended(traffic.begin(), -1)).toBe(-1);
    expect(traffic.conversations.taken).toBe(0);
  });

  it('asks for a key of the population at first, and for what nobody asks again later', () => {
    const agents = [
      agentOf({ turns: 3, repeatShare: 1, share: 0.5 }),
      agentOf({ name: 'other', share: 0.5, repeatShare: 0 }),
    ];
    const traffic = trafficOf(agents);
    const firsts: number[] = [];
    const others: number[] = [];
    for (let i = 0; i < 400; i++) {
      const [first, ...rest] = follow(traffic);
      (first!.key >= 0 ? firsts : others).push(first!.key);
      others.push(...rest.map((turn) => turn.key));
    }
    // Agent types never share a key: those of the first are even.
    expect(firsts.every((key) => key % 2 === 0 && key < 100)).toBe(true);
    expect(new Set(firsts).size).toBeGreaterThan(10);
    expect(others.every((key) => key < 0)).toBe(true);
    expect(new Set(others).size).toBe(others.length);
  });
});

describe('traffic', () => {
  it('begins conversations in the stated shares, of agents and of tenants', () => {
    const traffic = trafficOf([], {
      traffic: {
        tenants: [
          { name: 'a', share: 0.8 },
          { name: 'b', share: 0.2 },
        ],
        agents: [agentOf({ share: 0.3 }), agentOf({ name: 'other', share: 0.7 })],
      },
    });
    let first = 0;
    let a = 0;
    const n = 10_000;
    for (let i = 0; i < n; i++) {
      const c = traffic.demands.conversation[traffic.begin()]!;
      first += +(traffic.conversations.agent[c] === 0);
      a += +(traffic.conversations.tenant[c] === 0);
    }
    // Standard deviation 0.5 points.
    expect(Math.abs(first / n - 0.3)).toBeLessThan(0.02);
    expect(Math.abs(a / n - 0.8)).toBeLessThan(0.02);
    expect(traffic.begun).toBe(n);
  });

  it('begins more of an agent type whose factor is raised, and no fewer of the others', () => {
    const traffic = trafficOf([agentOf({ share: 0.5 }), agentOf({ name: 'other', share: 0.5 })]);
    expect(traffic.mix).toBe(1);
    traffic.agents[0]!.factor = 3;
    traffic.mixChanged();
    expect(traffic.mix).toBe(2);
    let first = 0;
    for (let i = 0; i < 8000; i++) first += +(traffic.agentOfDemand(traffic.begin()).index === 0);
    expect(Math.abs(first / 8000 - 0.75)).toBeLessThan(0.02);
    for (const agent of traffic.agents) agent.factor = 0;
    traffic.mixChanged();
    expect(traffic.mix).toBe(0);
  });

  it('draws tokens with the stated mean, whatever their spread', () => {
    for (const sigma of [0.3, 1]) {
      const traffic = trafficOf([agentOf({ inputTokens: { mean: 500, sigma }, contextTokens: 1_000_000 })]);
      const inputs = Array.from({ length: 20_000 }, () => follow(traffic)[0]!.input);
      expect(Math.abs(mean(inputs) / 500 - 1)).toBeLessThan(0.03);
    }
  });

  it('cuts answers at the agent’s limit, and lets none be empty', () => {
    const traffic = trafficOf([
      agentOf({ outputTokens: { mean: 80, sigma: 1 }, maxOutputTokens: 90, share: 0.5 }),
      agentOf({ name: 'silent', outputTokens: { mean: 0 }, share: 0.5 }),
    ]);
    const outputs = Array.from({ length: 1000 }, () => follow(traffic)[0]!.output);
    expect(Math.max(...outputs)).toBe(90);
    expect(Math.min(...outputs)).toBe(1);
  });

  it('never draws tokens that do not fit', () => {
    const wide = { mean: 1_000_000, sigma: 3 };
    const traffic = trafficOf([
      agentOf({
        inputTokens: wide,
        outputTokens: wide,
        turns: 5,
        maxOutputTokens: 10_000_000,
        contextTokens: 10_000_000,
      }),
    ]);
    for (let i = 0; i < 500; i++) {
      const d = traffic.begin();
      expect(traffic.demands.freshTokens[d]).toBeLessThanOrEqual(10_000_000);
      traffic.ended(d, -1);
    }
    for (let i = 0; i < 500; i++)
      for (const { input, repeated, output } of follow(traffic)) {
        expect(Math.min(input, repeated, output)).toBeGreaterThanOrEqual(0);
        expect(repeated).toBeLessThanOrEqual(input);
        expect(Math.max(input, output)).toBeLessThanOrEqual(10_000_000);
      }
  });

  it('asks the same of a conversation whatever others do meanwhile', () => {
    const agents = [
      agentOf({ turns: 5, inputTokens: { mean: 100 }, outputTokens: { mean: 100 }, repeatShare: 1 }),
    ];
    const alone = trafficOf(agents);
    const first = follow(alone);
    const second = follow(alone);
    expect(first).not.toEqual(second);

    // Both at once, turn about.
    const mixed = trafficOf(agents);
    const open = [mixed.begin(), mixed.begin()].map((d) => ({
      d,
      c: mixed.demands.conversation[d]!,
      turns: [contentOf(mixed, d)],
    }));
    for (let going = [...open].reverse(); going.length > 0;)
      going = going.filter((one) => {
        if (mixed.ended(one.d, one.turns.at(-1)!.output) < 0) return false;
        one.d = mixed.demand(one.c);
        one.turns.push(contentOf(mixed, one.d));
        return true;
      });
    const withoutLaterKeys = (turns: typeof first) =>
      turns.map((turn) => ({ ...turn, key: Math.max(turn.key, -1) }));
    expect(open.map((one) => withoutLaterKeys(one.turns))).toEqual([first, second].map(withoutLaterKeys));
  });

  it('asks something else with another seed', () => {
    const agents = [agentOf({ inputTokens: { mean: 100 } })];
    expect(follow(trafficOf(agents, {}, 1))).not.toEqual(follow(trafficOf(agents, {}, 2)));
  });
});
