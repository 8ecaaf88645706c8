/**
 * How prompts begin. Patterns see the words of a prompt in lower case, with one space between and around them, punctuation
 * as words of its own and contractions written out (tokenise.ts).
 */

export type Ask =
  | 'howto' // how do I …, what is the best way to …
  | 'how' // how does … work
  | 'why'
  | 'when'
  | 'where'
  | 'who'
  | 'explain' // explain …, describe …, tell me about …
  | 'what' // what is …, define …
  | 'measure' // how tall, how long, how much does it cost
  | 'howmany'
  | 'howmuch'
  | 'give' // suggest …, what are some …
  | 'create' // write …, compose …
  | 'is'
  | 'can'
  | 'should'
  | 'must'
  | 'will'
  | 'none'; // a bare phrase, or another verb in the imperative

type Rule = readonly [pattern: RegExp, replacement: string];

const anyone = '(?:i|you|we|one|someone|somebody|anyone|anybody|people|a person)';
const nice =
  '(?:best|easiest|simplest|right|correct|proper|good|better|great|easy|simple|effective|recommended|most effective|possible|common|some|a|an|the|few|any|different|various)';
const way =
  '(?:way|ways|method|methods|approach|approaches|technique|techniques|procedure|process|strategy|strategies|steps|step)';
const tips =
  '(?:tip|tips|advice|instructions|guide|tutorial|ways|strategies|tricks|hints|suggestions|guidance|directions)';
const makers =
  '(author|writer|inventor|discoverer|founder|creator|painter|director|singer|composer|designer|developer|builder|owner|winner)';
const auxiliary = '(?:do|does|did|is|are|was|were|will|would|can|could|should|has|have|had)';
/** Verbs that ask the machine for something: after "can you" they make a request, any other makes a question. */
const request =
  '(?:tell|show|give|explain|help|write|create|list|suggest|recommend|summarize|translate|describe|provide|define|find|check|fix|rewrite|rephrase|compare|generate|draft|compose|plan|teach|proofread|correct|edit|convert|calculate|solve|make|name|review|debug|clarify|simplify|shorten|analyze|outline|design|build|propose|paraphrase|refactor|optimize|format|share|elaborate|count|answer|walk|guide)';
const questionWord = '(?:how|what|who|when|where|why|whether|if|which)';
const languages =
  '(?:english|french|spanish|german|italian|portuguese|japanese|chinese|korean|russian|dutch|arabic|hindi|turkish|polish|swedish|greek|latin|hebrew|mandarin|cantonese)';

/** At the start of the prompt. */
const start = (pattern: string): RegExp => new RegExp(`^ (?:${pattern})(?= )`);
/** Where a question can begin: at the start or after a mark ("In Python, how …"). */
const opening = (pattern: string): RegExp => new RegExp(`(?:^|(?<= [,:;.!?])) (?:${pattern})(?= )`);
const anywhere = (pattern: string): RegExp => new RegExp(` (?:${pattern})(?= )`);

