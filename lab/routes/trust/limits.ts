/** What the model leaves out, in plain words. */
export const LIMITS: readonly { title: string; text: string }[] = [
  {
    title: 'One cell stands for all',
    text: 'Prime Day simulates one of many equal cells, request by request, and multiplies what is a total. What cells share in truth (a provider’s quota, a network link) is not there.',
  },
  {
    title: 'No network of its own',
    text: 'Time on the wire is part of a station’s service time. Packets are not lost, bandwidth does not run out, and clocks agree.',
  },
  {
    title: 'Models do not think',
    text: 'A model is a price, a service time and a quality score. Nothing is generated, so the quality of an answer is an assumption that you can see and change.',
  },
  {
    title: 'People do not change their mind',
    text: 'Callers retry by a rule and leave by a rule. Users who reload in anger, or who stay away tomorrow, are not simulated.',
  },
  {
    title: 'Redis is its rules, not its code',
    text: 'Expiry, eviction, memory and replies follow Redis 7 and are compared with a real one. Clusters, replication and persistence are left out.',
  },
  {
    title: 'Machines are even',
    text: 'Servers of a station are equally fast unless a scenario says otherwise. Noisy neighbours, thermal limits and deployments exist only as events that you script.',
  },
  {
    title: 'Prices age',
    text: 'Token prices are those of the day on which they were written down. The lab changes them only where a scenario does.',
  },
];
