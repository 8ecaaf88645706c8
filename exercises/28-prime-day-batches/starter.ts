interface Question {
  why: 'item' | 'time' | 'answer';
  nowMs: number;
  waiting: number;
  oldestMs: number;
  idle: number;
}

export class Batching {
  wait({ waiting }: Question): number {
    // Five, or 100 ms after the last one came. Who waits for longer than that?
    return waiting >= 5 ? 0 : 100;
  }
}
