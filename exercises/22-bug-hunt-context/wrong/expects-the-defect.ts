// Wrong: expects no more than keepLast messages, which is just what loses the important one
// Says: Your test must pass here, and fails. no more than two: expect(3).toBe(2)
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
    { id: 'price', importance: 0.5 },
    { id: 'thanks', importance: 0.5 },
  ];
  expect((await subject(talk, 2)).length, 'no more than two').toBe(2);
}
