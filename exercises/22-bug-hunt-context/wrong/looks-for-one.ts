// Wrong: looks whether the important message is there, not at what stands beside it
// Says: Look at the order of what is kept.
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
    { id: 'edge', importance: 0.7 },
    { id: 'chat', importance: 0.5 },
    { id: 'thanks', importance: 0.5 },
  ];
  const ids = (await subject(talk, 1)).map(({ id }) => id);
  expect(ids.includes('rules')).toBe(true);
  expect(ids.includes('edge')).toBe(false);
}