/** Greetings, thanks and leading up to it. Applied over and over until none applies. */
export const COURTESY: readonly Rule[] = [
  [anywhere('please|kindly|pls|plz'), ''],
  [start('(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening))(?: there| everyone)? [,!.;]'), ''],
  [start(`(?:hi|hello|hey)(?: there)?(?= (?:can|could|would|i|is|are|do|does|${questionWord}) )`), ''],
  [
    /(?: [,.!?])* (?:thanks|thank you|thx|cheers)(?: so much| very much| a lot| in advance)?(?: [.!])* $/,
    ' ',
  ],
  [start('(?:so|ok|okay|well|um|quick question|question|sorry|excuse me|also|now) [,:]'), ''],
  [start(`(?:can|could|would|will) you(?: (?:possibly|maybe|quickly|briefly|also))*(?= ${request} )`), ''],
  [start('(?:would|do) you mind'), ''],
  [start('(?:can|could|may|might) (?:i|we) (?:have|get|ask (?:you )?for)'), ' give'],
  [
    start(
      `(?:i|we) (?:(?:would (?:really )?(?:like|love)|want|need|am trying|try|am looking|wish|hope) (?:you )?to (?:know|understand|find out|learn|ask|see|figure out|tell me)|do not (?:know|understand))(?: about)?(?= ${questionWord} )`,
    ),
    '',
  ],
  [
    start('(?:i|we) (?:would like|want|need|am trying|wish) to (?:understand|know about|learn about)'),
    ' explain',
  ],
  [start('(?:i|we) (?:would (?:like|love)|like|want|need) you to'), ''],
  [
    start(
      '(?:i|we) (?:would (?:like|love)|want|need|am trying|am looking|wish|hope|try) to(?: learn(?: how)? to)?',
    ),
    ' how to',
  ],
  [
    start(
      '(?:i|we) (?:need|want|would like|could use|am looking for|require)(?: some| a little)? (?:help|assistance|guidance)(?: with| to| in)?',
    ),
    ' help me',
  ],
  [start('(?:i|we) (?:need|want|would (?:like|love)|could use|am looking for|am after|require)'), ' give'],
  [
    start('(?:i|we) (?:was|am|were) (?:just )?(?:wondering|curious)(?: about)?(?: if you (?:can|could))?'),
    '',
  ],
  [start('(?:do|did|would) you (?:happen to )?know(?: of)?'), ''],
  [start(`any (?:idea|ideas|clue)(?= ${questionWord} )`), ''],
  [start(`(?:tell|let) (?:me|us)(?: know)?(?= ${questionWord} )`), ''],
  [start('remind me'), ''],
  [start('help (?:me|us)(?: to)? (?:understand|see)'), ' explain'],
  [start('help (?:me|us)(?: to| with)?'), ''],
  [start('(?:your task is to|your job is to|i have to|go ahead and|try to|be sure to)'), ''],
  [/ (?:for|to) me(?= (?:[.!?] )?$)/, ''],
];

