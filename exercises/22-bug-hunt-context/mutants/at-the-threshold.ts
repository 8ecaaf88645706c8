interface Message {
  id: string;
  importance: number;
}

export function prune(messages: Message[], keepLast: number): Message[] {
  const split = Math.max(0, messages.length - keepLast);
  const recent = messages.slice(split);
  const important = messages.slice(0, split).filter(({ importance }) => importance >= 0.7);
  return [...important, ...recent];
}
