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
    { id: 'price', importance: 0.8 },
    { id: 'thanks', importance: 0.5 },
  ];
  const kept = async (keepLast: number) => (await subject(talk, keepLast)).map(({ id }) => id).join(' ');
  expect(await kept(2), 'the last two, and the rules').toBe('rules price thanks');
  expect(await kept(0), 'the important ones only').toBe('rules price');
}
