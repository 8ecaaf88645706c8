import { doubled, SlotAllocator } from '../core/growing.ts';

/** Conversations that are under way, as columns addressed by slot. */
export class Conversations {
  agent = new Int32Array(256);
  tenant = new Int32Array(256);
  turn = new Int32Array(256);
  /** Tokens said so far, both sides, without the prefix. */
  said = new Float64Array(256);
  /** Tells a conversation from a later one in the same slot. */
  serial = new Float64Array(256);
  private readonly slots = new SlotAllocator(256, () => {
    this.agent = doubled(this.agent);
    this.tenant = doubled(this.tenant);
    this.turn = doubled(this.turn);
    this.said = doubled(this.said);
    this.serial = doubled(this.serial);
  });

  open(agent: number, tenant: number, serial: number): number {
    const c = this.slots.take();
    this.agent[c] = agent;
    this.tenant[c] = tenant;
    this.turn[c] = 0;
    this.said[c] = 0;
    this.serial[c] = serial;
    return c;
  }
  close(c: number): void {
    this.slots.give(c);
  }
  get taken(): number {
    return this.slots.taken;
  }
}

/** What the requests under way ask of a model, as columns addressed by slot. */
export class Demands {
  conversation = new Int32Array(256);
  key = new Int32Array(256);
  inputTokens = new Int32Array(256);
  repeatedTokens = new Int32Array(256);
  freshTokens = new Int32Array(256);
  outputTokens = new Int32Array(256);
  complexity = new Float64Array(256);
  /** Uniform number that decides whether a model's answer is good enough for this request. */
  doubt = new Float64Array(256);
  private readonly slots = new SlotAllocator(256, () => {
    this.conversation = doubled(this.conversation);
    this.key = doubled(this.key);
    this.inputTokens = doubled(this.inputTokens);
    this.repeatedTokens = doubled(this.repeatedTokens);
    this.freshTokens = doubled(this.freshTokens);
    this.outputTokens = doubled(this.outputTokens);
    this.complexity = doubled(this.complexity);
    this.doubt = doubled(this.doubt);
  });

  open(conversation: number): number {
    const d = this.slots.take();
    this.conversation[d] = conversation;
    return d;
  }
  close(d: number): void {
    this.slots.give(d);
  }
  get taken(): number {
    return this.slots.taken;
  }
}
