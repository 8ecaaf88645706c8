/**
 * Words and phrases that ask for the same thing in a prompt: one line, one meaning. Written for this project, from common
 * knowledge of English. A word may stand in several lines; then it has several meanings, and two words match when they
 * share one. Only base forms are listed (`run` stands for runs, ran, running).
 *
 * A line must hold only words that one can swap in nearly every prompt. When in doubt leave it out: a missing synonym costs
 * a hit, a wrong one serves a wrong answer.
 */
export const SYNONYMS = `
# what one does with things
delete, remove, erase, eliminate, get rid of, discard, clear
erase, wipe
buy, purchase
get, obtain, acquire
receive, get sent
exam, test, examination
get, become
repair, fix, mend
fix, correct
fix, solve, resolve, troubleshoot
correct, proofread
start, begin, commence
start, launch
end, finish, conclude, terminate
finish, complete
stop, quit, cease, give up
stop, halt
stop, prevent, avoid
choose, pick, select, decide on
increase, raise, boost
raise, lift
boost, strengthen, improve
improve, enhance, better, make better, become better, get better, improvement
decrease, reduce, lower, cut, cut down, diminish, lessen, reduction
convert, turn into, transform, change into, conversion
change, modify, alter, edit
change, replace, swap, switch
update, upgrade
join, concatenate, combine, merge
mix, blend
split, divide
loop, iterate, go through, loop through, iterate over, loop over
check, verify, test, determine, see
check, detect, tell
calculate, compute, work out, calculation
find, locate, look for, search for, search
find, discover
display, show
print, output
count, number of, count the number of
count, tally
create, make, build
create, set up
setup, set up, configure, configuration
start, set up
install, installation
declare, define, declaration
throw away, dispose of, discard
keep, stay, remain
keep, store
store, save
help, assist, aid, assistance
teach, train
learn, study
understand, grasp, comprehend
use, utilize, employ
use, usage
handle, deal with, manage, cope with
overcome, get over, recover from
allow, permit, let
require, need, requirement
cause, lead to, result in, bring about, trigger
happen, occur, take place
connect, link
hook up, connect
attach, fasten
answer, reply, respond, response
ask, inquire
ask for, request
talk, speak, chat
speech, talk
discuss, talk about
tell, inform
say, express
call, phone, telephone, ring
send, mail
visit, go to, travel to
trip, journey, vacation, holiday, travel
leave, depart
arrive, get to, reach
move, relocate
move, transfer
go, travel
return, go back
return, give back
walk, stroll
run, jog
run, execute
rest, relax
hire, recruit
dismiss, fire, lay off
earn, make money
spend, pay
rent, lease
own, possess
win, victory
defeat, beat
lose weight, slim down, weight loss, shed weight, drop weight, shed pounds
lose, misplace
lose, get rid of, shed, drop
save money, spend less, save
invest, investment
cook, prepare, make
bake, make
prepare, get ready, preparation
boil, cook
wash, clean
clean, tidy
grow, cultivate
grow, growth
eat, consume
drink, consume
consume, consumption
water, irrigate
sleep, fall asleep
sleep better, improve sleep quality, improve sleep, get better sleep, improve quality of sleep
wake up, get up
teach, educate
fear, be afraid of, afraid of, scared of, frightened of, fearful
like, enjoy, love
dislike, hate
want, wish
try, attempt
protect, guard, safeguard, secure, protection
harm, hurt, damage
harmful, bad
hide, conceal
reveal, disclose
look, appear, seem
see, watch, view
see, look at
watch, view
contain, include, comprise
explain, describe, clarify, explanation, description
summarize, summary, sum up, recap, summarization, tldr, synopsis
shorten, make shorter, condense, abbreviate
lengthen, make longer
simplify, make simpler, simpler, make easier, simplification
clarify, make clearer
translate, translation
rewrite, rephrase, reword, paraphrase, rework
compare, comparison, contrast
difference, differ, different, distinguish, distinction, differentiate, compare, contrast
similarity, similar, have in common, resemble
suggest, recommend, propose, suggestion, recommendation
plan, organize
organize, arrange, sort out
schedule, timetable
debug, fix, troubleshoot
undo, revert
cancel, call off
cancel, unsubscribe
exit, quit
open, launch
close, shut
divide, division
multiply, multiplication
border, neighbor, share a border with
celebrate, celebration
marry, get married, wed
die, pass away, death
born, birth
cry, weep
shout, yell
repair, restore
restore, recover
retrieve, recover, get back
access, get into
log in, login, sign in, signin
log out, logout, sign out, signout
sign up, register, registration
turn on, switch on, activate, enable
turn off, switch off, deactivate, disable, shut off
turn off, shut down
shut down, power off
reboot, restart
concentrate, focus
memorize, remember
remember, recall
practice, rehearse
exercise, workout, work out, training
exercise, physical activity
win over, convince, persuade
motivate, motivation, motivated
inspire, inspiration
relax, calm down, unwind
treat, cure, remedy, treatment
heal, recover
deal with, treat
prevent, prevention
protect, prevent
publish, release, publication
release, launch, come out
invent, inventor, invention
discover, discoverer, discovery
found, establish, founder
direct, director
compose, composer
paint, painter
design, designer
write, author, writer, pen
develop, developer, development
create, creator
lead, leader
rule, govern, ruler
perform, performance
analyze, analysis, examine
evaluate, assess, evaluation, assessment
measure, measurement
implement, implementation
introduce, introduction
apply, application
argue, argument
believe, belief
behave, behavior
choose, choice
decide, decision
educate, education
encourage, encouragement
populous, populated, population

# things
car, automobile, auto
bike, bicycle
motorcycle, motorbike
airplane, plane, aircraft
flight, fly
truck, lorry
subway, underground, metro
gas, gasoline, petrol
elevator, lift
apartment, flat
house, home
faucet, tap
trash, garbage, rubbish
couch, sofa
fridge, refrigerator
tv, television
cell phone, mobile phone, smartphone, phone, mobile, cellphone
laptop, notebook computer
pc, computer
photo, picture, photograph, image
movie, film
tv show, series, tv series, show
store, shop
supermarket, grocery store
groceries, food shopping
pants, trousers
sweater, jumper
sneaker, running shoe, trainer
clothes, clothing, outfit, wear
sea, ocean
forest, woods
stone, rock
street, road
town, city
country, nation
woman, lady
man, guy
child, kid
mother, mom, mum, mommy, mama
father, dad, daddy, papa
grandmother, grandma, granny
grandfather, grandpa
dog, pup
cat, kitty
rabbit, bunny
doctor, physician, medical doctor
lawyer, attorney
teacher, instructor
professor, lecturer
boss, manager, supervisor
colleague, coworker, co worker
worker, employee
company, business, firm, corporation
customer, client
job, position, occupation, role
job, work
salary, wage, pay
raise, pay rise, pay raise, salary increase
vacation, holiday
money, cash
price, cost, how expensive
cheap, inexpensive, affordable, low cost, budget
expensive, costly
present, gift
party, celebration
meal, dish
food, dish
dinner, supper
candy, sweets
cookie, biscuit
fries, chips
soda, soft drink
eggplant, aubergine
zucchini, courgette
cilantro, coriander
recipe, way to cook
ingredient, component
illness, disease, sickness
ill, sick
symptom, sign
medicine, medication, drug
pill, tablet
stomach ache, stomach pain, stomachache
headache, head pain
pain, ache
flu, influenza
high blood pressure, hypertension
heart attack, myocardial infarction
vaccine, vaccination
weight, how heavy
mistake, error, blunder
error, bug, fault
problem, issue, trouble, difficulty
advantage, benefit, pro, upside, plus, positive
disadvantage, drawback, con, downside, negative, shortcoming
strength, strong point, strong
weakness, weak point, weak
goal, aim, objective, target
purpose, function, aim, what for
reason, cause, why
effect, impact, consequence, influence, affect
result, outcome
method, way, approach, technique
tip, advice, hint, trick, suggestion
step, stage
rule, regulation
law, legislation
example, sample, instance
idea, thought
opinion, view, viewpoint
fact, truth
feature, characteristic, property
kind, type, sort, category
part, piece, component
list, enumeration
group, set
beginner, novice, newbie, newcomer, starter, someone new to, new to, person new to, starting out, just starting
expert, professional, specialist
adult, grown up, grownup
teenager, teen, adolescent
baby, infant
elderly, old people, senior, seniors, older people
pupil, student
friend, buddy, pal
husband, spouse
wife, spouse
person, human, individual
people, folks, persons, humans
language, tongue
word, term
sentence, phrase
paper, essay
story, tale
poem, verse
book, novel
chapter, section
title, headline
picture, drawing
music, song
singer, vocalist
author, writer, who wrote
email, mail, e mail
message, note
letter, note
cv, resume, curriculum vitae
cover letter, application letter
interview, job interview
meeting, appointment
speech, address
website, site, web page, webpage, web site
app, application
software, program
folder, directory
hard drive, hard disk
file, document
doc, document
spreadsheet, sheet
password, passcode
username, user name
network, net
internet, web
wifi, wi fi, wireless
cpu, processor
ram, memory
gpu, graphics card
database, db
repository, repo
directory, dir
function, method
function, func
parameter, argument, param
variable, var
array, list
dictionary, dict, hash map, hashmap
map, dictionary
string, str
integer, int
boolean, bool
object, obj
regex, regular expression, regexp
operating system, os
environment, env
configuration, config
command, cmd
command line, terminal, cli, shell
script, program
code, source code, program
syntax, notation
library, package
dependency, package
exception, error
bug, defect
server, host
documentation, docs
specification, spec
authentication, auth
administrator, admin
information, info, detail
statistics, stats
mathematics, math, maths
advertisement, ad, advert, commercial
temperature, temp
minute, min
second, sec
hour, hr
kilometer, km
meter, m
centimeter, cm
millimeter, mm
kilogram, kg, kilo
gram, g
milligram, mg
pound, lb
ounce, oz
liter, l
milliliter, ml
foot, ft
mile, mi
mph, mile per hour
kph, km h, kilometer per hour
celsius, degree celsius, centigrade, °c, degree c
fahrenheit, degree fahrenheit, °f, degree f
kelvin, k
percent, %
dollar, usd, $, us dollar
euro, eur, €
pound sterling, gbp, british pound, £
yen, jpy, ¥
gigabyte, gb
megabyte, mb
kilobyte, kb
terabyte, tb
year, yr
birthday, date of birth
photo editing, edit photo

# names
usa, united states, united states of america, america, us
uk, united kingdom, britain, great britain
eu, european union
uae, united arab emirates
un, united nations
nyc, new york city
la, los angeles
sf, san francisco
dc, washington dc
ww1, world war 1, world war one, first world war, wwi, world war i, great war
ww2, world war 2, world war two, second world war, wwii, world war ii
ai, artificial intelligence
ml, machine learning
nlp, natural language processing
llm, large language model
javascript, js
typescript, ts
python, py
golang, go language
kubernetes, k8s
postgresql, postgres
mongodb, mongo
c sharp, c#
c plus plus, c++
nodejs, node.js, node
react, reactjs, react.js
vue, vuejs, vue.js
aws, amazon web service
gcp, google cloud, google cloud platform
vm, virtual machine
api, application programming interface
ui, user interface
ux, user experience
seo, search engine optimization
url, web address, link
html, hypertext markup language
css, cascading style sheet
sql, structured query language
pdf, pdf file
csv, csv file
json, json file
xml, xml file
iot, internet of things
vr, virtual reality
ar, augmented reality
vpn, virtual private network
gdp, gross domestic product
ceo, chief executive officer
cfo, chief financial officer
cto, chief technology officer
hr, human resources
pr, public relations
roi, return on investment
kpi, key performance indicator
faq, frequently asked question
diy, do it yourself
adhd, attention deficit hyperactivity disorder
ptsd, post traumatic stress disorder
bmi, body mass index
ivf, in vitro fertilization
dna, deoxyribonucleic acid
co2, carbon dioxide
h2o, water
climate change, global warming
oop, object oriented programming
mba, master of business administration
phd, doctorate
nba, national basketball association
xmas, christmas

# how things are
big, large, huge
large, populous
great, large
maximum, largest, biggest, max, greatest
maximum, highest, max
minimum, smallest, min, least
minimum, lowest, min
max, maximum
min, minimum
small, little, tiny
tall, high, height, how tall, how high
deep, depth, how deep
wide, broad, width, how wide
long, length
old, age, how old
old, aged
heavy, weigh, weight
cold, chilly
fast, quick, rapid, quickly, speedy, in a hurry, swift
fast, speed, how fast, velocity
easy, simple, easily, easy to follow, effortless, straightforward, not difficult
simple, plain, simply, basic, easy to understand
simple, layman, everyday
term, language, word
hard, difficult, challenging, tough
smart, intelligent, clever
stupid, dumb
happy, glad, cheerful
sad, unhappy
angry, mad
afraid, scared, frightened
tired, exhausted
beautiful, pretty, lovely
good, great, nice
great, excellent, fantastic, amazing, awesome
bad, poor, terrible, awful
funny, humorous, amusing, hilarious, comedic
interesting, fascinating, engaging
boring, dull
important, significant, essential, crucial, importance, significance, matter, vital, key
main, primary, principal, key, major
common, frequent, typical, popular, usual
popular, well known, famous
often, frequently, frequency, how often, how frequently
usually, generally, typically, normally
always, all the time, constantly
right away, immediately, instantly
current, present
modern, contemporary
ancient, old
new, recent
fresh, new
rich, wealthy
poor, low income
quiet, silent
loud, noisy
safe, safely, safety
dangerous, risky, unsafe, hazardous
danger, risk, hazard
toxic, poisonous
healthy, good for you, nutritious, good for your health, health
tasty, delicious, yummy
effective, efficient, effectively, efficiently
productive, productivity
creative, creativity
polite, courteous, politely
rude, impolite
friendly, kind
formal, formally, professional
informal, casual
correct, right, accurate, correctly, properly, proper
wrong, incorrect
true, correct
broken, fail, not work, stop work, not function, failing
leaky, leak
torn, ripped, tear, rip
stuck, frozen
whole, entire
enough, sufficient
necessary, required, needed
possible, feasible
legal, lawful, allowed by law, legally
illegal, against the law, illegally, unlawful
free, free of charge, no cost
remote, from home, remotely, at home
online, on the internet, over the internet
abroad, overseas
vegetarian, meatless, meat free, veggie
grammar, grammatical
spelling, spell
punctuation, punctuate
step by step, stepwise
short, brief, concise, briefly
long, lengthy
last, final
near, close to, nearby
around, approximately, about, roughly
start, onset
boil point, boil temperature, boiling point
freeze point, freeze temperature, freezing point
melt point, melt temperature, melting point
weather, forecast
duration, how long, take long
distance, how far, far
size, how big, how large, big
temperature, how hot, how warm, how cold
price, how much do, cost
night, at night, nighttime
morning, in the morning
weekend, on the weekend
new year, new years eve
packing list, what to pack, pack
shopping list, what to buy
bullet point, bullet
name idea, name
headache relief, relieve headache
sign, indication
quote, quotation
dress, outfit
capital, capital city
currency, money
inhabitant, resident
leader, head
best friend, bestie
wedding, marriage ceremony
heart, cardiac
brain, mind
skin care, skincare
hair loss, lose hair
back pain, backache
breakup, break up
roommate, flatmate
soccer, football
fall, autumn

find, calculate, compute, determine, work out, figure out, solve for
sunset, sun set
sunrise, sun rise
bad, unhealthy, bad for you, bad for your health, unhealthful
exchange rate, conversion rate
speed up, accelerate, quicken
slow down, decelerate
wish, message, greeting
top, highest, best+est
highest, tallest
checklist, to do list, todo list, list
daily, per day, each day, every day
weekly, per week, each week, every week
monthly, per month, each month, every month
yearly, annually, annual, per year, each year, every year
hourly, per hour
homemade, from scratch, at home
program, code, programming, coding
learn to code, learn programming, learn coding, learn to program
resignation letter, letter of resignation
recommendation letter, letter of recommendation
salary, earn, income, earning, pay
kid friendly, child friendly, for kid, for child
pregnant, pregnancy, expecting
diabetic, diabetes
asthmatic, asthma
allergic, allergy
anxious, anxiety
depressed, depression
stressed, stress
lonely, loneliness
confident, confidence
shy, shyness
nervous, nerve
mexican, mexico
italian, italy
french, france
german, germany
spanish, spain
american, usa
british, uk
canadian, canada
japanese, japan
chinese, china
indian, india
russian, russia
brazilian, brazil
greek, greece
egyptian, egypt
roman, rome
swedish, sweden
swiss, switzerland
dutch, netherlands, holland
polish, poland
turkish, turkey
australian, australia
european, europe
african, africa
asian, asia
assemble, put together
assemble, build
construct, build, building
demolish, tear down
fill in, fill out, complete
hand in, submit, turn in
look after, take care of, care for, care
look up, search
point out, mention
put off, postpone, delay
put on, wear
take off, remove
throw out, throw away
try out, test
bring up, raise
come up with, think of, invent
cut off, sever
find out, discover, learn
give out, distribute, hand out
go over, review
keep up with, follow
leave out, omit, skip
make up, invent
pick up, collect
run into, encounter, face
set up, establish, found
show off, boast
take over, assume
think about, consider
turn down, reject, refuse, decline
use up, exhaust
write down, note
back up, backup
clean up, clean
heat up, heat, warm up, reheat
cool down, cool
dry out, dry
melt, thaw, defrost
freeze, frozen
fry, pan fry
chop, cut
stir, mix
peel, skin
plant, sow
dig, excavate
draw, sketch
record, tape
print out, print
scan, digitize
enter, input
insert, add, put in
append, add
sort, order, arrange
shuffle, randomize
reverse, invert, flip
rotate, turn
resize, scale
crop, trim
trim, strip
parse, interpret
serialize, stringify, convert to json
validate, verify, check
authenticate, log in
deploy, ship, release
host, serve
compile, build
mock, stub, fake
fetch, retrieve, get
call, invoke, run
initialize, init, set up
instantiate, create
extend, inherit, subclass
ignore, skip
exclude, leave out, omit
block, prevent, ban
alert, warn
monitor, track, watch, observe
log, record
copy, duplicate, clone
paste, insert
rename, change name
truncate, shorten
element, item, entry, member
character, char, letter
line, row
column, field
property, attribute, field
method, member function
subclass, child class, derived class
superclass, parent class, base class
constructor, initializer
null, none, nil
whitespace, space, blank
newline, line break
recursion, recursive, recursively
algorithm, procedure
complexity, big o
asynchronous, async, asynchronously
synchronous, sync
endpoint, route
frontend, front end, client side
backend, back end, server side
fullstack, full stack
mobile app, app
smartphone, phone
screenshot, screen capture, screen shot
screen, display
keyboard shortcut, shortcut, hotkey
trash, recycle bin, bin
inbox, mailbox
spam, junk mail, junk
attachment, attached file
calendar, schedule
alarm, alarm clock
noise, sound
microwave, microwave oven
pan, skillet, frying pan
cast iron pan, cast iron skillet, cast iron
bathroom, restroom, toilet, washroom
lawn, grass
roof, rooftop
floor, flooring
furniture, furnishing
carpet, rug
curtain, drape
bulb, light bulb
battery, battery pack
charger, charging cable
plug, outlet, socket
wire, cable
tool, instrument
glue, adhesive
stain, spot, mark
smell, odor, scent
dirt, grime
rust, corrosion
mold, mildew
pest, bug, insect
bug, insect
mouse, rodent
snake, serpent
puppy, young dog
kitten, young cat
pork, pig meat
shrimp, prawn
bread, loaf
chili, chilli
pepper, capsicum
spring onion, green onion, scallion
corn, maize
garbanzo, chickpea
sugar, sweetener
belly, stomach, tummy, abdominal, abdomen
pimple, acne, zit
bruise, contusion
cut, wound
fever, high temperature
cough, coughing
sneeze, sneezing
vomit, throw up
nausea, nauseous
diarrhea, loose stool
constipation, constipated
insomnia, sleeplessness
snore, snoring
migraine, bad headache
stroke, cerebrovascular accident
surgery, operation
pharmacist, pharmacy
dentist, dental
therapist, therapy, counselor
workout, exercise routine, training plan, exercise program
workout plan, exercise plan, training plan, fitness plan, workout routine, exercise routine
meal plan, diet plan, menu
gain muscle, build muscle, put on muscle, muscle gain
gain weight, put on weight, weight gain
calorie, kcal
swim, swimming
bike ride, cycling, biking
hike, trek
camp, camping
beach, seaside
airport, airfield
train station, railway station
bus stop, bus station
luggage, baggage, suitcase
passport, travel document
itinerary, travel plan, trip plan
tourist, traveler, visitor
tourist attraction, attraction, sight, thing to see, landmark
restaurant, place to eat, diner
cafe, coffee shop, coffeehouse
bar, pub
market, marketplace
bank, financial institution
mortgage, home loan
debt, money owed
insurance, coverage
stock market, equity market, share market
bond, fixed income
cryptocurrency, crypto
bitcoin, btc
revenue, sales, turnover
budget, spending plan
discount, price reduction
refund, money back
invoice, bill
receipt, proof of purchase
contract, agreement
negotiate, bargain
quit job, resign, leave job
promotion, advancement
deadline, due date
presentation, slide deck, slides
proposal, pitch
brainstorm, come up with
teamwork, collaboration, working together
leadership, leading
remote work, work remotely, work from home, working from home, telecommute, wfh
freelancer, freelance, self employed
entrepreneur, business owner
startup, new business, start up
small business, small company
marketing, promotion
logo, emblem
slogan, tagline, motto
social media, social network
instagram, ig
tweet, twitter post
follower, fan
hashtag, tag
blog, blog post, weblog
newsletter, email newsletter
podcast, audio show
youtube video, youtube
vlog, video blog
essay, composition
thesis, dissertation
introduction, opening, intro
conclusion, ending, closing
plot, storyline
villain, antagonist
theme, main idea, central idea
moral, lesson
outline, structure
edit, revise
citation, reference
bibliography, reference list
quote, citation, saying
proverb, saying
riddle, puzzle
joke, pun
pun, wordplay
lyrics, song text
melody, tune
painting, picture, artwork
sculpture, statue
theater, playhouse
actor, performer, star
star in, act in, play in
director, filmmaker
scientist, researcher
programmer, developer, software developer, software engineer, coder
architect, architecture
pilot, aviator
soldier, troop
police, cop, police officer
firefighter, fireman
prime minister, pm
election, vote
peace, harmony
treaty, agreement, pact
revolution, uprising
empire, realm
colony, settlement
slave, slavery
independence, freedom
constitution, founding law
murder, kill, killing
steal, theft, rob
prison, jail
court, tribunal
judge, justice
universe, cosmos
galaxy, star system
earth, planet earth, globe
solar system, planetary system
outer space, space
gravity, gravitation, gravitational force
solar power, solar energy
nuclear power, nuclear energy
wind power, wind energy
electric car, ev, electric vehicle
pollution, contamination
recycle, recycling
rain, rainfall
snow, snowfall
storm, tempest
earthquake, quake
tsunami, tidal wave
volcano, volcanic
flood, flooding
drought, dry spell
fossil, remains
gene, genetic
cell, cellular
bacterium, bacterial
virus, viral
atom, atomic
molecule, molecular
sum, total, add up
average, mean
median, middle value
probability, chance, likelihood, odds
triangle, triangular
volume, capacity
square root, root
derivative, differentiate
integral, integrate
theorem, proposition
proof, prove
homework, assignment
grade, mark, score
course, class
lesson, class
school, academy
university, college
degree, diploma
scholarship, grant
kindergarten, preschool
date, dating
divorce, split up
argue, fight, quarrel
apologize, say sorry, apology
forgive, forgiveness
thank, express gratitude
thank you note, thank you letter, thank you card, thank you message
congratulate, congratulation
invite, invitation
greet, greeting
complain, complaint
criticize, criticism
persuade, persuasive
respect, regard
honest, sincere
brave, courageous
lazy, idle
generous, giving
selfish, egoistic
famous, well known, renowned, celebrated
strange, weird, odd
unique, one of a kind
rare, uncommon
normal, regular, ordinary
strong, powerful
weak, feeble
clean, spotless
dirty, filthy
dark, dim
bright, luminous
heavy, weighty
thin, slim
fat, overweight
tasty, flavorful
sour, acidic
ripe, mature
rotten, spoiled, gone bad, go bad
sharp, keen
empty, blank
equal, same, identical
double, twice
several, multiple
entire, complete
extra, additional, more
other, another, else
alternative, substitute, replacement, instead of
replace, substitute
main, chief
specific, particular
detailed, in depth, thorough, comprehensive, in detail
unusual, uncommon
ideal, perfect
suitable, appropriate, fitting, right
useful, helpful, handy
useless, worthless
worth, worthwhile, worth it
available, obtainable
soon, shortly
recently, lately
nowadays, these days
sometimes, occasionally
rarely, seldom
finally, at last
suddenly, all of a sudden
together, jointly
alone, by myself, on my own, solo, by yourself, without help
everywhere, all over
become more confident, gain confidence, gain more confidence, build confidence, boost confidence, be more confident, increase confidence, become confident
find, get, determine
lifespan, life expectancy, life span
fun, interesting, cool
indoors, inside
outdoors, outside
maker, manufacturer
happen, go on
less than, below, under, smaller than, fewer than
greater than, more than, above, larger than, bigger than, higher than
biography, bio
stop, get rid of, cure
sing, singer
reverse, reversal
plan, itinerary
obtain, get
check, see, show
largest population, most populous, highest population, most people, most inhabitants
productive, productivity, increase productivity, more productive
simultaneously, at same time
`;
