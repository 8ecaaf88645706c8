// Wrong: takes exactly 0.7 for important
// Says: Your test must pass here, and fails. expect("thanks").toBe("edge thanks")
interface Message {
  id: string;
  importance: number;
}

export default async function test(
  subject: (messages: Message[], keepLast: number) => Promise<Message[]>,
  expect: Expect,
): Promise<void> {
  const talk = [
    { id: 'edge', importance: 0.7 },
    { id: 'chat', importance: 0.5 },
    { id: 'thanks', importance: 0.5 },
  ];
  expect((await subject(talk, 1)).map(({ id }) => id).join(' ')).toBe('edge thanks');
}
