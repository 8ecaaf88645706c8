interface Question {
  attempt: number;
  refused: boolean;
  nowMs: number;
  deadlineMs: number;
}

export class Retry {
  constructor(private readonly random: () => number) {}

  onRequest(nowMs: number): void {
    // Called more than a million times. What could it be good for?
  }

  next({ attempt }: Question): number | undefined {
    if (attempt > 3) return undefined;
    return this.random() * 500 * 2 ** (attempt - 1);
  }
}
