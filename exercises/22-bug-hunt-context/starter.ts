interface Message {
  id: string;
  importance: number;
}

export default async function test(
  subject: (messages: Message[], keepLast: number) => Promise<Message[]>,
  expect: Expect,
): Promise<void> {
  const talk = [
    { id: 'a', importance: 0.5 },
    { id: 'b', importance: 0.5 },
    { id: 'c', importance: 0.5 },
  ];
  const kept = await subject(talk, 2);
  expect(kept.map(({ id }) => id).join(' ')).toBe('b c');
  // Nothing is important yet.
}
