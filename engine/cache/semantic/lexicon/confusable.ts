/** Words that look like misspellings of each other but are both words. Any two on a line. */
const lines = `
country county
contract contact
patient patent
steam stream
desert dessert
angel angle
trial trail
diary dairy
causal casual
marital martial
united untied
adverse averse
through though thorough
border boarder
dinner diner
latter later
comma coma
silver sliver
police polite
sacred scared scarred
tired tried tied
world would word
plant planet plan
planning planing
hoping hopping
staring starring
taping tapping
preform perform
calvary cavalry
moral morale
bread beard board
brother bother
mother moth
corps corpse
mourning morning
window widow
insulin inulin
pirate private
kitchen kitten
market maker
minister minster
string sting
strong string
shirt short skirt
sweet sweat
throne thorn
treat threat
learn lean
heart hear
crash cash
crown crow
flight fight
ground round
native naive
prince price
server severe
friend fiend
chicken chick
singer single
finger finer
father farther feather
weather whether
breath breathe
human humane
urban urbane
cannon canon
dollar collar
medal metal
barley barely
bridge bride
broad board
clothes cloths
couch coach
county count
design resign
dragon dragoon
eminent imminent
former format
lighting lightning
manger manager
modern modem
massage message
nuclear unclear
parish perish
placement replacement
poplar popular
precede proceed
proscribe prescribe
quite quiet
raise rise
reverse reserve
savior savor
signal single
sliver silver
stationary stationery
statue status statute
temper tamper
tortuous torturous
venial venal
wander wonder
`;

export const CONFUSABLE: ReadonlySet<string> = new Set(
  lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.split(' ');
      return words.flatMap((a) => words.filter((b) => b !== a).map((b) => `${a} ${b}`));
    }),
);
