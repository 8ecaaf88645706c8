// Wrong: a message that is important and recent is counted twice
// Says: What is in stays in
interface Settings {
  keepLast: number;
  windowTokens: number;
  importantAbove: number;
}

interface Message {
  role: string;
  tokens: number;
  importance: number;
}

const keywords = ['important', 'remember', 'critical'];

export function importance(role: string, text: string): number {
  const lower = text.toLowerCase();
  // In tenths: 0.5 + 0.2 + 0.1 is 0.7999… in floating point.
  const tenths =
    5 +
    (role === 'system' ? 3 : 0) +
    (keywords.some((word) => lower.includes(word)) ? 2 : 0) +
    (text.length > 200 ? 1 : 0);
  return Math.min(tenths, 10) / 10;
}

export class Conversation {
  private readonly messages: Message[] = [];

  constructor(private readonly settings: Settings) {}

  add(role: string, text: string, tokens: number): number {
    return this.messages.push({ role, tokens, importance: importance(role, text) });
  }

  window(): number[] {
    const kept = new Set<Message>();
    let left = this.settings.windowTokens;
    for (const message of this.inOrderOfKeeping()) {
      if (message.tokens > left) continue;
      kept.add(message);
      left -= message.tokens;
    }
    return this.messages.flatMap((message, i) => (kept.has(message) ? [i + 1] : []));
  }

  /** A message may come several times. */
  private inOrderOfKeeping(): Message[] {
    const { keepLast, importantAbove } = this.settings;
    const newestFirst = [...this.messages].reverse();
    return [
      ...this.messages.filter(({ role }) => role === 'system'),
      ...newestFirst.slice(0, 1),
      ...newestFirst
        .filter((message) => message.importance > importantAbove)
        .sort((a, b) => b.importance - a.importance),
      ...newestFirst.slice(0, keepLast),
    ];
  }
}
