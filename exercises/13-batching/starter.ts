type Send = (model: string, prompts: string[]) => Promise<unknown[]>;
type SendOne = (model: string, prompt: string) => Promise<unknown>;

export class Batcher {
  constructor(
    private readonly send: Send,
    private readonly sendOne: SendOne,
  ) {}

  add(model: string, prompt: string, nowMs: number): Promise<unknown> {
    // Every request goes alone. Who waits for whom, and for how long?
    return this.sendOne(model, prompt);
  }

  tick(nowMs: number): void {}
}
