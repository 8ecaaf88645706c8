interface Settings {
  keepLast: number;
  windowTokens: number;
  importantAbove: number;
}

export function importance(role: string, text: string): number {
  return 0.5;
}

export class Conversation {
  private readonly numbers: number[] = [];

  constructor(private readonly settings: Settings) {}

  add(role: string, text: string, tokens: number): number {
    this.numbers.push(this.numbers.length + 1);
    return this.numbers.length;
  }

  window(): number[] {
    // The last ones only. How many tokens are they, and what was important before them?
    return this.numbers.slice(-this.settings.keepLast);
  }
}
