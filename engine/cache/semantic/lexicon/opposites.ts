/**
 * Words that turn a prompt into another one when they are swapped: left and right of the slash exclude each other. Needed
 * for small words, which the comparison would otherwise pass over, and to name the reason when it refuses.
 */
export const OPPOSITES = `
increase raise boost grow rise / decrease reduce lower diminish fall drop
gain / lose
buy purchase / sell
open / close shut
start begin / stop end finish
enable activate / disable deactivate
on / off
up / down
in inside indoor indoors / out outside outdoor outdoors
into / from
to toward towards / from
with / without
before / after
above over / below under beneath
for pro / against con
first / last final second third
next / previous last
early earlier earliest / late later latest
best good better great / worst bad worse terrible
most more / least less fewer few
many / few
all every each / none no some few one
always / never sometimes
any / none
only / all
maximum max highest largest biggest / minimum min lowest smallest
largest biggest big large / smallest small tiny little
tallest tall / shortest short
longest long longer / shortest short shorter brief
high higher highest / low lower lowest
fast fastest quick / slow slowest slowly
hot hottest warm / cold coldest cool
old oldest older elderly / new newest young youngest younger modern
easy simple / hard difficult complex advanced
cheap cheapest affordable / expensive costly luxury
rich / poor
strong strongest strength / weak weakest weakness
light / heavy dark
happy / sad angry
funny humorous / serious sad scary
formal professional / informal casual friendly
polite friendly / rude angry assertive
safe / dangerous unsafe
healthy / unhealthy
legal / illegal
true right correct / false wrong incorrect
public / private
advantage benefit pro upside strength / disadvantage drawback con downside weakness risk
benefit / risk danger harm effect
pros / cons
positive / negative
success / failure
love like / hate dislike
accept / reject refuse decline
allow / forbid ban prevent block
add / remove subtract delete
create make build / delete destroy remove
install / uninstall
connect / disconnect
import / export
upload / download
encrypt / decrypt
encode / decode
compress zip / decompress unzip extract
lock / unlock
push / pull
read / write
send / receive
lend / borrow
win / lose
attract / repel
ascending / descending
horizontal / vertical
left / right
north northern / south southern east eastern west western
east eastern / west western
summer / winter spring autumn fall
spring / autumn fall winter
morning / evening night afternoon
day / night
today / tomorrow yesterday
tomorrow / yesterday
past history / future
arrive / leave depart
beginner novice / expert professional advanced
child kid baby children / adult man woman adults
male man men boy / female woman women girl
husband / wife
brother / sister
mother mom / father dad
son / daughter
he him his / she her hers
uncle / aunt
king / queen
student / teacher
employee / employer boss
buyer / seller
cause / effect cure prevent
question / answer
problem / solution
input / output
client / server
vegetarian vegan / meat beef chicken pork fish
raw / cooked
wet / dry
full / empty
single / married multiple double
inclusive / exclusive
internal / external
absolute / relative
static / dynamic
local / remote global
front / back
top / bottom
forward forwards / backward backwards
clockwise / counterclockwise
plus / minus
multiply / divide
can / cannot
must / may
boiling boil / freezing freeze melting melt
freezing freeze / melting melt
summarize / expand
shorten shorter / lengthen longer
let / const var
yes / no
`;
