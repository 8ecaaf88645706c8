// Wrong: is so short that all of it is recent
// Says: Which messages may stay although they are old?
interface Message {
  id: string;
  importance: number;
}

export default async function test(
  subject: (messages: Message[], keepLast: number) => Promise<Message[]>,
  expect: Expect,
): Promise<void> {
  const talk = [
    { id: 'rules', importance: 0.9 },
    { id: 'chat', importance: 0.5 },
  ];
  expect((await subject(talk, 50)).map(({ id }) => id).join(' ')).toBe('rules chat');
}
