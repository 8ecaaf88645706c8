import { agentsFor, compareForecast, forecast, type ForecastComparison } from '../cost/forecast.ts';
import { Arrivals } from './arrivals.ts';
import type { ControlsSettings } from './controls-schema.ts';
import type { Scenario } from './scenario.ts';

const SLOT_S = 600;
const SLOTS_PER_DAY = 144;

type Settings = NonNullable<ControlsSettings['agents']>['forecast'];

/**
 * How many agents will be needed (M15), from the days before: the same profile of load, drawn with other seeds and without today's events.
 * What a conversation asks of the agents is taken from today so far.
 */
export class AgentForecast {
  readonly settings: Settings;
  /** Conversations begun each second of today, by slots of ten minutes, as expected. */
  private readonly begunPerS: Float64Array | null;
  /** Of the slots that are over: requests at the agents each second, as expected when they began and as they came. */
  private readonly expected: number[] = [];
  private readonly came: number[] = [];
  private askedBefore = 0;

  constructor(settings: Settings, scenario: Scenario, seed: number) {
    this.settings = { ...settings };
    const slots = Math.ceil(scenario.durationS / SLOT_S);
    this.begunPerS = settings.on
      ? forecast(daysBefore(scenario, seed, settings.days), SLOTS_PER_DAY, slots)
      : null;
  }

  /**
   * @param asked requests at the agents so far today. @param begun conversations begun so far today.
   * @returns agents for the load that is expected when those started now are ready; 0 without a forecast.
   */
  agentsAt(nowMs: number, asked: number, begun: number): number {
    if (this.begunPerS === null) return 0;
    const askedPerConversation = begun > 100 ? asked / begun : 1;
    const slot = Math.floor(nowMs / 1000 / SLOT_S);
    if (slot > this.came.length) {
      this.came.push((asked - this.askedBefore) / SLOT_S);
      this.askedBefore = asked;
    }
    if (slot === this.expected.length) this.expected.push(this.at(slot) * askedPerConversation);
    const ahead = Math.floor((nowMs / 1000 + this.settings.leadS) / SLOT_S);
    const { rpsPerAgent, headroom } = this.settings;
    return agentsFor(this.at(ahead) * askedPerConversation, rpsPerAgent, headroom);
  }

  /** The forecast against what came, over the slots that are over; null without a forecast or before the first. */
  comparison(usdPerHour: number): ForecastComparison | null {
    const slots = Math.min(this.came.length, this.expected.length);
    if (this.begunPerS === null || slots === 0) return null;
    const { rpsPerAgent, headroom } = this.settings;
    return compareForecast(
      Float64Array.from(this.expected.slice(0, slots)),
      Float64Array.from(this.came.slice(0, slots)),
      SLOT_S / 3600,
      { perAgentPerS: rpsPerAgent, usdPerHour, headroom },
    );
  }

  private at(slot: number): number {
    return this.begunPerS![Math.min(slot, this.begunPerS!.length - 1)]!;
  }
}

/** Conversations begun each second of some days like today, oldest first. */
function daysBefore(scenario: Scenario, seed: number, days: number): Float64Array {
  const perS = new Float64Array(days * SLOTS_PER_DAY);
  for (let day = 0; day < days; day++) {
    const arrivals = new Arrivals({ ...scenario, events: [] }, seed + (day + 1) * 1_000_003);
    while (arrivals.nextMs < SLOTS_PER_DAY * SLOT_S * 1000) {
      const slot = Math.floor(arrivals.nextMs / 1000 / SLOT_S);
      if (arrivals.take()) perS[day * SLOTS_PER_DAY + slot]! += 1 / SLOT_S;
    }
  }
  return perS;
}
