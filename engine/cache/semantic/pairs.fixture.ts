/**
 * Pairs of prompts, written for this test: `same` ask for the same answer, the others don't although they look alike. The
 * rules and the lexicon were tuned on `TUNE`. `HELD_OUT` was written after them; no rule was made for one of its pairs. A
 * line: kind | one prompt | the other.
 */
export interface Pair {
  readonly same: boolean;
  readonly kind: string;
  readonly a: string;
  readonly b: string;
}

const parse = (same: boolean, lines: string): Pair[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [kind = '', a = '', b = ''] = line.split('|').map((part) => part.trim());
      return { same, kind, a, b };
    });

export const TUNE: readonly Pair[] = [
  ...parse(
    true,
    `
function words | How do I install Docker on Ubuntu? | What's the way to install Docker on Ubuntu?
function words | What is the tallest mountain in Africa? | Which mountain is the tallest in Africa?
function words | How can I learn to play chess? | How do you learn to play chess?
function words | When was the Eiffel Tower built? | In what year was the Eiffel Tower built?
function words | Why do cats purr? | What is the reason that cats purr?
function words | Who invented the telephone? | Who was the inventor of the telephone?
function words | How long does it take to boil an egg? | How much time does it take to boil an egg?
function words | Where is the Great Barrier Reef? | Where is the Great Barrier Reef located?
function words | How much does a Tesla Model 3 cost? | What is the price of a Tesla Model 3?
function words | Is it possible to freeze cooked rice? | Can I freeze cooked rice?
synonyms | How do I fix a leaky faucet? | How do I repair a leaking tap?
synonyms | How do I remove a file in Linux? | How can I delete a file on Linux?
synonyms | What is a good way to begin a speech? | What is a good way to start a speech?
synonyms | How do I purchase a house? | How do I buy a house?
synonyms | What are the benefits of yoga? | What are the advantages of doing yoga?
synonyms | How can I get rid of ants in my kitchen? | How do I eliminate ants from the kitchen?
synonyms | Show me how to create a table in SQL | How do I make a table in SQL?
synonyms | What are common mistakes in job interviews? | What are frequent errors in job interviews?
synonyms | How do I lower my blood pressure? | How can I reduce my blood pressure?
synonyms | Tips for saving money on groceries | How can I save money on groceries?
synonyms | How do I choose a mortgage? | How should I pick a mortgage?
synonyms | Write a function to find the largest number in an array. | Write a function that finds the maximum number in an array.
synonyms | What are the signs of dehydration? | What are the symptoms of dehydration?
synonyms | How do I quickly learn Spanish? | How do I learn Spanish fast?
reordering | What is the population of Tokyo? | What is Tokyo's population?
reordering | In Python, how do I read a CSV file? | How do I read a CSV file in Python?
reordering | What is the difference between a virus and a bacterium? | What is the difference between a bacterium and a virus?
reordering | For a beginner, what is the best camera? | What is the best camera for a beginner?
reordering | Are avocados good for your heart? | Is it true that avocados are good for the heart?
reordering | Is a tomato a fruit or a vegetable? | Is a tomato a vegetable or a fruit?
reordering | Names for a pet turtle | Suggest some pet turtle names
typos | How do I calcualte compound interest? | How do I calculate compound interest?
typos | What is the captial of Australia? | What is the capital of Australia?
typos | Explain photosynthsis | Explain photosynthesis
politeness | Could you please explain how a car engine works? | How does a car engine work?
politeness | Hi, can you tell me the capital of Canada? Thanks! | What is the capital of Canada?
politeness | I would like to know how to tie a tie. | How do I tie a tie?
politeness | Please write a limerick about a cat | Write a limerick about a cat.
politeness | I need help writing a thank you note to my boss | Help me write a thank-you note to my boss
politeness | Would you kindly list the planets of the solar system? | List the planets in the solar system
contractions | What's the best laptop for students? | What is the best laptop for students?
contractions | Why isn't my car starting? | Why is my car not starting?
contractions | Who's the CEO of Microsoft? | Who is the CEO of Microsoft?
abbreviations | How do I sort an array in JS? | How do I sort an array in JavaScript?
abbreviations | What is ML? | What is machine learning?
abbreviations | How many km is a marathon? | How many kilometers is a marathon?
abbreviations | What's the population of the USA? | What is the population of the United States?
abbreviations | What does a DB index do? | What does a database index do?
units | Convert 10 km to miles | Convert 10 kilometres into miles
units | How many minutes are there in 3 hrs? | How many minutes are in three hours?
units | What is 20 °C in Fahrenheit? | What is 20 degrees Celsius in Fahrenheit?
numbers | Give me five tips for public speaking | Give me 5 tips for public speaking
numbers | What is 25 percent of 80? | What's 25% of 80?
numbers | List the top ten movies of 1994 | List the top 10 films of 1994
code | Write a regex that matches an email address | Create a regular expression to match email addresses
code | How do I undo the last commit in git? | How can I revert my last commit in git?
code | What does \`npm ci\` do? | Explain what \`npm ci\` does
code | How do I loop over a dictionary in Python? | How do I iterate through a dict in Python?
spelling | What is my favorite color likely to say about me? | What is my favourite colour likely to say about me?
spelling | How do I organize my closet? | How do I organise my closet?
define | What is quantum computing? | Explain quantum computing
define | What does GDP stand for? | What is the meaning of GDP?
define | Explain blockchain in simple terms | Explain blockchain simply
create | Write a poem about the sea | Compose a poem about the ocean
create | Draft an email to my landlord about a broken heater | Write an email to my landlord about the broken heater
create | Give me some ideas for a team offsite | What are some ideas for a team offsite?
rewrite | Make this paragraph shorter | Shorten this paragraph
rewrite | Rewrite this sentence in a formal tone | Make this sentence more formal
questions | How tall is Mount Everest? | What is the height of Mount Everest?
questions | How old is the universe? | What is the age of the universe?
questions | What is the distance between the Earth and the Moon? | How far is the Moon from the Earth?
questions | What's the weather like in Lisbon in May? | How is the weather in Lisbon in May?
questions | Which language is spoken in Brazil? | What language do people speak in Brazil?
questions | Do dogs dream? | Can you tell me whether dogs dream?
advice | What should I wear to a wedding? | What to wear to a wedding?
advice | How can I become a better writer? | How do I improve my writing?
advice | Recommend a book about World War II | Suggest a book about the Second World War
function words | What is the easiest way to peel garlic? | How do I peel garlic easily?
function words | How do I change a flat tire? | What are the steps to change a flat tire?
function words | What is the longest river in the world? | Which river is the longest in the world?
function words | When did World War I begin? | What year did World War I start?
function words | What makes bread rise? | Why does bread rise?
function words | Who is the author of 1984? | Who wrote 1984?
function words | Where can I find cheap flights to Japan? | Where do I find cheap flights to Japan?
function words | Can you freeze avocado? | Is it possible to freeze avocados?
function words | How often should I water a cactus? | How frequently should a cactus be watered?
function words | How big is the Sahara desert? | What is the size of the Sahara desert?
function words | What causes thunder? | What is the cause of thunder?
synonyms | How do I erase a hard drive? | How do I wipe a hard drive?
synonyms | How do I mend a torn shirt? | How do I repair a ripped shirt?
synonyms | What are the drawbacks of remote work? | What are the disadvantages of working remotely?
synonyms | How can I boost my immune system? | How do I strengthen my immune system?
synonyms | Which movies should I watch this weekend? | What films should I see this weekend?
synonyms | How do I obtain a passport? | How do I get a passport?
synonyms | How can I stop biting my nails? | How do I quit biting my nails?
synonyms | What are some simple dinner recipes? | Give me some easy dinner recipes
synonyms | Is it hard to learn Japanese? | Is Japanese difficult to learn?
synonyms | What is the significance of the Magna Carta? | Why is the Magna Carta important?
synonyms | How do I concatenate two strings in Java? | How do I join two strings in Java?
synonyms | Create a workout plan for a beginner | Make an exercise plan for beginners
reordering | What is the GDP of Germany? | What is Germany's GDP?
reordering | How do I add a column to a table in SQL? | In SQL, how can I add a column to a table?
reordering | Write a story about a robot that is funny | Write a funny story about a robot
reordering | Is coffee or tea healthier? | Which is healthier, tea or coffee?
reordering | Python function to check whether a number is prime | Write a Python function that checks if a number is prime
typos | How do I restore a delted file in Windows? | How do I restore a deleted file in Windows?
typos | What are the sympoms of diabetes? | What are the symptoms of diabetes?
typos | Recomend a good restaurant in Chicago | Recommend a good restaurant in Chicago
politeness | Hello! I was wondering how vaccines are made. | How are vaccines made?
politeness | Can you help me plan a trip to Norway? | Help me plan a trip to Norway
politeness | I'd like a recipe for banana bread | Give me a recipe for banana bread, please
politeness | Could you tell me what time zone Denver is in? | What time zone is Denver in?
contractions | What're the rules of cricket? | What are the rules of cricket?
contractions | I can't sleep, what should I do? | What should I do if I cannot sleep?
abbreviations | What is AI? | What is artificial intelligence?
abbreviations | How do I connect to a WiFi network on my PC? | How do I connect to a Wi-Fi network on my computer?
abbreviations | Best places to eat in NYC | Best places to eat in New York City
units | How many lbs is 70 kg? | How many pounds is 70 kilograms?
numbers | Name three countries that border France | Name 3 countries bordering France
numbers | Write a 200-word essay on climate change | Write an essay of 200 words about climate change
code | How do I declare a variable in TypeScript? | What is the syntax for declaring a variable in TypeScript?
code | How do I check the version of Node? | What command shows the Node version?
code | Write a SQL query to count the users by country | SQL query that counts users by country
define | What does "carpe diem" mean? | What is the meaning of "carpe diem"?
define | Define entropy | What is entropy?
define | Describe how the stock market works | How does the stock market work?
create | Write a product description for a leather bag | Create a product description for a leather bag
create | Compose a song about summer | Write a song about the summer
create | Generate a list of baby names | Give me a list of baby names
rewrite | Simplify this text | Make this text simpler
rewrite | Correct the spelling in this text | Fix the spelling mistakes in this text
rewrite | Proofread my essay | Please proofread my essay for me
summarise | Give me a summary of The Great Gatsby | Summarize The Great Gatsby
summarise | TL;DR of this article | Summarize this article
questions | How deep is the Mariana Trench? | What is the depth of the Mariana Trench?
questions | How fast can a cheetah run? | What is the top speed of a cheetah?
questions | What is the price of gold? | How much does gold cost?
questions | Which country has the largest population? | What is the most populous country?
advice | How can I be more productive? | How can I increase my productivity?
advice | What's a good gift for my mom? | Suggest a good gift for my mother
advice | How do I get over a breakup? | What is the best way to get over a breakup?
advice | What should I know before moving to Canada? | Things to know before moving to Canada
advice | How do I stay motivated at work? | How can I keep motivated at work?
translate | How do you say "where is the station" in German? | Translate "where is the station" to German
translate | Translate the following sentence into English | Translate this sentence into English
compare | Compare iOS and Android | What is the difference between iOS and Android?
compare | Cats vs dogs: which are better pets? | Which are better pets, cats or dogs?
mixed | How do I cancel my Netflix subscription? | Steps to cancel a Netflix subscription
mixed | What are some good books for learning economics? | Recommend books to learn economics
mixed | Give me a summary of the French Revolution | Summarize the French Revolution
mixed | How do you make pancakes from scratch? | What's a recipe for homemade pancakes?
mixed | What is the fastest animal on land? | Which land animal is the fastest?
mixed | How can I lose belly fat? | What is the best way to get rid of belly fat?
mixed | Why does my dog bark at night? | What is the reason my dog barks at night?
mixed | How do I write a resignation letter? | How should I write a letter of resignation?
mixed | What's the meaning of life? | What is the purpose of life?
mixed | How do I convert a string to lowercase in Python? | How to make a string lowercase in Python
mixed | Write a Python script that renames all files in a folder | Create a Python script to rename every file in a directory
mixed | What time does the sun set in London today? | When is sunset in London today?
mixed | How can I increase my credit score? | How do I raise my credit score?
mixed | What is the chemical formula for water? | What's water's chemical formula?
mixed | Explain how photosynthesis works. | How does photosynthesis work?
mixed | Who is the current president of France? | Who is France's president?
mixed | How many bones are in the human body? | What is the number of bones in the human body?
mixed | List the ingredients of a margarita | What are the ingredients in a margarita?
mixed | What should I eat to gain muscle? | Which foods help build muscle?
mixed | How do I reset my iPhone to factory settings? | How can I factory reset an iPhone?
mixed | Is it bad to skip breakfast? | Is skipping breakfast unhealthy?
mixed | How do I make my website load faster? | How can I speed up my website?
mixed | What are the main causes of global warming? | What causes climate change?
mixed | Tell me a joke about programmers | Write a joke about programmers
mixed | How do I merge two branches in git? | What's the git command to merge two branches?
mixed | What is the conversion rate from dollars to euros? | What's the exchange rate from dollars to euros?
mixed | How do I get a stain out of a white shirt? | How can I remove a stain from a white shirt?
mixed | What's the best time to visit Thailand? | When should I visit Thailand?
mixed | Can you recommend a good Italian restaurant in Boston? | What are good Italian restaurants in Boston?
mixed | How do I train my dog to sit? | How can I teach my dog to sit?
mixed | What are the primary colors? | Name the primary colors
mixed | How to check if a number is even in Java? | How do I determine whether a number is even in Java?
mixed | Translate "I love you" to French | How do you say I love you in French?
mixed | What is the average salary of a software engineer in Berlin? | How much does a software engineer earn in Berlin on average?
mixed | How can I learn to code? | What is the best way to learn programming?
mixed | What do I need to start a small business? | What is needed to start a small business?
mixed | Give me a 7-day meal plan for weight loss | Create a seven day weight loss meal plan
mixed | Who directed Inception? | Who was the director of Inception?
mixed | What is the plot of Romeo and Juliet? | Summarize the plot of Romeo and Juliet
mixed | How do I unclog a toilet? | What's the best way to unclog a toilet?
mixed | Explain the difference between weather and climate. | How is weather different from climate?
mixed | What does HTTP 404 mean? | What is the meaning of HTTP 404?
mixed | How do I find the area of a circle? | How do you calculate the area of a circle?
mixed | Generate a strong password | Create a strong password for me
mixed | Write a birthday message for my best friend | Compose a birthday wish for my best friend
mixed | How do I deal with stress at work? | What are ways to cope with work stress?
mixed | What are the health benefits of green tea? | How is green tea good for your health?
mixed | Is there a way to recover deleted photos? | How can I get back deleted photos?
mixed | How do I ask someone out on a date? | What's a good way to ask someone on a date?
mixed | Why is exercise important? | What is the importance of exercise?
mixed | How do I create a virtual environment in Python? | How can I set up a Python virtual environment?
mixed | Write an SQL query to get the top 5 customers by sales | SQL query for the 5 customers with the highest sales
mixed | What is the tallest building in the world? | Which building is the world's tallest?
mixed | What vaccines do I need for Kenya? | Which vaccinations are required for Kenya?
mixed | Proofread this text | Check this text for grammar and spelling errors
mixed | How long should I boil eggs? | How many minutes should eggs be boiled?
mixed | What are the symptoms of COVID-19? | How do I know if I have COVID-19?
mixed | Make a to-do list for moving house | Create a checklist for moving to a new house
mixed | How can I get better at chess? | How do I improve at chess?
mixed | Why do leaves change color in the fall? | Why do leaves change colour in autumn?
mixed | What is the speed of light? | How fast does light travel?
mixed | How do I center text in HTML? | How can text be centered in HTML?
mixed | What's the difference between a crocodile and an alligator? | How do crocodiles and alligators differ?
mixed | How to open a bank account online | How do I open an online bank account?
mixed | Convert 100 pounds to kilograms | How many kilograms is 100 pounds?
mixed | How do I stop my phone from overheating? | How can I keep my phone from overheating?
mixed | What are good questions to ask in an interview? | Suggest good interview questions to ask
mixed | Rewrite this paragraph in simpler language | Simplify this paragraph
mixed | Who was the first person on the moon? | Who was the first human to walk on the moon?
mixed | Write a LinkedIn summary for a marketing manager | Draft a LinkedIn summary for someone who is a marketing manager
mixed | How do I remove duplicates from a list in Python? | Remove duplicate elements from a Python list
mixed | What is the best way to clean a cast iron pan? | How do I clean cast iron pans?
mixed | How much water should I drink each day? | How much water should you drink per day?
mixed | What language do they speak in Switzerland? | Which languages are spoken in Switzerland?
mixed | Write a cover letter for a nursing job | Help me write a cover letter for a nursing position
mixed | How do I know if a melon is ripe? | How can you tell when a melon is ripe?
mixed | What are the rules for offside in soccer? | Explain the offside rule in football
mixed | How can I make new friends in a new city? | How do I make friends after moving to a new city?
mixed | What's the capital of Mongolia? | Capital of Mongolia
mixed | Best way to cook a steak | How should I cook a steak?
mixed | Recommend some podcasts about history | What are some good history podcasts?
mixed | How do I take a screenshot on a Mac? | What is the shortcut for taking a screenshot on a Mac?
mixed | Can you explain the Pythagorean theorem? | What is the Pythagorean theorem?
mixed | I want to learn how to swim. How should I start? | How do I start learning to swim?
mixed | What is the best way to store fresh basil? | How should fresh basil be stored?
mixed | Write a thank-you email after a job interview | Compose a thank you email to send after a job interview
mixed | How do I know when chicken is fully cooked? | How can I tell if chicken is cooked through?
mixed | Why do we yawn? | What makes people yawn?
mixed | How far is it from Paris to Rome? | What is the distance from Paris to Rome?
mixed | What was the cause of the Great Depression? | Why did the Great Depression happen?
mixed | Find all the prime numbers below 100 | List all prime numbers less than 100
mixed | Give me three synonyms for happy | What are three synonyms for happy?
mixed | How do I split a string by commas in JavaScript? | How can I split a comma separated string in JavaScript?
mixed | What is the function of the liver? | What does the liver do?
mixed | Explain supply and demand | Can you describe how supply and demand works?
mixed | How can I protect my skin from the sun? | How do I protect my skin against the sun?
mixed | How many planets are there in our solar system? | How many planets does the solar system have?
mixed | Describe the water cycle | Explain the water cycle to me
mixed | How to write a business plan | How do you write a business plan?
mixed | What's a healthy breakfast? | Give me an idea for a healthy breakfast
mixed | When is the best time to plant tomatoes? | When should tomatoes be planted?
mixed | Create a slogan for a bakery | Come up with a slogan for a bakery
mixed | How does a refrigerator work? | Explain how fridges work
mixed | How do I fix the error "module not found" in Node? | How can I resolve the "module not found" error in Node.js?
mixed | Which planet is closest to the sun? | What is the closest planet to the sun?
mixed | Why was the Berlin Wall built? | For what reason was the Berlin Wall built?
mixed | What are the ingredients for guacamole? | What ingredients do I need for guacamole?
mixed | How do I wash a wool sweater? | What's the right way to wash a wool sweater?
mixed | Please write a short biography of Marie Curie | Write a brief bio of Marie Curie
mixed | What are the advantages of using TypeScript over JavaScript? | What are the benefits of TypeScript compared to JavaScript?
mixed | How do I get rid of hiccups? | How can I stop hiccups?
mixed | Who sings Bohemian Rhapsody? | Who is the singer of Bohemian Rhapsody?
mixed | Do I need a visa to visit Brazil? | Is a visa required to visit Brazil?
mixed | How do I print a list in reverse order in Python? | Print a list in reverse order using Python
mixed | What is the largest country by area? | Which country has the largest area?
mixed | How do I become a pilot? | What does it take to become a pilot?
mixed | Make a table comparing cats and dogs | Create a table that compares cats and dogs
mixed | What is the best diet for diabetics? | Which diet is best for people with diabetes?
mixed | How do I measure my waist? | What's the proper way to measure your waist?
mixed | Write a regex for phone numbers | Give me a regular expression that matches phone numbers
mixed | Explain this code | What does this code do?
mixed | How much sleep do teenagers need? | How many hours of sleep does a teenager need?
mixed | Correct my grammar: he go to school | Fix my grammar: he go to school
mixed | What is the difference between affect and effect? | When do you use affect versus effect?
mixed | Does drinking coffee stunt your growth? | Does coffee stunt growth?
mixed | What's the weather forecast for Madrid tomorrow? | What will the weather be in Madrid tomorrow?
mixed | How do I turn off notifications on Android? | How can I disable notifications on Android?
mixed | Generate ten business name ideas for a bakery | Suggest 10 names for a bakery business
mixed | How do I make a paper airplane? | How to fold a paper plane
mixed | What are the main exports of Chile? | What does Chile mainly export?
mixed | What happens if you mix bleach and ammonia? | What happens when bleach is mixed with ammonia?
mixed | How do I exit Vim? | How do I quit vim?
mixed | Write a function that reverses a linked list in C++ | Implement linked list reversal in C++
mixed | How can I reduce my electricity bill? | How do I lower my electric bill?
mixed | Plan a weekend trip to Amsterdam | Create an itinerary for a weekend in Amsterdam
mixed | What is the national animal of Scotland? | What is Scotland's national animal?
mixed | How do I delete my Facebook account permanently? | How can I permanently delete my Facebook account?
mixed | How can I overcome stage fright? | How do I get over stage fright?
mixed | What year was the internet invented? | When was the internet invented?
mixed | How do you pronounce "quinoa"? | What is the pronunciation of "quinoa"?
mixed | How do I make my coffee stronger? | What can I do to make stronger coffee?
mixed | What is the freezing point of ethanol? | At what temperature does ethanol freeze?
mixed | Write a Java method that sorts an array. | Create a method in Java to sort an array
mixed | How can I learn the piano by myself? | What is the best way to teach myself piano?
mixed | Who composed The Four Seasons? | Who is the composer of The Four Seasons?
mixed | Explain how a hash table works. | How do hash tables work?
mixed | Suggest a title for my blog post about gardening. | I need a title for a blog post on gardening
mixed | What are the ingredients of pesto? | Which ingredients go into pesto?
mixed | How do I squash commits in git? | What is the git command for squashing commits?
mixed | Tell me about the history of the Ottoman Empire. | Give me an overview of Ottoman Empire history
mixed | How many teaspoons are in a tablespoon? | A tablespoon contains how many teaspoons?
mixed | Translate "see you tomorrow" into Italian. | How do you say "see you tomorrow" in Italian?
mixed | Make this text sound more professional. | Rewrite this text to be more professional
mixed | What should I wear to a job interview? | What is appropriate clothing for a job interview?
mixed | How do I become more confident? | What can I do to gain more confidence?
mixed | Define osmosis. | What does osmosis mean?
mixed | What are some tips for reducing anxiety? | How can I reduce my anxiety?
mixed | Why do volcanoes erupt? | What causes volcanic eruptions?
mixed | Give me a healthy recipe for chicken soup | How do I make healthy chicken soup?
mixed | How do I align an image to the right in CSS? | What is the CSS for aligning an image to the right?
mixed | What is the best way to memorize vocabulary? | How can I memorize vocabulary effectively?
mixed | Convert this JSON to YAML. | Turn this JSON into YAML
mixed | How is glass made? | What is the process of making glass?
mixed | What are the differences between cats and dogs as pets? | How do cats and dogs differ as pets?
mixed | Write a two-paragraph story about a lost puppy. | Compose a 2 paragraph story about a puppy that is lost
mixed | What are the health risks of smoking? | How does smoking harm your health?
mixed | How do I find the length of a string in C? | How can I get the length of a string in C?
mixed | Create a packing list for a beach vacation. | What should I pack for a beach vacation?
mixed | What is the most spoken language in the world? | Which language has the most speakers in the world?
mixed | How can I stop procrastinating? | What are some ways to stop procrastinating?
mixed | Who was the first president of the United States? | Who was America's first president?
mixed | What is the square root of 81? | Calculate the square root of 81
mixed | Describe the plot of Hamlet. | What happens in Hamlet?
mixed | Check my code for bugs | Find the bugs in my code
mixed | How do I tie a bow tie? | Can you show me how to tie a bow tie?
mixed | What's a synonym for important? | Give me another word for important
mixed | Write an apology letter to a customer for a late delivery. | Draft a letter apologizing to a customer for the late delivery
mixed | How long does it take to learn Spanish? | How much time do I need to learn Spanish?
mixed | Can I use olive oil for frying? | Is it OK to fry with olive oil?
mixed | How do I set an alarm on my iPhone? | Setting an alarm on an iPhone
mixed | Which country has the most volcanoes? | What country has the highest number of volcanoes?
mixed | How do I restart a Docker container? | What command restarts a Docker container?
mixed | Summarize the main points of this report. | Give me the key points of this report
mixed | What is the average lifespan of a cat? | How long do cats live on average?
mixed | Give me a list of countries in South America. | Which countries are in South America?
mixed | I have a headache. What should I do? | What should I do about a headache?
mixed | How do I get from the airport to downtown? | What is the best way to get downtown from the airport?
mixed | Explain quantum entanglement like I'm five. | Explain quantum entanglement in simple terms
mixed | What are the requirements for a US passport? | What do I need to get a US passport?
mixed | How can I make my resume stand out? | How do I get my resume to stand out?
mixed | Should I learn Python or Java first? | Is it better to learn Python or Java first?
mixed | What is the opposite of optimistic? | Give me an antonym of optimistic
mixed | How do I grow tomatoes indoors? | What's the best way to grow tomatoes inside?
mixed | Remove the background from a photo | How do I remove a photo's background?
mixed | Tell me a fun fact about octopuses | Give me an interesting fact about octopuses
mixed | What is the boiling point of nitrogen? | At which temperature does nitrogen boil?
mixed | Plan a romantic dinner at home | Help me plan a romantic dinner at home.
mixed | How do I read a file line by line in Python? | Reading a file line by line in Python
mixed | Compare electric and gas cars | What are the differences between electric cars and gas cars?
mixed | How do I write a good thesis statement? | What makes a good thesis statement?
`,
  ),
  ...parse(
    false,
    `
numbers | Write a 100 word summary of Hamlet | Write a 500 word summary of Hamlet
numbers | What happened in 1945? | What happened in 1954?
numbers | Is Python 2 still supported? | Is Python 3 still supported?
numbers | How do I upgrade to Node 18? | How do I upgrade to Node 20?
numbers | What is 15% of 200? | What is 50% of 200?
numbers | Give me three reasons to exercise | Give me ten reasons to exercise
antonyms | How do I increase the font size? | How do I decrease the font size?
antonyms | What are the advantages of nuclear power? | What are the disadvantages of nuclear power?
antonyms | How do I enable cookies in Firefox? | How do I disable cookies in Firefox?
antonyms | How do I gain weight? | How do I lose weight?
antonyms | What is the hottest planet? | What is the coldest planet?
antonyms | How do I encrypt a file? | How do I decrypt a file?
antonyms | How do I upload a file to S3? | How do I download a file from S3?
antonyms | What are the best cities to live in? | What are the worst cities to live in?
antonyms | How do I lock my iPhone? | How do I unlock my iPhone?
antonyms | How to open a port in the firewall | How to close a port in the firewall
negation | Which foods contain gluten? | Which foods do not contain gluten?
negation | Why is my code working? | Why isn't my code working?
negation | Recipes with nuts | Recipes without nuts
negation | Should I use semicolons in JavaScript? | Why should I never use semicolons in JavaScript?
negation | Tell me what to eat before a run | Tell me what not to eat before a run
entities | What is the capital of Austria? | What is the capital of Australia?
entities | Who is the president of Iran? | Who is the president of Iraq?
entities | Who painted the Mona Lisa? | Who painted the Last Supper?
entities | What is the currency of Sweden? | What is the currency of Switzerland?
entities | How do I cook salmon? | How do I cook tuna?
entities | What are the symptoms of the flu? | What are the symptoms of a cold?
entities | How do I use async in Rust? | How do I use async in C#?
entities | What is vitamin C good for? | What is vitamin D good for?
entities | Tell me about the history of North Korea | Tell me about the history of South Korea
direction | Translate this text from English to French | Translate this text from French to English
direction | Flights from London to Berlin | Flights from Berlin to London
direction | Convert Celsius to Fahrenheit | Convert Fahrenheit to Celsius
direction | Is Java faster than Go? | Is Go faster than Java?
direction | Can a cat eat dog food? | Can a dog eat cat food?
direction | Does stress cause insomnia? | Does insomnia cause stress?
direction | How many cups are in a liter? | How many liters are in a cup?
direction | How do I migrate from MySQL to PostgreSQL? | How do I migrate from PostgreSQL to MySQL?
tense | Who won the World Cup? | Who will win the World Cup?
tense | Where did Einstein live? | Where does Einstein live?
roles | Write a letter from a teacher to a student | Write a letter from a student to a teacher
roles | How do I pay my employee? | How does my employee pay me?
roles | What did Brutus say to Caesar? | What did Caesar say to Brutus?
quantity | What is the minimum wage in California? | What is the maximum wage in California?
quantity | Name all the moons of Mars | Name a moon of Jupiter
quantity | Which is the largest ocean? | Which is the smallest ocean?
scope | What is the population of New York City? | What is the population of New York State?
scope | Is it safe to travel to Mexico? | Is it safe to travel to Mexico City?
scope | How do I sort a list in Python? | How do I sort a list of dictionaries in Python?
scope | Write a poem | Write a poem about spring
languages | Translate "thank you" into Italian | Translate "thank you" into Portuguese
languages | How do I say hello in Korean? | How do I say goodbye in Korean?
dosage | How much ibuprofen can an adult take? | How much ibuprofen can a child take?
dosage | Can I take 400 mg of ibuprofen? | Can I take 800 mg of ibuprofen?
order | What was the first album by Queen? | What was the last album by Queen?
order | What should I do before an interview? | What should I do after an interview?
order | Who was president before Obama? | Who was president after Obama?
question type | When was penicillin discovered? | Where was penicillin discovered?
question type | Who discovered penicillin? | How was penicillin discovered?
question type | Why should I learn Rust? | How should I learn Rust?
question type | How many people speak Welsh? | Where do people speak Welsh?
question type | What is a mutex? | When should I use a mutex?
question type | How tall is the Eiffel Tower? | How old is the Eiffel Tower?
question type | How much does a giraffe weigh? | How much does a giraffe eat?
format | Summarize this article in one sentence | Summarize this article in bullet points
format | Write a tweet about our new product | Write a blog post about our new product
audience | Explain gravity to a five-year-old | Explain gravity to a physicist
audience | Write a toast for my sister's wedding | Write a toast for my brother's wedding
tone | Write a friendly email to a customer | Write an angry email to a customer
action | Write a unit test for this function | Explain a unit test for this function
action | Summarize this email | Reply to this email
action | How do I start a nginx server? | How do I stop a nginx server?
action | How do I copy a file in Linux? | How do I move a file in Linux?
person | What is your name? | What is my name?
person | How old is his mother? | How old is her mother?
units | Convert 10 miles to km | Convert 10 miles to feet
units | How many grams of sugar are in a Coke? | How many ounces of sugar are in a Coke?
code | What does git pull do? | What does git push do?
code | What does x == y mean in JavaScript? | What does x === y mean in JavaScript?
code | How do I use map in Python? | How do I use filter in Python?
code | How do I round up in Excel? | How do I round down in Excel?
modality | Can I drink coffee during pregnancy? | Should I drink coffee during pregnancy?
words | What is a synonym for big? | What is a synonym for large?
words | What does begin mean? | What does start mean?
dates | What events are happening on May 5? | What events are happening on May 6?
dates | What was the weather in June? | What was the weather in July?
compare | What is the difference between HTTP and HTTPS? | What is the difference between HTTP and FTP?
location | Best restaurants in Paris, France | Best restaurants in Paris, Texas
location | How is the weather in Rome today? | How is the weather in Rome tomorrow?
topic | Give me ideas for a birthday party | Give me ideas for a retirement party
topic | How do I train a puppy? | How do I train a model?
numbers | Write a poem of 4 lines about rain | Write a poem of 14 lines about rain
numbers | What was the population of India in 1950? | What was the population of India in 2020?
numbers | How do I install Python 3.8? | How do I install Python 3.12?
numbers | Plan a 3-day trip to Rome | Plan a 7-day trip to Rome
numbers | What is the square root of 144? | What is the square root of 121?
antonyms | What are the pros of electric cars? | What are the cons of electric cars?
antonyms | How do I turn on dark mode? | How do I turn off dark mode?
antonyms | How do I make my hair straight? | How do I make my hair curly?
antonyms | How do I zip a folder? | How do I unzip a folder?
antonyms | Why are taxes rising? | Why are taxes falling?
antonyms | What are cheap cars to maintain? | What are expensive cars to maintain?
antonyms | How do I import data into Excel? | How do I export data from Excel?
antonyms | How can I attract bees? | How can I repel bees?
antonyms | Which animals are nocturnal? | Which animals are diurnal?
antonyms | What are the strengths of this essay? | What are the weaknesses of this essay?
negation | What should I do in an earthquake? | What should I not do in an earthquake?
negation | Which countries are in NATO? | Which countries are not in NATO?
negation | Write a sentence using the letter e | Write a sentence without using the letter e
negation | Why can birds fly? | Why can't some birds fly?
negation | Is it legal to park here? | Is it illegal to park here?
entities | What is the capital of Niger? | What is the capital of Nigeria?
entities | Who wrote The Iliad? | Who wrote The Aeneid?
entities | How do I train for a marathon? | How do I train for a triathlon?
entities | How far is Mars from the Sun? | How far is Venus from the Sun?
entities | What is the flag of Slovakia? | What is the flag of Slovenia?
entities | How do I bake sourdough bread? | How do I bake banana bread?
entities | Tell me about Isaac Newton | Tell me about Albert Einstein
entities | How do I declare an array in Java? | How do I declare an array in JavaScript?
entities | Write a haiku about the moon | Write a haiku about the sun
entities | What are the side effects of aspirin? | What are the side effects of paracetamol?
direction | Convert a string to an integer in Java | Convert an integer to a string in Java
direction | How do I get from the airport to the hotel? | How do I get from the hotel to the airport?
direction | Does the Earth orbit the Sun? | Does the Sun orbit the Earth?
direction | How many days are in a week? | How many weeks are in a day?
direction | Is gold heavier than lead? | Is lead heavier than gold?
direction | How do I transfer photos from iPhone to PC? | How do I transfer photos from PC to iPhone?
direction | Subtract 5 from 12 | Subtract 12 from 5
tense | What did Apple announce? | What will Apple announce?
tense | Was Pluto a planet? | Is Pluto a planet?
roles | How do I ask my boss for a raise? | How does my boss ask me for a raise?
roles | Can a landlord sue a tenant? | Can a tenant sue a landlord?
roles | Why do wolves hunt deer? | Why do deer hunt wolves?
quantity | What is the shortest bone in the body? | What is the longest bone in the body?
quantity | How do I select all rows in SQL? | How do I select distinct rows in SQL?
quantity | What do most people eat for breakfast? | What do few people eat for breakfast?
scope | How do I delete a file in Windows? | How do I delete all files in Windows?
scope | Is fish healthy? | Is raw fish healthy?
scope | Who is the mayor of London? | Who is the mayor of East London?
scope | How do I format a date in JavaScript? | How do I format a date in JavaScript without libraries?
languages | Write hello world in Go | Write hello world in Ruby
languages | How do you say cat in Spanish? | How do you say cat in French?
dosage | What is the dose of amoxicillin for adults? | What is the dose of amoxicillin for children?
dosage | How much caffeine is in green tea? | How much caffeine is in black tea?
order | What is the first step in the scientific method? | What is the final step in the scientific method?
order | Should I stretch before running? | Should I stretch after running?
order | What is the next full moon? | What was the previous full moon?
question type | Where was Mozart born? | When was Mozart born?
question type | How does aspirin work? | Who invented aspirin?
question type | Why did Rome fall? | When did Rome fall?
question type | How long is the Nile? | How deep is the Nile?
question type | What is Kubernetes? | Who uses Kubernetes?
question type | How do I start a podcast? | Why start a podcast?
format | Write an outline for an essay about bees | Write an essay about bees
format | Explain recursion with a diagram | Explain recursion with code
format | Return the answer as JSON | Return the answer as XML
audience | Explain inflation to a child | Explain inflation to an economist
audience | Gift ideas for my wife | Gift ideas for my husband
tone | Write a serious poem about cheese | Write a funny poem about cheese
action | Review this code | Refactor this code
action | Translate this paragraph | Summarize this paragraph
action | How do I buy a used car? | How do I sell a used car?
action | How do I mount a drive in Linux? | How do I format a drive in Linux?
action | How do I roast chicken? | How do I grill chicken?
person | Where do I live? | Where do you live?
person | Write a bio for him | Write a bio for her
units | How many meters are in a mile? | How many yards are in a mile?
units | What is 100 USD in euros? | What is 100 GBP in euros?
code | What is the difference between let and var? | What is the difference between let and const?
code | What does the -r flag do in rm? | What does the -f flag do in rm?
code | How do I use a for loop in Bash? | How do I use a while loop in Bash?
code | What does list.append do? | What does list.extend do?
modality | Do I need a visa for Japan? | Can I get a visa for Japan?
words | What rhymes with happy? | What rhymes with glad?
dates | What happened on September 11? | What happened on September 12?
dates | Write a to-do list for Monday | Write a to-do list for Friday
compare | Which is better, React or Vue? | Which is better, React or Angular?
location | What time is it in Tokyo? | What time is it in Sydney?
location | Things to do in Portland, Oregon | Things to do in Portland, Maine
topic | How do I improve my memory? | How do I improve my memory usage?
topic | What is a good name for a dog? | What is a good name for a boat?
topic | What are the rules of chess? | What are the rules of checkers?
mixed | How do I cancel my Netflix subscription? | How do I renew my Netflix subscription?
mixed | What are some good books for learning economics? | What are some good books for learning ecology?
mixed | Give me a summary of the French Revolution | Give me a summary of the Russian Revolution
mixed | How do you make pancakes from scratch? | How do you make waffles from scratch?
mixed | What is the fastest animal on land? | What is the fastest animal in water?
mixed | How can I lose belly fat? | How can I lose face fat?
mixed | Why does my dog bark at night? | Why does my dog howl at night?
mixed | How do I write a resignation letter? | How do I write a recommendation letter?
mixed | How do I convert a string to lowercase in Python? | How do I convert a string to uppercase in Python?
mixed | What time does the sun set in London today? | What time does the sun rise in London today?
mixed | How can I increase my credit score? | How can I check my credit score?
mixed | What is the chemical formula for water? | What is the chemical formula for salt?
mixed | Explain how photosynthesis works. | Explain how respiration works.
mixed | Who is the current president of France? | Who was the previous president of France?
mixed | How many bones are in the human body? | How many muscles are in the human body?
mixed | List the ingredients of a margarita | List the ingredients of a mojito
mixed | What should I eat to gain muscle? | What should I avoid to gain muscle?
mixed | How do I reset my iPhone to factory settings? | How do I reset my Android to factory settings?
mixed | Is it bad to skip breakfast? | Is it bad to skip dinner?
mixed | How do I make my website load faster? | How do I make my website more secure?
mixed | Tell me a joke about programmers | Tell me a story about programmers
mixed | How do I merge two branches in git? | How do I compare two branches in git?
mixed | How do I get a stain out of a white shirt? | How do I get a wrinkle out of a white shirt?
mixed | What's the best time to visit Thailand? | What's the best place to visit in Thailand?
mixed | Can you recommend a good Italian restaurant in Boston? | Can you recommend a good Indian restaurant in Boston?
mixed | How do I train my dog to sit? | How do I train my dog to stay?
mixed | What are the primary colors? | What are the secondary colors?
mixed | How to check if a number is even in Java? | How to check if a number is odd in Java?
mixed | Translate "I love you" to French | Translate "I miss you" to French
mixed | What is the average salary of a software engineer in Berlin? | What is the average salary of a software engineer in Munich?
mixed | What do I need to start a small business? | What do I need to close a small business?
mixed | Give me a 7-day meal plan for weight loss | Give me a 7-day meal plan for weight gain
mixed | Who directed Inception? | Who starred in Inception?
mixed | What is the plot of Romeo and Juliet? | What is the theme of Romeo and Juliet?
mixed | How do I unclog a toilet? | How do I install a toilet?
mixed | What does HTTP 404 mean? | What does HTTP 403 mean?
mixed | How do I find the area of a circle? | How do I find the circumference of a circle?
mixed | Generate a strong password | Generate a strong username
mixed | Write a birthday message for my best friend | Write a farewell message for my best friend
mixed | What are the health benefits of green tea? | What are the health risks of green tea?
mixed | Is there a way to recover deleted photos? | Is there a way to recover deleted messages?
mixed | Why is exercise important? | Why is sleep important?
mixed | How do I create a virtual environment in Python? | How do I delete a virtual environment in Python?
mixed | Write an SQL query to get the top 5 customers by sales | Write an SQL query to get the bottom 5 customers by sales
mixed | What is the tallest building in the world? | What is the tallest building in Europe?
mixed | What vaccines do I need for Kenya? | What documents do I need for Kenya?
mixed | How long should I boil eggs? | How long should I fry eggs?
mixed | What are the symptoms of COVID-19? | What are the treatments for COVID-19?
mixed | Make a to-do list for moving house | Make a to-do list for cleaning house
mixed | How can I get better at chess? | How can I get better at poker?
mixed | Why do leaves change color in the fall? | Why do leaves fall in autumn?
mixed | What is the speed of light? | What is the speed of sound?
mixed | How do I center text in HTML? | How do I bold text in HTML?
mixed | How to open a bank account online | How to close a bank account online
mixed | Convert 100 pounds to kilograms | Convert 100 kilograms to pounds
mixed | How do I stop my phone from overheating? | How do I stop my phone from ringing?
mixed | Who was the first person on the moon? | Who was the second person on the moon?
mixed | Who was the first person on the moon? | Who was the first person in space?
mixed | How do I remove duplicates from a list in Python? | How do I find duplicates in a list in Python?
mixed | How much water should I drink each day? | How much coffee should I drink each day?
mixed | What language do they speak in Switzerland? | What currency do they use in Switzerland?
mixed | Can I bring food on a plane? | Can I bring liquids on a plane?
mixed | Does vitamin D cause weight gain? | Does vitamin D prevent weight gain?
mixed | My laptop won't turn on | My laptop won't turn off
mixed | Write a positive review for a restaurant | Write a negative review for a restaurant
mixed | Explain the plot of the first Harry Potter book | Explain the plot of the last Harry Potter book
mixed | What is the warmest month in Spain? | What is the wettest month in Spain?
mixed | How do I add a user in Linux? | How do I remove a user in Linux?
mixed | Draft an invitation to a wedding | Draft a reply to a wedding invitation
mixed | How old do you have to be to vote? | How old do you have to be to drink?
mixed | What was the cause of World War I? | What was the cause of World War II?
mixed | How do I write a for loop in C? | How do I write a for loop in C++?
mixed | What can I substitute for butter? | What can I substitute for eggs?
mixed | Is it better to rent or buy a house? | Is it better to rent or buy a car?
mixed | How do I say no politely? | How do I say yes politely?
mixed | What are the requirements to become a pilot? | What are the requirements to become a nurse?
mixed | Solve x + 5 = 10 | Solve x - 5 = 10
mixed | What is 12 times 12? | What is 12 divided by 12?
mixed | Can dogs eat grapes? | Can dogs eat apples?
mixed | Can cats drink milk? | Can kittens drink milk?
mixed | What is the best programming language for beginners? | What is the best programming language for experts?
mixed | What is a language model? | What is a model?
mixed | What is food poisoning? | What is poisoning?
mixed | Who won the 2018 World Cup? | Who won the 2018 Cup?
mixed | Tell me the advantages of Python over Java | Tell me the advantages of Java over Python
mixed | Does Bob owe Alice money? | Does Alice owe Bob money?
mixed | Is a dolphin a mammal? | Is a dolphin a fish?
mixed | How do I make a function in Excel? | How do I find a function in Excel?
mixed | How do I use a hash map in Java? | How do I implement a hash map in Java?
mixed | What's new in Python 3.11? | What's new in Python 3.12?
mixed | How do I use Docker? | Why do we use Docker?
mixed | How do I make friends? | How do I lose friends?
mixed | Give me an example of a metaphor | What is a metaphor?
mixed | What is an example of a simile? | What is an example of a metaphor?
mixed | What is the name of the largest desert? | What is the largest desert in Asia?
mixed | How do I set up a VPN on Windows? | How do I set up a VPN on Mac?
mixed | How do I stop smoking? | How do I start smoking?
mixed | Write a short story | Write a long story
mixed | Write a story about a brave knight | Write a story about a cowardly knight
mixed | Can I drive with a sprained ankle? | Can I walk with a sprained ankle?
mixed | What is the safest car? | What is the cheapest car?
mixed | What are the ethics of AI? | What are the ethics of war?
mixed | When does the store open? | When does the store close?
mixed | How do I hide an app on iPhone? | How do I show a hidden app on iPhone?
mixed | Find the minimum of the function | Find the maximum of the function
mixed | What percentage of people are left-handed? | What percentage of people are right-handed?
mixed | Give me a synonym for fast | Give me a synonym for quick
mixed | Give me a synonym for fast | Give me an antonym for fast
mixed | How do I reply to a job offer? | How do I reject a job offer?
mixed | How is cheese made? | When was cheese invented?
mixed | Which US state is the largest? | Which US city is the largest?
mixed | What's the population of the US? | What's the population of the UK?
mixed | How many calories are in an apple? | How much sugar is in an apple?
mixed | Is it cheaper to fly or drive to Vegas? | Is it faster to fly or drive to Vegas?
mixed | Am I allowed to work on a student visa? | Am I allowed to travel on a student visa?
mixed | Refactor this code to use async/await | Refactor this code to use callbacks
mixed | Write tests for this class | Write documentation for this class
mixed | How do I wake up early? | How do I wake up late?
mixed | Should I invest in stocks? | Should I invest in bonds?
mixed | Why did the Roman Empire fall? | Why did the Ottoman Empire fall?
mixed | What does the brain do? | What does the liver do?
mixed | Write the introduction of an essay about pollution | Write the conclusion of an essay about pollution
mixed | How do I take a screenshot on a Mac? | How do I take a screenshot on Windows?
mixed | How do I start learning to swim? | How do I start learning to dive?
mixed | How should fresh basil be stored? | How should dried basil be stored?
mixed | Write a thank-you email after a job interview | Write a thank-you email before a job interview
mixed | How do I know when chicken is fully cooked? | How do I know when rice is fully cooked?
mixed | How far is it from Paris to Rome? | How far is it from Paris to Milan?
mixed | List all prime numbers less than 100 | List all prime numbers greater than 100
mixed | Give me three synonyms for happy | Give me three antonyms for happy
mixed | What is the function of the liver? | What is the function of the kidney?
mixed | How do I protect my skin from the sun? | How do I protect my eyes from the sun?
mixed | What's a healthy breakfast? | What's a healthy lunch?
mixed | When should tomatoes be planted? | When should tomatoes be harvested?
mixed | Create a slogan for a bakery | Create a logo for a bakery
mixed | Which planet is closest to the sun? | Which planet is farthest from the sun?
mixed | Why was the Berlin Wall built? | Why was the Berlin Wall torn down?
mixed | What are the advantages of using TypeScript over JavaScript? | What are the advantages of using JavaScript over TypeScript?
mixed | Who sings Bohemian Rhapsody? | Who wrote Bohemian Rhapsody?
mixed | Do I need a visa to visit Brazil? | Do I need a visa to work in Brazil?
mixed | What is the largest country by area? | What is the largest country by population?
mixed | How do I become a pilot? | How do I become a better pilot?
mixed | Explain this code | Improve this code
mixed | Does coffee stunt growth? | Does coffee stimulate growth?
mixed | How do I turn off notifications on Android? | How do I turn on notifications on Android?
mixed | Plan a weekend trip to Amsterdam | Plan a weekend trip from Amsterdam
mixed | Delete my Facebook account permanently | Delete my Facebook account temporarily
mixed | What year was the internet invented? | What year was the telephone invented?
mixed | What are the main exports of Chile? | What are the main imports of Chile?
mixed | How do I make a PDF? | How do I edit a PDF?
mixed | How do I get a dog? | How do I keep a dog?
mixed | How do I use a drill? | How do I find a drill?
mixed | How do I write a test? | How do I pass a test?
mixed | How do I make money? | How do I save money?
mixed | How do I see my saved passwords? | How do I use my saved passwords?
mixed | How do I take a nap? | How do I make a nap?
mixed | Is my phone new? | Is my phone old?
mixed | What is the main idea of this text? | What is the tone of this text?
mixed | What makes a good leader? | What makes a bad leader?
mixed | What is the right dose of aspirin? | What is the maximum dose of aspirin?
mixed | Give me some interesting facts about cats | Give me some interesting facts about bats
mixed | How do I add a person in Slack? | How do I add a file in Slack?
mixed | How do I open a file in Vim? | How do I close a file in Vim?
mixed | How do I hire a lawyer? | How do I become a lawyer?
mixed | How do I hire a lawyer? | How do I fire a lawyer?
mixed | What are the best foods before a workout? | What are the best foods after a workout?
mixed | Who is the author of The Hobbit? | Who is the publisher of The Hobbit?
mixed | Which team won the game? | Which team lost the game?
mixed | How many people live in Paris? | How many people work in Paris?
mixed | Is it safe to mix bleach and vinegar? | Is it safe to mix baking soda and vinegar?
mixed | When did the war start? | When did the war end?
mixed | How do I teach English in Japan? | How do I learn English in Japan?
mixed | How do I lend money? | How do I borrow money?
mixed | How do I charge my phone at night? | How do I charge my phone at work?
mixed | What should I do first when I arrive in Rome? | What should I do last when I arrive in Rome?
mixed | What are the symptoms of low blood sugar? | What are the symptoms of high blood sugar?
mixed | What is the plural of mouse? | What is the plural of goose?
mixed | Show the process list in Linux | Kill the process in Linux
mixed | How do I paint a wall white? | How do I paint a wall black?
mixed | Can I take aspirin with food? | Can I take aspirin without food?
mixed | What is 7 plus 5? | What is 7 minus 5?
mixed | What is 2 to the power of 10? | What is 10 to the power of 2?
mixed | What is 10 divided by 5? | What is 5 divided by 10?
mixed | Where is the nearest hospital? | Where is the nearest pharmacy?
mixed | Tell me about Paris | Tell me about Paris Hilton
mixed | What is the meaning of "break a leg"? | What is the origin of "break a leg"?
mixed | Summarize chapter 3 of the book | Summarize chapter 4 of the book
mixed | Draft a contract between a landlord and a tenant | Draft a contract between an employer and an employee
mixed | Explain machine learning | Explain deep learning
mixed | What are the steps to bake bread? | What are the tools to bake bread?
mixed | What does this function return? | What does this function accept?
mixed | When is Mother's Day? | When is Father's Day?
mixed | Is Pluto bigger than the Moon? | Is the Moon bigger than Pluto?
mixed | How do I say sorry in Japanese? | How do I say please in Japanese?
mixed | Are bananas high in potassium? | Are bananas low in potassium?
mixed | What is the cheapest way to get to Paris? | What is the fastest way to get to Paris?
mixed | What is the safest way to travel? | What is the cheapest way to travel?
mixed | What is the hardest part of learning piano? | What is the easiest part of learning piano?
mixed | Should I take the job? | Should I leave the job?
mixed | Do men live longer than women? | Do women live longer than men?
mixed | How do I send an email in Gmail? | How do I unsend an email in Gmail?
mixed | Write an article for teens | Write an article for seniors
mixed | How do I cook rice in a rice cooker? | How do I cook rice in a microwave?
mixed | Is Java the same as JavaScript? | Is Java better than JavaScript?
mixed | What are some movies like Inception? | What are some movies unlike Inception?
mixed | What is the capital of Georgia the country? | What is the capital of Georgia the state?
mixed | Where can I buy tickets? | Where can I sell tickets?
mixed | How do I disable dark mode on my laptop? | How do I enable dark mode on my laptop?
mixed | What happened before the Big Bang? | What happened during the Big Bang?
mixed | How long do dogs live? | How long do dogs sleep?
mixed | How long does milk last in the fridge? | How long does milk last in the freezer?
mixed | Who is taller, Tom or Jerry? | Who is older, Tom or Jerry?
mixed | Write a story in the first person | Write a story in the third person
mixed | How much does it cost to build a house? | How long does it take to build a house?
mixed | Is it legal to own a tiger? | Is it ethical to own a tiger?
mixed | Which is better for my skin? | Which is worse for my skin?
mixed | How can I see who viewed my profile? | How can I hide who viewed my profile?
mixed | How do I make my coffee stronger? | How do I make my coffee weaker?
mixed | What is the freezing point of ethanol? | What is the freezing point of methanol?
mixed | Write a Java method that sorts an array. | Write a Java method that reverses an array.
mixed | How can I learn the piano by myself? | How can I tune the piano by myself?
mixed | Who composed The Four Seasons? | Who composed The Magic Flute?
mixed | Explain how a hash table works. | Explain how a binary tree works.
mixed | Suggest a title for my blog post about gardening. | Suggest a title for my blog post about cooking.
mixed | What are the ingredients of pesto? | What are the ingredients of hummus?
mixed | How do I squash commits in git? | How do I revert commits in git?
mixed | Tell me about the history of the Ottoman Empire. | Tell me about the geography of the Ottoman Empire.
mixed | How many teaspoons are in a tablespoon? | How many tablespoons are in a cup?
mixed | Translate "see you tomorrow" into Italian. | Translate "see you later" into Italian.
mixed | Make this text sound more professional. | Make this text sound more casual.
mixed | What should I wear to a job interview? | What should I say in a job interview?
mixed | How do I become more confident? | How do I become less confident?
mixed | Define osmosis. | Define diffusion.
mixed | How can I reduce my anxiety? | How can I reduce my rent?
mixed | Why do volcanoes erupt? | Where do volcanoes erupt?
mixed | How do I align an image to the right in CSS? | How do I align an image to the left in CSS?
mixed | What is the best way to memorize vocabulary? | What is the best way to test vocabulary?
mixed | Convert this JSON to YAML. | Convert this YAML to JSON.
mixed | How is glass made? | How is glass recycled?
mixed | Write a two-paragraph story about a lost puppy. | Write a three-paragraph story about a lost puppy.
mixed | What are the health risks of smoking? | What are the health risks of drinking?
mixed | How do I find the length of a string in C? | How do I find the length of an array in C?
mixed | Create a packing list for a beach vacation. | Create a packing list for a ski vacation.
mixed | What is the most spoken language in the world? | What is the least spoken language in the world?
mixed | Who was the first president of the United States? | Who was the third president of the United States?
mixed | Describe the plot of Hamlet. | Describe the plot of Macbeth.
mixed | How do I tie a bow tie? | How do I tie a shoelace?
mixed | Write an apology letter to a customer for a late delivery. | Write an apology letter to a customer for a wrong delivery.
mixed | How long does it take to learn Spanish? | How long does it take to learn Mandarin?
mixed | Can I use olive oil for frying? | Can I use olive oil for baking?
mixed | How do I set an alarm on my iPhone? | How do I delete an alarm on my iPhone?
mixed | Which country has the most volcanoes? | Which country has the fewest volcanoes?
mixed | How do I restart a Docker container? | How do I remove a Docker container?
mixed | Summarize the main points of this report. | Criticize the main points of this report.
mixed | What is the average lifespan of a cat? | What is the average weight of a cat?
mixed | Give me a list of countries in South America. | Give me a list of countries in South Asia.
mixed | Explain quantum entanglement like I'm five. | Explain quantum entanglement like I'm a physicist.
mixed | How can I make my resume stand out? | How can I make my resume shorter?
mixed | What is the opposite of optimistic? | What is the meaning of optimistic?
mixed | How do I grow tomatoes indoors? | How do I grow tomatoes outdoors?
mixed | Tell me a fun fact about octopuses | Tell me a fun fact about penguins
mixed | How do I read a file line by line in Python? | How do I write a file line by line in Python?
mixed | Compare electric and gas cars | Compare electric and hybrid cars
mixed | Who is the main character in Dune? | Who is the main villain in Dune?
mixed | Give me a vegetarian recipe with lentils | Give me a vegan recipe with lentils
mixed | Is it healthy to eat eggs every day? | Is it healthy to eat eggs every week?
mixed | Write a song in the style of Bob Dylan | Write a song in the style of Bob Marley
mixed | How do I contact Amazon support? | How do I contact Apple support?
mixed | Why does my car shake when I brake? | Why does my car shake when I accelerate?
mixed | What is the largest planet in the solar system? | What is the largest moon in the solar system?
mixed | Why is my internet slow? | Why is my computer slow?
mixed | Explain the causes of World War I | Explain the consequences of World War I
mixed | How do I train for a 5k? | How do I train for a 10k?
mixed | What is the tax rate in Texas? | What is the crime rate in Texas?
mixed | How do I disable a plugin in WordPress? | How do I disable a theme in WordPress?
mixed | What is the difference between a list and a tuple in Python? | What is the difference between a list and a set in Python?
mixed | Write a breakup text | Write a breakup letter
mixed | How do I remove a virus from my PC? | How do I remove a program from my PC?
mixed | Does my cat need a bath? | Does my cat need a vaccine?
mixed | When was the first iPhone released? | When was the latest iPhone released?
mixed | Which is the best phone under $500? | Which is the best phone over $500?
mixed | What is the formula for the volume of a sphere? | What is the formula for the volume of a cone?
mixed | How do I get out of debt? | How do I get into debt?
mixed | Recommend a comedy movie | Recommend a horror movie
mixed | Recommend a movie for kids | Recommend a movie for adults
mixed | What is the role of the CEO? | What is the salary of the CEO?
mixed | How do I spell "necessary"? | How do I spell "accessory"?
mixed | How do I use chopsticks with my left hand? | How do I use chopsticks with my right hand?
mixed | Name a song by Adele | Name a song about Adele
mixed | Write a letter to my future self | Write a letter to my past self
mixed | How do I merge cells in Excel? | How do I split cells in Excel?
mixed | Give me a quote by Einstein | Give me a quote about Einstein
mixed | Explain the ending of Inception | Explain the beginning of Inception
mixed | Which drinks contain caffeine? | Which drinks contain no caffeine?
mixed | How do I apply for a job at Google? | How do I quit a job at Google?
mixed | Can I mix red and white wine? | Can I mix red wine and vodka?
mixed | How do I stop a running process? | How do I start a running process?
mixed | What does the heart do? | What does the heart look like?
mixed | How does a plane stay in the air? | How does a bird stay in the air?
`,
  ),
];

