"""Common first names in Britain that are no everyday words ("Will" and "Mark" are left out)."""

# ruff: noqa: E501, SIM905 - a list of names reads better whole than quoted one by one

from __future__ import annotations

from typing import Final

KNOWN: Final = frozenset(
    """
aaron abdul abdullah abigail adam adil adnan agnieszka ahmed aidan aisha alan alana albert alexander
alfie ali alicia alisha alison amanda amelia amina amir amy anastasia andrea andrew andrzej angela
anita anna anne annette anthony antonio arjun arthur asif asma audrey ayesha barbara barry beata
ben benjamin bernadette bernard beth bethany beverley bilal bogdan brandon brenda brendan brian
bridget callum cameron carl carla carly carol caroline catherine charlene charlotte cheryl chloe
christina christine christopher claire clare colin connor corey courtney craig cristina cynthia
dale damian daniel danielle danny darren daryl dave david dawid deborah debbie declan denise dennis
derek diane dmitri dominic donna doreen dorothy dylan eddie edward eileen elaine eleanor elena elizabeth
ellie elsie emily emma eric ethan evelyn ewa farah farooq fatima fiona frances francesca freya gareth
gary gavin gemma geoff geoffrey george georgia gerald gillian glenn gordon graham greg gregory gurpreet
hamza hannah harpreet harry hassan hayley heather helen henry hussain ian ibrahim imran ioana irene
isaac isabel isabella ismail ivan jacob jacqueline jade jaden jake jakub jamal james jane janet janice
jasmine jason javed jayden jean jeanette jeffrey jennifer jenny jeremy jessica jill joan joanna joanne
jodie joe joel john johnny jonathan jordan joseph josh joshua joyce judith julia julie justin kamil
karen karl kasia katarzyna kate katherine kathleen katie kayleigh keeley keith kelly kelvin kenneth
kerry kevin khadija kieran kimberley kirsty krzysztof kyle laura lauren leanne leon leonard leroy
lesley lewis liam lillian linda lisa lorraine louis louise lucas lucy luke lynn lynne maciej malcolm
malik manjit marcin marcus margaret maria mariam marie marilyn martin maryam mateusz matthew maureen
mehmet melanie melissa michael michal michelle miguel mohamed mohammad mohammed molly monika muhammad
mustafa nadia naomi natalie natasha nathan neil nicholas nicola nicole nigel nikita norma norman oliver
olivia omar oscar osman pamela patricia patrick paul paula pauline pawel peter philip phillip phoebe
phyllis piotr priya rachel rafal rahul raj rajesh ralph rashid raymond rebecca rhys richard ricky robert
rochelle roger ronald rosemary rosie ross roxanne russell ruth ryan sabrina saima salma samantha samina
samuel sandra sara sarah scott sean sergei shabana shane shannon sharon shaun shaunna sheila shelley
shirley simon sofia sonia sophia sophie stacey stanley stella stephanie stephen steve steven stuart
sunita suresh susan suzanne svetlana sylvia tadeusz tahir tania tanya tariq tasha tatiana terence teresa
thelma theo thomas tiffany tim timothy tomasz toni tony tracey tracy trevor tyler tyrone usman valerie
vanessa vera veronica victoria vijay vikram vincent violet vivienne walter waqar wayne wendy wesley
william yasmin yusuf yvonne zach zachary zainab zara zoe zofia
""".split()
)
