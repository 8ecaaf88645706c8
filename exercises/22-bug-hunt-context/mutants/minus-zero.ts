interface Message {
  id: string;
  importance: number;
}

export function prune(messages: Message[], keepLast: number): Message[] {
  const recent = messages.slice(-keepLast);
  const important = messages.slice(0, -keepLast).filter(({ importance }) => importance > 0.7);
  return [...important, ...recent];
}