export const HELD_OUT: readonly Pair[] = [
  ...parse(
    true,
    `
mixed | How can I remember people's names better? | What is a good way to remember people's names?
mixed | What is the recommended dosage of vitamin D for adults? | How much vitamin D should adults take?
mixed | Write a Bash script to back up a folder. | Create a bash script that backs up a directory
mixed | How does Bluetooth work? | Explain how Bluetooth works
mixed | Why is Venus hotter than Mercury? | What makes Venus hotter than Mercury?
mixed | What is the largest organ in the human body? | Which organ is the largest in the human body?
mixed | Give me three ideas for a science fair project. | Suggest 3 science fair project ideas
mixed | How do I change my password on Gmail? | How can I reset my Gmail password?
mixed | Who discovered gravity? | Who was the discoverer of gravity?
mixed | What do pandas eat? | What is the diet of pandas?
mixed | Can you write a haiku about rain? | Write a rain haiku
mixed | How do I add two numbers in Python? | How can you add 2 numbers using Python?
mixed | What is inflation in economics? | Define inflation in economics
mixed | How can I get my baby to sleep through the night? | How do I make my baby sleep through the night?
mixed | Make this email shorter. | Shorten this email.
mixed | How do I send a large file? | What's the best way to send large files?
mixed | Translate this paragraph to German. | Translate this paragraph into German
mixed | Is it OK to drink coffee every day? | Can I drink coffee every day?
mixed | What is the formula for kinetic energy? | What's the kinetic energy formula?
mixed | List the steps of mitosis. | What are the stages of mitosis?
mixed | How do I prevent my glasses from fogging up? | How can I stop my glasses from fogging up?
mixed | When did the Titanic sink? | What year did the Titanic sink?
mixed | How should I prepare for a job interview? | What are some tips for preparing for a job interview?
mixed | What are the advantages of solar energy? | What are the benefits of solar power?
mixed | Tell me how to cook quinoa. | How do I cook quinoa?
mixed | Write an email asking for a refund. | Draft an email requesting a refund
mixed | What is the weather in Oslo in January like? | How's the weather in Oslo in January?
mixed | How do I find my lost phone? | How can I locate my lost phone?
mixed | Explain the Monty Hall problem. | What is the Monty Hall problem?
mixed | Which is healthier, butter or margarine? | Is butter or margarine healthier?
mixed | How many continents are there? | What is the number of continents?
mixed | Recommend a good sci-fi novel. | Can you recommend a good science fiction book?
mixed | How do I make a budget? | How do I create a budget?
mixed | What does a product manager do? | What is the role of a product manager?
mixed | How do I whiten my teeth at home? | What is a way to whiten teeth at home?
mixed | What is the main cause of deforestation? | What is the primary cause of deforestation?
mixed | Correct the spelling mistakes in this essay. | Fix the spelling errors in this essay
mixed | How can I fall asleep faster? | What can I do to fall asleep faster?
mixed | What is a black hole? | Describe what a black hole is
mixed | How do I calculate my BMI? | How is BMI calculated?
`,
  ),
  ...parse(
    false,
    `
mixed | How can I remember people's names better? | How can I remember people's faces better?
mixed | What is the recommended dosage of vitamin D for adults? | What is the recommended dosage of vitamin D for infants?
mixed | Write a Bash script to back up a folder. | Write a Bash script to empty a folder.
mixed | How does Bluetooth work? | How does Wi-Fi work?
mixed | Why is Venus hotter than Mercury? | Why is Mercury smaller than Venus?
mixed | What is the largest organ in the human body? | What is the largest muscle in the human body?
mixed | Give me three ideas for a science fair project. | Give me three ideas for an art project.
mixed | How do I change my password on Gmail? | How do I change my picture on Gmail?
mixed | What do pandas eat? | Where do pandas live?
mixed | Write a haiku about rain | Write a haiku about snow
mixed | How do I add two numbers in Python? | How do I multiply two numbers in Python?
mixed | What is inflation in economics? | What is deflation in economics?
mixed | Make this email shorter. | Make this email longer.
mixed | How do I send a large file? | How do I open a large file?
mixed | Translate this paragraph to German. | Translate this paragraph to Dutch.
mixed | Is it OK to drink coffee every day? | Is it OK to drink alcohol every day?
mixed | What is the formula for kinetic energy? | What is the formula for potential energy?
mixed | List the steps of mitosis. | List the steps of meiosis.
mixed | When did the Titanic sink? | Where did the Titanic sink?
mixed | How should I prepare for a job interview? | How should I prepare for a marathon?
mixed | What are the advantages of solar energy? | What are the advantages of wind energy?
mixed | Tell me how to cook quinoa. | Tell me how to cook couscous.
mixed | Write an email asking for a refund. | Write an email refusing a refund.
mixed | What is the weather in Oslo in January like? | What is the weather in Oslo in July like?
mixed | Explain the Monty Hall problem. | Explain the trolley problem.
mixed | Which is healthier, butter or margarine? | Which is cheaper, butter or margarine?
mixed | How many continents are there? | How many oceans are there?
mixed | Recommend a good sci-fi novel. | Recommend a good mystery novel.
mixed | What does a product manager do? | What does a project manager do?
mixed | How do I whiten my teeth at home? | How do I straighten my teeth at home?
mixed | What is the main cause of deforestation? | What is the main effect of deforestation?
mixed | How can I fall asleep faster? | How can I wake up faster?
mixed | What is a black hole? | What is a white hole?
mixed | How do I calculate my BMI? | How do I calculate my BMR?
mixed | How do I transfer money to a bank account? | How do I transfer money from a bank account?
mixed | Why are flamingos pink? | Why are flamingos tall?
mixed | Is a whale a fish? | Is a shark a fish?
mixed | What is the plural of "ox"? | What is the plural of "fox"?
mixed | Write a dialogue between a cat and a dog | Write a dialogue between a cat and a mouse
mixed | How do I cut an onion without crying? | How do I cook an onion without burning it?
mixed | Which planet has the most moons? | Which planet has no moons?
mixed | What is 5% of 60? | What is 60% of 5?
mixed | How many liters are in 3 gallons? | How many gallons are in 3 liters?
mixed | Who was king before Henry VIII? | Who was king after Henry VIII?
mixed | Show me a picture of a lion | Show me a picture of a tiger
mixed | Is the bank open on Sunday? | Is the bank open on Saturday?
mixed | Can you freeze cream cheese? | Can you freeze whipped cream?
mixed | What are the pros of homeschooling? | What are the cons of homeschooling?
mixed | What is the oldest university in the world? | What is the newest university in the world?
mixed | How do I ask for help? | How do I offer help?
`,
  ),
];
