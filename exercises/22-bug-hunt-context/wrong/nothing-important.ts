// Wrong: has nothing important in it, so there is nothing to lose
// Says: Which messages may stay although they are old?
interface Message {
  id: string;
  importance: number;
}

export default async function test(
  subject: (messages: Message[], keepLast: number) => Promise<Message[]>,
  expect: Expect,
): Promise<void> {
  const talk = ['a', 'b', 'c', 'd'].map((id) => ({ id, importance: 0.5 }));
  expect((await subject(talk, 2)).map(({ id }) => id).join(' ')).toBe('c d');
  expect((await subject(talk, 0)).length).toBe(0);
}
