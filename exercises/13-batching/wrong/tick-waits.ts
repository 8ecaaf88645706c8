// Wrong: tick waits for each batch before it starts the next, so one slow model holds up all others
// Says: it starts every batch that is due and waits for none
type Send = (model: string, prompts: string[]) => Promise<unknown[]>;
type SendOne = (model: string, prompt: string) => Promise<unknown>;

interface Request {
  prompt: string;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
}

interface Batch {
  model: string;
  openedMs: number;
  requests: Request[];
}

const fullSize = 5;
const longestWaitMs = 100;

export class Batcher {
  /** By model, in the order in which they were opened. */
  private readonly open = new Map<string, Batch>();

  constructor(
    private readonly send: Send,
    private readonly sendOne: SendOne,
  ) {}

  add(model: string, prompt: string, nowMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const batch = this.open.get(model) ?? { model, openedMs: nowMs, requests: [] };
      this.open.set(model, batch);
      batch.requests.push({ prompt, resolve, reject });
      if (batch.requests.length === fullSize) void this.go(batch);
    });
  }

  async tick(nowMs: number): Promise<void> {
    for (const batch of this.open.values()) if (nowMs - batch.openedMs >= longestWaitMs) await this.go(batch);
  }

  private async go({ model, requests }: Batch): Promise<void> {
    this.open.delete(model);
    let answers: unknown[] = [];
    try {
      answers = await this.send(
        model,
        requests.map(({ prompt }) => prompt),
      );
    } catch {
      // No answers: each request is asked alone.
    }
    for (const [i, { prompt, resolve, reject }] of requests.entries()) {
      const answer = answers[i] ?? undefined;
      if (answer === undefined) this.sendOne(model, prompt).then(resolve, reject);
      else resolve(answer);
    }
  }
}
