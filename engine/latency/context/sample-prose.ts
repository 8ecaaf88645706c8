import type { RandomStream } from '../../core/random.ts';

/**
 * English of random content, sentence by sentence from a small grammar. It means nothing, yet it is as varied as prose: gzip brings 16 kB
 * of it to about two fifths, which lies between manuals (a third) and short articles (almost a half).
 */

const list = (words: string): string[] => words.split(' ');

const NOUNS = list(
  'account address agreement airport analysis answer apartment article author balance battery bill board bottle branch bridge budget ' +
    'building cable calendar camera campaign carrier case certificate chain change channel chapter charge charger city claim climate ' +
    'coast code colour column commission company complaint computer condition contract copy cost country court credit crop customer ' +
    'damage date day deal debate decade decision delay delivery demand deposit desert detail device difference discount disease ' +
    'distance district document door driver economy effect election energy engine engineer error estimate exhibit example exchange ' +
    'expert factory farmer feature fee field figure file firm flight forest form frame fuel garden government group growth guide ' +
    'harbour headset history hospital hotel house idea image improvement increase industry inquiry insurance interest invoice island ' +
    'item journey keyboard label lake language law leader letter level library licence limit line loan machine manager manual map ' +
    'market material meeting member memory message method minister model monitor mountain network number offer office opinion option ' +
    'order owner package page panel paper parcel part partner password path patient payment pension period person phone picture plan ' +
    'plant platform policy population port position power price printer problem process product profit programme project proposal ' +
    'protein quality question railway rate reader reason receipt record refund region release repair reply report request research ' +
    'result return review river road route rule sample scheme school science screen season sector seller sensor service session share ' +
    'shelf ship shop signal site soil solution source speaker station statement storage store story street student study ' +
    'subscription supplier supply survey switch system table target team temperature term test theory ticket title tool town track ' +
    'trade traffic train treatment trial trip tunnel update value vehicle version village visit voucher warehouse warranty water ' +
    'weather website weekend window winter worker year zone',
);
const VERBS = list(
  'accepts adds affects allows answers approves arranges blocks brings builds buys calls cancels carries causes changes charges checks ' +
    'chooses closes collects compares completes confirms connects considers contains controls corrects costs covers creates crosses ' +
    'cuts decides delays delivers describes detects develops doubles drives earns ends examines exceeds excludes explains extends ' +
    'fills finds follows forces forgets gains gives handles helps hides holds ignores improves includes increases joins keeps knows ' +
    'launches leads leaves limits lists loses lowers makes manages measures meets mentions misses moves needs notices offers opens ' +
    'orders passes pays performs permits plans predicts prefers prepares prevents prints produces protects proves publishes raises ' +
    'reaches reads receives records reduces refuses releases removes repairs repeats replaces reports requires resets restores reviews ' +
    'ruins saves sees selects sells sends serves shares shows signs solves starts stops stores suggests supports takes tests tracks ' +
    'treats uses values visits wants warns watches wins writes',
);
const ADJECTIVES = list(
  'available average basic better broken busy careful central cheap clear close cold common complete correct current daily damaged ' +
    'dark deep different difficult direct dry early eastern easy empty exact expensive fair faulty final first flat foreign free ' +
    'frequent fresh full further general global good great green hard heavy high hot huge human international large last late legal ' +
    'light likely local long low main major mild minor missing modern monthly narrow national natural nearby new northern official ' +
    'old open ordinary original poor popular positive possible private public quick quiet rare recent regional regular reliable rich ' +
    'rural safe second separate serious several sharp short similar simple slow small social solid southern special stable strong ' +
    'sudden typical unusual urban useful usual warm weak western whole wide wireless young',
);
const ADVERBS = list(
  'already again almost always barely clearly directly early easily eventually exactly finally gradually hardly immediately later mainly ' +
    'nearly normally now often partly perhaps probably quickly quietly rarely recently slowly sometimes soon suddenly today usually',
);
const PREPOSITIONS = list(
  'about above across after against along among at before behind below between by during for from in into near of on over through to under with without',
);
const DETERMINERS = list('the the the the the the a a a our their its your this');
const JOINS = [
  ', and',
  ', but',
  ', because',
  ', so',
  ' while',
  ' when',
  ', although',
  '; however,',
  ' if',
  ' until',
  ', since',
  ' as',
];
const NAMES = list(
  'Adams Baker Berlin Boston Brown Cairo Carter Chen Clark Cohen Cooper Davis Delhi Denver Diaz Dublin Evans Fischer Garcia Geneva ' +
    'Gupta Hall Hansen Harris Hughes Ivanov Jackson Jones Kenya Khan Kim Kyoto Lagos Lee Lewis Lima Lopez Lyon Madrid Martin Meyer ' +
    'Milan Miller Moore Morris Nguyen Norway Okafor Oslo Paris Park Patel Peru Porto Reed Rivera Roberts Rossi Sato Scott Silva Singh ' +
    'Smith Tanaka Taylor Texas Tokyo Turner Vienna Walker Wang Weber White Wilson Wong Wright Young Zurich',
);

export function pick<T>(stream: RandomStream, from: readonly T[]): T {
  return from[stream.below(from.length)]!;
}

/** True this many times in a hundred. */
function often(stream: RandomStream, percent: number): boolean {
  return stream.below(100) < percent;
}

/** @param number of what is named; verbs here agree with one. */
function nounPhrase(stream: RandomStream, depth: number, number: 'one' | 'any' = 'any'): string {
  if (often(stream, 12)) return pick(stream, NAMES);
  const adjective = often(stream, 50) ? `${pick(stream, ADJECTIVES)} ` : '';
  const noun = pick(stream, NOUNS);
  const rest =
    depth > 0 && often(stream, 35) ? ` ${pick(stream, PREPOSITIONS)} ${nounPhrase(stream, depth - 1)}` : '';
  if (number === 'any' && often(stream, 12))
    return `${2 + stream.below(900)} ${adjective}${plural(noun)}${rest}`;
  if (number === 'any' && often(stream, 35)) return `${adjective}${plural(noun)}${rest}`;
  return `${pick(stream, DETERMINERS)} ${adjective}${noun}${rest}`;
}

function plural(noun: string): string {
  if (/[^aeo]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

function clause(stream: RandomStream): string {
  const adverb = often(stream, 25) ? `${pick(stream, ADVERBS)} ` : '';
  const place = often(stream, 35) ? ` ${pick(stream, PREPOSITIONS)} ${nounPhrase(stream, 0)}` : '';
  return `${nounPhrase(stream, 1, 'one')} ${adverb}${pick(stream, VERBS)} ${nounPhrase(stream, 1)}${place}`;
}

export function sentence(stream: RandomStream): string {
  const second = often(stream, 45) ? `${pick(stream, JOINS)} ${clause(stream)}` : '';
  const text = `${clause(stream)}${second}.`;
  return text[0]!.toUpperCase() + text.slice(1);
}

export function prose(stream: RandomStream, sentences: number): string {
  return Array.from({ length: sentences }, () => sentence(stream)).join(' ');
}

/** A few words, as of a title. */
export function title(stream: RandomStream): string {
  const text = `${pick(stream, ADJECTIVES)} ${pick(stream, NOUNS)} ${pick(stream, PREPOSITIONS)} ${nounPhrase(stream, 0)}`;
  return text[0]!.toUpperCase() + text.slice(1);
}

export function word(stream: RandomStream): string {
  return pick(stream, NOUNS);
}