/** Turns of phrase that say the same with other words. Each is applied once. */
export const TURNS: readonly Rule[] = [
  [/ make (.+?) (?:sound |look |read |seem |be )?(?:a (?:bit|little) )?more (\S+)(?= )/, ' rework $1 $2'],
  [/ make (.+?) shorter(?= )/, ' shorten $1'],
  [/ make (.+?) longer(?= )/, ' lengthen $1'],
  [/ make (.+?) simpler(?= )/, ' simplify $1'],
  [/ make (.+?) (?:clearer|more clear)(?= )/, ' clarify $1'],
  [
    / (?:rewrite|rephrase|reword|paraphrase|edit|change|revise|adjust) (.+?) (?:to|so that it|so it)(?: sound| sounds| be| is| look| looks| read| reads| make it)?(?: a bit| a little)? more (\S+)(?= )/,
    ' rework $1 $2',
  ],
  [
    / (?:rewrite|rephrase|reword|paraphrase|put|express|explain|say) ((?:this|that|the|my) (?:\S+ )?)in (?:simple|simpler|plain|easier|easy)(?: to understand)? (?:language|words|terms|english)(?= )/,
    ' simplify $1',
  ],
  [
    / (?:rewrite|rephrase|reword|paraphrase|edit|change|revise|adjust) (.+?) in (?:a |an )?(?:more )?(\S+) (?:tone|style|way|voice|manner)(?= )/,
    ' rework $1 $2',
  ],
  [/ turn ((?:\S+ ){1,5}?)(?:in ?to)(?= )/, ' convert $1to'],
  [/ turn ((?:the |my |a )?\S+) (on|off)(?= )/, ' turn $2 $1'],
  [/ in (?:simple|plain|easy|layman|everyday)(?: 's)? (?:terms|language|words|english)(?= )/, ' simply'],
  [/ in (?:a )?simple way(?= )/, ' simply'],
  [/ (\d+) years? olds?(?: child| kid| boy| girl| children| kids)?(?= )/, ' $1 yearold'],
  [/ (?:that|which|who) (?:is|are|was|were)(?= \S+ing )/, ''],
  // Translating
  [
    new RegExp(` how (?:do|can|would|should) ${anyone} say (.+?) in (${languages})(?= )`),
    ' translate $1 to $2',
  ],
  [
    new RegExp(` what is (?:the )?(${languages}) (?:word |term |translation )?(?:for|of) (.+?)(?= [?.] $)`),
    ' translate $2 to $1',
  ],
  [new RegExp(` what is ((?:the word )?\\S+) in (${languages})(?= )`), ' translate $1 to $2'],
  [new RegExp(` translate (.+?) (?:in|into) (${languages})(?= )`), ' translate $1 to $2'],
  [
    / (?:fix|correct) ((?:the |my |any |all )*(?:grammar|grammatical|spelling|punctuation)) (?:mistake|mistakes|error|errors|issues|problems)(?= )/,
    ' correct $1',
  ],
  [/ (sleep(?: \S+)?) at night(?= )/, ' $1'],
  // Recipes
  [
    / (?:(?:give|show|find|share|provide|suggest|write)(?: me| us)? )?(?:the |a |an |some )?((?:(?!the |a |an |some )\S+ )?)recipes? for(?: making| cooking| a| an)?(?= )/,
    ' how to make $1',
  ],
  [
    /^ (?:(?:create|make|write|give|generate|suggest)(?: me)? )?(?:a |my )?packing list for(?= )/,
    ' what should i pack for',
  ],
  [/ how (?:should|can|could|would|do|does) (.+?) go about (\S+ing)(?= )/, ' how to $2 $1'],
  // Questions turned round
  [
    / (?:what|which) ((?:\S+ )?(?:effects|benefits|advantages|disadvantages|drawbacks|risks|symptoms|problems|features)) (?:can|do|does|could|might|may|will) (.+?) (?:cause|have|bring|offer|provide|produce|give|pose)(?= )/,
    ' what are the $1 of $2',
  ],
  [
    / how (?:can|could|should|do|does|must|might) ((?:\S+ ){1,5}?)be (\S+(?:ed|en|t|lt|n))(?= )/,
    ' how to $2 $1',
  ],
  [
    / how fast (?:do|does|can|is|will) (.+?) (?:travel|traveling|go|going|move|run|fly|swim|drive)(?= )/,
    ' what is the speed of $1',
  ],
  [
    / how much (?:do|does|can) (.+?) (?:earn|make|get paid|get|paid)(?= (?:(?:in|on|per|a|at|each|every) |[?.] $|$))/,
    ' what is the salary of $1',
  ],
  [/ how much (?:are|is) (.+?) paid(?= )/, ' what is the salary of $1'],
  [
    / how many (?:minutes|hours|days|weeks|months|years) (?=(?:should|does it|do i|do you|will it|would it|to) )/,
    ' how long ',
  ],
  [
    / how (?:do|can|would|could) (?:i|you|one|we) (?:know|tell) if (?:i|you|someone|a person) (?:have|has|had)(?= )/,
    ' what are the symptoms of',
  ],
  [
    / how (?:do|can|would|could|to) ?(?:i |you |one |we )?(?:know|tell|find out|figure out) (?:if|when|whether)(?= )/,
    ' how to check if',
  ],
  [/ what (?:does|do) (.+?) cost(?= )/, ' what is the price of $1'],
  // Units
  [/ convert (\d\S*(?: degrees?)? \S+) (?:to|into|in) (\S+)(?= )/, ' how many $2 in $1'],
  [/ (?:what|how much) is (\d\S*(?: degrees?)? \S+) in (\S+)(?= )/, ' how many $2 in $1'],
  [
    / how many (\S+) (?:is|are|equals?|make|makes)(?: there)?(?: in)? (\d\S*(?: degrees?)? \S+)(?= )/,
    ' how many $1 in $2',
  ],
  [/ how many hours of(?= )/, ' how much'],
  // Doing, calculating, needing
  [/^ (?:calculate|compute|evaluate|work out|determine)(?= .*\d)/, ' what is'],
  [/ what happens in(?= )/, ' explain the plot of'],
  [/ summarize the (main|key) points of(?= )/, ' give the $1 points of'],
  [
    / (?:check|search|look through) (.+?) for (bugs|errors|mistakes|problems|issues)(?= )/,
    ' find the $2 in $1',
  ],
  [/ (?:the |an |a )?opposite (?:word )?(?:of|for)(?= )/, ' antonym of'],
  [/ (?:another|a different|other) words? for(?= )/, ' synonym for'],
  [/ (?:the )?(?:highest|largest|greatest|biggest) number of(?= )/, ' the most'],
  [/ (?:the )?(?:lowest|smallest) number of(?= )/, ' the fewest'],
  [/ how long (?:do|does|can|will) (.+?) live(?= )/, ' what is the lifespan of $1'],
  [/ (?:explain (?:it )?)?like i am (?:a )?(?:5|five)(?: years? olds?| yearold)?(?= )/, ' simply'],
  [/ what (?:do|would|will) (?:i|you|we|one) need (?:to get|for)(?= )/, ' what are the requirements for'],
  [/ is it better to(?= (?:\S+ )+or )/, ' should i'],
  [/ teach (?:myself|yourself)(?: to)? (.+?)(?= (?:[?.] )?$)/, ' learn $1 by myself'],
  [/ get ((?:my|your|the|a) \S+) to(?= )/, ' make $1'],
  [
    / how (?:is|are|was|were) ((?:\S+ ){1,4}?)(made|produced|manufactured)(?= )/,
    ' what is the process of making $1',
  ],
  [
    / how ((?:\S+ ){1,4}?)(?:is|are) (?:made|produced|manufactured)(?= )/,
    ' what is the process of making $1',
  ],
  // Keeping, getting, making
  [
    / (?:the )?((?!best|easiest|simplest|greatest)\S+est|quick|fast|cheap|safe|efficient|most \S+)((?: and \S+)?) (ways?|methods?|approach) (to|of|for)(?= )/,
    ' the $3 $4 $1$2',
  ],
  [/ when is (?:the |a )?(?:best |good |right )?time(?: of (?:the )?(?:year|day))? to(?= )/, ' when to'],
  [
    / (?:is|are) (?:a |an |the )?(\S+) (?:required|needed|necessary|mandatory) (?=(?:to|for) )/,
    ' do i need $1 ',
  ],
  [/ what does it take to(?= )/, ' how to'],
  [/ what is the (?:correct |right |proper )?pronunciation of(?= )/, ' how do you pronounce'],
  [/ what is the (?:correct |right |proper )?spelling of(?= )/, ' how do you spell'],
  [/ (?:that|which|to) match(?:es)?(?= )/, ' for'],
  [/ (?:compared|in comparison|relative|as opposed) (?:to|with)(?= )/, ' over'],
  [/ what (?:do|does|did) (.+?) do(?= (?:[?.] )?$)/, ' what is the function of $1'],
  [/ what (\S+(?: \S+)?) does(?= (?:[?.] )?$)/, ' what is the function of $1'],
  [/ what (?:is|are) the (?:role|purpose|job|functions?) of(?= )/, ' what is the function of'],
  [/ (?:keep|prevent|stop) (.+?) from (?=\S+ing )/, ' stop $1 from '],
  [/ get (.+?) out of(?= )/, ' remove $1 from'],
  [/ get (.+?) back(?= )/, ' recover $1'],
  [/ make (.+?) (?:(?:load|run|go|work|boot|start|charge) )?faster(?= )/, ' speed up $1'],
  [/ make (.+?) (lowercase|uppercase|lower case|upper case)(?= )/, ' convert $1 to $2'],
  [/ make (.+?) better(?= )/, ' improve $1'],
  [
    / check (.+?) for (?:grammar|spelling|typos)(?: and (?:grammar|spelling))?(?: errors| mistakes| issues)?(?= )/,
    ' proofread $1',
  ],
  [
    / put (.+?) in (alphabetical|chronological|ascending|descending|reverse) order(?= )/,
    ' sort $1 in $2 order',
  ],
  [/ (?:in order )?for (.+?) to be able to(?= )/, ' for $1 to'],
  [/ be able to(?= )/, ''],
  [/ at what age(?= )/, ' how old'],
  [/ (?:at|on|in) the weekends?(?= )/, ' on weekend'],
  [/ (?:at|in) the same time(?= )/, ' simultaneously'],
  [/ (?:at|from|in) (?:the )?(?:beginning|start)(?= )/, ' at start'],
  [/ as (?:fast|quickly|soon) as possible(?= )/, ' fast'],
  [/ (?:the |a )?difference in (\S+) between(?= )/, ' difference in $1 between'],
  [
    / (?:at )?(?:what|which) temperature (?:do|does|did|will|can) (.+?) (boil|freeze|melt)(?= )/,
    ' what is the $2 temperature of $1',
  ],
  [/^ (.+?) (?:contains?|has|have|holds?) how (many|much) (.+?)(?= (?:[?.] )?$)/, ' how $2 $3 in $1'],
  // Being able, being afraid, being about
  [/ (boiling|freezing|melting) point(?= )/, ' $1 temperature'],
  [/ (?:in order|so as) to(?= )/, ' to'],
  [/ on the (?:topic|subject|theme) of(?= )/, ' about'],
  [/ (?:is|are|was|were) (?:located|situated|found)(?= )/, ' is'],
  [/ (?:located|situated)(?= [?.] $)/, ''],
  [/ there(?= (?:in|are|is) )/, ''],
  [/ in the (?:whole |entire )?world(?= )/, ''],
];

/** What kind of answer is wanted. The first rule that applies decides. Its replacement stays among the words. */
export const ASKS: readonly (readonly [Ask, RegExp, string])[] = [
  // Why
  [
    'why',
    anywhere(
      'what (?:is|are|was|were) (?:the )?(?:main |major |primary |real )?(?:reason|reasons|cause|causes|explanation)(?: for| of| that| why| behind)?(?: the fact that)?',
    ),
    '',
  ],
  [
    'why',
    opening(
      'what (?:makes|made|causes|caused|cause|leads to|led to|triggers|triggered|is causing|brings about)',
    ),
    '',
  ],
  ['why', opening('what (?:is|was) the (?:importance|significance) of'), ' important'],
  ['why', opening(`(?:how come|for what reason|(?:explain |describe )?why)(?: ${auxiliary})?`), ''],
  // Measures, before other questions with "how" and "what"
  [
    'measure',
    anywhere('how much time(?: (?:does it take|will it take|it takes|do i need|is needed))?'),
    ' how-long',
  ],
  [
    'measure',
    / how much (?:money )?(?:do|does|did|would|will|is|are) (.+?) (?:cost|worth)(?= )/,
    ' price $1',
  ],
  ['measure', / how much (?:do|does|did|would|will) (.+?) weigh(?= )/, ' how-heavy $1'],
  ['measure', opening('how much (?:is|are)(?= (?:a|an|the) )'), ' price'],
  [
    'measure',
    anywhere(
      `how (tall|high|deep|wide|long|old|big|large|heavy|fast|far|often|frequently|expensive|hot|cold|warm|thick|strong|loud|bright)(?: away| apart)?(?: (?:does it take|it takes|will it take))?(?: ${auxiliary})?(?: (?:i|you|we|one))?`,
    ),
    ' how-$1',
  ],
  [
    'measure',
    opening(
      'what (?:is|was|are|were) the (?!way |ways )((?:\\S+ )?)(height|depth|width|length|age|size|weight|speed|distance|frequency|price|cost|temperature|duration)(?: of| between| from| to)?',
    ),
    ' $1$2',
  ],
  [
    'measure',
    / what (?:is|was|are|were) (.+?) 's (height|depth|width|length|age|size|weight|speed|distance|price|cost|temperature)(?= )/,
    ' $2 $1',
  ],
  [
    'measure',
    opening('(?:at )?what (temperature|speed|price|height|depth)(?: (?:do|does|did|is|should|will))?'),
    ' $1',
  ],
  ['howmany', anywhere('(?:what is |find )?(?:the )?(?:total )?(?:number|amount|quantity) of'), ''],
  ['howmany', anywhere('how many'), ''],
  ['howmuch', anywhere('how much(?: of)?'), ''],
  // When, where, who
  [
    'when',
    opening(
      `(?:(?:in |on |at )?(?:what|which) (?:year|date|day|month|century)|(?:at )?what time(?= (?:do|does|did|will|can|should|is the|was the) )|what (?:is|are) the best (?:time|times|season|month|day)(?: of (?:the )?(?:year|day))? (?:to|for)|what (?:is|was) the (?:year|date|day)(?: of| when| that| in which)?|at what time|(?:explain |tell me )?when)(?: ${auxiliary})?(?: (?:i|you|we|one))?`,
    ),
    '',
  ],
  [
    'where',
    opening(
      `(?:in (?:what|which) (?:place|location|part of the world)|what is the location of|(?:explain |tell me )?where)(?: ${auxiliary})?(?: (?:i|you|we|one|people))?`,
    ),
    '',
  ],
  [
    'who',
    opening(`(?:who|which person|what person) (?:is|was|are|were) (?:the )?${makers} (?:of|behind|for)`),
    ' $1',
  ],
  [
    'who',
    opening('(?:who|whom|whose|which person|what person|what is the name of the person (?:who|that))'),
    '',
  ],
  // How to
  [
    'howto',
    anywhere(
      `(?:(?:what (?:is|are|would be)|is there|are there|tell me|show me|give me|find|explain|describe|share|suggest) )?(?:${nice} )*${way} (?:to|of|for|i can|that i can|in which i can|you can|i could)`,
    ),
    '',
  ],
  [
    'howto',
    anywhere(
      `(?:(?:give me|show me|share|provide|write|suggest|list|what are|any|offer) )?(?:(?:some|the|a few|your|best|good|useful|helpful|a|an) )*(?:(\\d+) )?(?:(?:some|best|good|useful|helpful) )*${tips} (?:to|for|on|about|how to|on how to)`,
    ),
    ' $1',
  ],
  [
    'howto',
    anywhere(
      `how (?:do|can|could|should|would|might|must|shall|may) ${anyone}(?: (?:best|properly|safely|go about|possibly|actually))*`,
    ),
    '',
  ],
  ['howto', anywhere(`(?:(?:explain|describe|show me|teach me|tell me|learn|know) )?how (?:best )?to`), ''],
  [
    'howto',
    anywhere(
      `what (?:can|should|do|must|could|would) ${anyone} (?:need to |have to )?do (?:to|in order to|if i want to|so that i can|so i can)`,
    ),
    '',
  ],
  ['howto', start('(?:show|teach) me to'), ''],
  [
    'howto',
    / (?:what|which) (?:is |are )?(?:the )?((?:\S+ )?)(?:command|code|syntax|formula|query|shortcut|statement|function|expression) (?:is used |do i use |should i use |i use )?(?:to(?= )|for(?= \S+ing ))/,
    ' $1',
  ],
  ['howto', / (?:what|which) (?:is |are )?(?:the )?(\S+) for(?= \S+ing )/, ' $1'],
  [
    'howto',
    start(
      `(?:what|which) (?:command|code|syntax|formula|query|shortcut|statement) (?=(?:shows|displays|prints|deletes|lists|creates|removes|gives|gets|returns) )`,
    ),
    ' ',
  ],
  // How
  ['what', opening('how (?:is|are|will|was) the weather(?: like)?'), ' weather'],
  ['what', opening('what (?:is|are|will|was) the weather like'), ' weather'],
  ['what', / how (?:do|does|did|is|are) (.+?) (?:differ|different)(?: from)?(?= )/, ' difference $1'],
  [
    'how',
    opening(`(?:(?:explain|describe|tell me|give an explanation of) )?(?:exactly )?how(?: ${auxiliary})?`),
    '',
  ],
  // What
  ['what', / what (?:do|does|did) (.+?) (?:mean|stand for)(?= )/, ' $1'],
  [
    'what',
    anywhere('(?:(?:what is|explain|tell me|give me|find) )?(?:the )?(?:meaning|definition|concept) of'),
    '',
  ],
  ['what', start(`define(?: ${auxiliary})?`), ''],
  [
    'explain',
    start(
      `(?:explain|describe|clarify|elaborate on|tell me (?:more )?about|give (?:me )?(?:an |a )?(?:brief |short |quick )?(?:explanation|overview|description|definition|introduction) (?:of|to)|what do you know about|what can you tell me about|talk about)(?: to me)?(?: (?:what|which))?(?: ${auxiliary})?`,
    ),
    '',
  ],
  ['what', opening('what (?:is|are) the (?:main |key |biggest )?differences? (?:between|of)'), ' difference'],
  ['what', start('(?:the )?differences? between'), ' difference'],
  ['what', start('compare(?: and contrast)?'), ' difference'],
  [
    'give',
    start(
      `(?:give|show|list|name|suggest|recommend|provide|share|offer|propose|enumerate|find|tell|generate|create|make|write|come up with)(?: me| us)? (?:(?:some|a few|a|an|the|all) )*list of`,
    ),
    '',
  ],
  [
    'give',
    start(
      '(?:give|show|list|name|suggest|recommend|provide|share|offer|propose|enumerate|list out|find)(?: me| us)?(?: (?:some|a few))*',
    ),
    '',
  ],
  ['give', start('tell me'), ''],
  ['give', opening('(?:are there|is there|what are|what is|what were)(?: (?:some|any|a few))+'), ''],
  [
    'create',
    start(
      '(?:write|create|compose|draft|make|generate|produce|build|craft|design|develop|come up with|prepare|formulate|put together|implement)(?: (?:me|us|up))?',
    ),
    '',
  ],
  ['what', opening(`(?:what|which)(?: ${auxiliary})?(?: (?:i|you|we|one|people))?(?: to)?`), ''],
  // Yes or no
  [
    'can',
    opening(
      `(?:(?:is|would) it (?:possible|ok|okay|fine|alright|all right|allowed|acceptable|feasible|permitted)(?: for me)? (?:to|if i|that i)|(?:am i|are you|are we) (?:able|allowed|permitted) to|(?:can|could|may|might)(?: ${anyone})?)`,
    ),
    '',
  ],
  [
    'must',
    opening(
      `(?:must ${anyone}|do ${anyone} (?:need|have) to|is it (?:necessary|required|mandatory) to|am i required to)`,
    ),
    '',
  ],
  ['must', opening(`do ${anyone} need`), ''],
  ['should', opening(`(?:should|shall|ought)(?: ${anyone})?`), ''],
  ['will', opening('(?:will|would)'), ''],
  ['is', opening('(?:is it (?:true|the case|correct)(?: that)?|whether|if)'), ''],
  ['is', opening('(?:is|are|was|were|am|do|does|did|has|have|had)'), ''],
];
