"""Harbourline, outsourced payroll for small firms: what the English sample holds."""

from __future__ import annotations

NAME = "Harbourline"
TITLE = "Harbourline – client journey, payroll service"
LANGUAGE, CURRENCY = "en", "GBP"
SHEETS = ("Touchpoints", "Client survey", "Action plan", "Personas", "Team and clients")

TOUCHPOINT_HEADERS = [
    "Stage", "Touchpoint", "Channel", "Touchpoint type", "Online or offline", "Influence on conversion (1-10)", "Effort (1-10)", "Importance (1-10)",
    "Fit with the persona (1-10)", "Reach (%)", "Improvement cost (£)", "Yearly cost (£)", "Satisfaction (1 to 5)", "Feeling", "Pain points",
    "Delights", "Complaints", "Team", "Owner",
]  # fmt: skip

#: stage: one line a touchpoint, in the order of the columns above
TOUCHPOINTS = {
    "Awareness": """
Search result|Search engine|Marketing|Online|7|4|6|8|62|2800|19000|3.4|neutral|The page talks about software, not about a service||2|Marketing|Priya Nair
Accountant's recommendation|Indirect|Indirect|Offline|9|6|8|9|37|||4.5|confident||My accountant already works with them|0||
LinkedIn article|Social media|Marketing|Online|5|3|4|7|24|600|5200|3.8|interested|||0|Marketing|Priya Nair
Trade fair stand|Event|Sales|Offline|5|8|4|5|6|9000|26000|3.9|curious|No follow-up for three weeks|Talking to somebody who runs payroll every day|3|Sales|Tom Ashworth
Review site|Review site|Indirect|Online|8|3|7|8|41|500|900|3.6|wary|Two old complaints without an answer||5|Marketing|Priya Nair
""",
    "Evaluation": """
Pricing page|Web site|Sales|Online|9|2|9|9|58|1200|800||frustrated|No price without a call ; Set-up fee not mentioned||34|Marketing|Priya Nair
Case studies|Web site|Marketing|Online|6|4|6|7|29|2400|3000|4.0|reassured|None about a firm of fewer than ten people||1|Marketing|Priya Nair
Discovery call|Phone|Sales|Offline|8|4|8|8|33|1800|24000||reassured|Asked the same questions as the form|The adviser knew our collective agreement|7|Sales|Tom Ashworth
Product demo|Video call|Sales|Online|8|5|8|8|27|3600|21000||impressed|Too long, and shows what we would never use|Live run of a real payslip|9|Sales|Ellen Burke
Quote|E-mail|Sales|Online|9|3|9|8|25|900|1500||confused|Three documents and no total ; Valid for ten days only||22|Sales|Ellen Burke
""",
    "Agreement": """
Contract|E-mail|Sales|Online|8|5|8|6|19|4200|6000||wary|Eighteen pages ; Notice period hard to find||17|Legal|Martin Osei
Electronic signature|Web site|Sales|Online|6|2|6|7|18|500|2400|4.2|satisfied||Signed on the phone, in a minute|1|Legal|Martin Osei
Data protection check|E-mail|Sales|Online|6|6|8|5|18|5200|8000|2.9|annoyed|Questionnaire sent twice by two people||11|Legal|Martin Osei
Direct debit set-up|Web site|Sales|Online|5|3|5|6|18|1100|700|3.3|neutral|Bank details asked for by e-mail||8|Finance|Joan Whitfield
Welcome e-mail|E-mail|Post-purchase|Online|5|2|6|8|18|400|300|4.1|relieved|||1|Onboarding|Sam Okafor
""",
    "Onboarding": """
Kick-off meeting|Video call|Customer service|Online|7|4|8|8|17|1600|15000||confident||A plan with names and dates|3|Onboarding|Sam Okafor
Employee data transfer|Spreadsheet|Customer service|Online|9|7|9|7|17|11000|9000||overwhelmed|Template of 84 columns ; Errors come back one at a time||43|Onboarding|Sam Okafor
First parallel payroll|Client portal|Customer service|Online|8|6|9|8|16|6400|12000||worried|Differences are not explained|Found an old mistake of ours|19|Payroll|Grace Lindqvist
Client portal training|Video call|Customer service|Online|6|3|6|7|14|1500|5000|3.5|neutral|Same session for managers and for accountants||6|Onboarding|Sam Okafor
Help centre|Web site|Customer service|Online|5|4|5|6|13|2600|4000|3.1|frustrated|Screenshots of the former portal||10|Customer service|Aisha Rahman
""",
    "Everyday service": """
Monthly payroll run|Client portal|Customer service|Online|9|6|10|9|100|8200|64000||calm|Cut-off two days earlier since spring|Nobody has ever been paid late|12|Payroll|Grace Lindqvist
Payslip for employees|Mobile app|Post-purchase|Online|6|4|7|8|92|3400|14000||satisfied|Former employees lose access||9|Product|Leo Marsh
Named adviser|Phone|Customer service|Offline|8|7|9|9|64|15000|88000||disappointed|Changes twice a year ; Nobody covers for holidays|Knows our people by name|31|Customer service|Aisha Rahman
Support ticket|E-mail|Customer service|Online|7|4|8|6|47|3900|36000||annoyed|Closed without an answer ; Three days on average||38|Customer service|Aisha Rahman
Legal update newsletter|E-mail|Marketing|Online|5|2|6|8|71|600|4200|4.3|satisfied||Says what we have to do, and by when|0|Marketing|Priya Nair
Invoice|E-mail|Post-purchase|Online|4|3|6|5|100|1200|1800|2.8|confused|Lines nobody understands||16|Finance|Joan Whitfield
""",
    "Renewal": """
Yearly review meeting|Video call|Sales|Online|7|4|7|8|22|2000|17000||heard|Was cancelled twice|Came with figures about our own mistakes|4|Customer service|Aisha Rahman
Price increase letter|Post|Sales|Offline|8|3|8|4|95|900|1400|2.1|angry|Arrives after the budget is closed ; No word about what has improved||27|Finance|Joan Whitfield
Satisfaction survey|E-mail|Marketing|Online|4|2|5|6|38|300|900|3.0|neutral|Nobody says what became of it||2|Marketing|Priya Nair
Referral offer|E-mail|Indirect|Online|7|2|4|7|11|700|2600|3.9|pleased|||0|Marketing|Priya Nair
""",
}

#: stage → what the client wants of it
GOALS = {
    "Awareness": "Stop doing payroll on Sunday evenings",
    "Evaluation": "Know what it costs and what is left for me to do",
    "Agreement": "Sign without calling a lawyer",
    "Onboarding": "Move everybody over without a wrong payslip",
    "Everyday service": "Everybody paid right, on time, without thinking of it",
    "Renewal": "Be sure that it is still worth the price",
}
MAP_HEADERS = ["Customer actions", "Thoughts", "Opportunities"]
#: touchpoint | what the client does | what they think | what could be done
MAP = """
Search result|Searches for “payroll for 20 employees”|“Is this for firms of our size?”|
Accountant's recommendation|Asks the accountant after another late payslip||Give accountants a page to hand on
Review site|||Answer the old reviews
Pricing page|Looks for a price, then for a way round the form|“If they hide the price, it must be high.”|A price calculator without a form
Discovery call||“Will they know our industry's rules?”|
Product demo|||Show one of the client's own payslips
Quote|Compares three quotes in a spreadsheet||One-page quote with a total per employee and month
Contract|Forwards the contract to a partner|“How do I get out if it goes wrong?”|A summary of the contract on one page
Data protection check|Fills in the same company details again||Ask for company details once
Employee data transfer|Exports employees from the old software|“Eighty-four columns. I have a business to run.”|Read the exports of the five usual programs as they are ; Report all errors of a file at once
First parallel payroll|Checks every net amount by hand|“Why is this net amount three pounds off?”|Explain each difference of the parallel run
Monthly payroll run|Enters hours and bonuses before the cut-off||
Named adviser||“I do not want to explain it all again to somebody new.”|Advisers in pairs, so that one always knows the file
Support ticket|Writes to the adviser, then calls||Never close a ticket without asking
Price increase letter|Asks another provider for a quote|“Nine per cent more, for what?”|Announce prices before budgets are made, with what improved
Yearly review meeting|Counts the tickets of the year||
Satisfaction survey|||Say what the last survey changed
"""

#: touchpoint → (mean, spread) of ratings 1 to 5, and the share of respondents concerned
RATED = {
    "Pricing page": (2.8, 0.7, 0.55),
    "Discovery call": (4.2, 0.6, 0.5),
    "Product demo": (4.2, 0.6, 0.46),
    "Quote": (3.3, 0.7, 0.48),
    "Contract": (2.7, 0.9, 0.4),
    "Kick-off meeting": (3.4, 0.6, 0.4),
    "Employee data transfer": (1.9, 0.9, 0.44),
    "First parallel payroll": (2.2, 0.8, 0.44),
    "Monthly payroll run": (4.3, 0.8, 0.34),
    "Payslip for employees": (4.0, 0.8, 0.28),
    "Named adviser": (3.0, 1.9, 0.93),
    "Support ticket": (2.9, 1.8, 0.74),
    "Yearly review meeting": (4.0, 0.8, 0.0),
}
#: the stage where feelings are split: one person rates these either very high or very low
SPLIT = ("Named adviser", "Support ticket")
#: a touchpoint that hardly anybody has rated yet
RARE = ("Yearly review meeting", 3)
SEGMENTS = {"1–9 employees": 0.46, "10–49 employees": 0.39, "50–250 employees": 0.15}
SEGMENT_HEAD = "Payroll size"
DATE_HEAD = "Date of answer"
RATING_HEAD = "{name}: how satisfied are you? (1 = not at all, 5 = very)"
NPS_HEAD = "How likely are you to recommend Harbourline to another firm? (0 to 10)"
COMMENT_HEAD = "Why this score?"
RESPONDENTS, FROM, DAYS = 218, "2026-01-12", 210

COMMENTS = {
    "low": """
Our adviser changed twice this year and I explained everything three times.
The employee template has 84 columns. It took me two weekends.
Tickets get closed without an answer, then you start again.
No price on the site, then a quote in three documents without a total.
Price went up nine per cent in January, after our budget was closed.
I read the contract twice and still do not know the notice period.
The parallel run showed differences that nobody could explain.
When our adviser is on holiday, nobody knows our file.
The invoice has lines that even their finance team could not explain.
""",
    "middle": """
Payroll itself is right, getting started was hard.
Good people, slow tickets.
The portal does the job, the help pages show the old one.
Fine for a firm of our size, a bit dear since the increase.
The demo was too long, but the answers were honest.
I would like one person for the managers and one for the accounts.
Cut-off is now two days earlier, which is difficult with shift work.
""",
    "high": """
Nobody has been paid late in four years. That is all I ask for.
Our adviser knows everybody by name and calls before deadlines.
They found a mistake we had made for two years.
The kick-off plan with names and dates took the fear away.
The law updates tell us what to do, not what the law says.
Payslips on the phone: our people love it.
Moved from a big provider and will not go back.
""",
}

ACTION_HEADERS = ["Action", "Touchpoint", "Stage", "Owner", "Team", "Start date", "Due date", "Cost (£)", "Status", "KPI", "Description"]
ACTIONS = """
Price calculator without a form|Pricing page|Evaluation|Priya Nair|Marketing|2026-09-07|2026-10-09|1200|In progress|Visitors who ask for a quote|Employees, months, options: a price per month, set-up included
Read the exports of the five usual programs as they are|Employee data transfer|Onboarding|Sam Okafor|Onboarding|2026-09-21|2026-12-11|11000|To do|Days from signature to first payroll|All errors of a file in one list
One-page quote with a total|Quote|Evaluation|Ellen Burke|Sales|2026-09-14|2026-09-30|900|Done|Quotes signed within ten days|
Advisers in pairs|Named adviser|Everyday service|Aisha Rahman|Customer service|2026-10-05|2027-01-15|15000|To do|Clients with the same pair after a year|Each client knows both from the first day
Ask before a ticket is closed|Support ticket|Everyday service|Aisha Rahman|Customer service|2026-09-28|2026-10-16|3900|To do|Tickets reopened|
Contract summary on one page|Contract|Agreement|Martin Osei|Legal|2026-10-12|2026-11-13|4200|To do|Days from quote to signature|Price, notice, data, who does what
Answer the old reviews|Review site|Awareness|Priya Nair|Marketing|2026-09-07|2026-09-18|500|Done|Reviews with an answer|
"""

PERSONA_HEADERS = ["Persona", "Description", "Needs", "Pain points", "Channels", "Quote"]
PERSONAS = """
Dana, owner of a bakery with 14 people|Does payroll herself, on Sunday evenings|A fixed price and somebody who answers|Forms that ask twice, fees found later|Phone, mobile app|“I bake. I do not want to know tax codes.”
Robert, finance manager, 120 people|Answers to a board and an auditor|Figures that can be explained to the penny|An adviser who changes twice a year|E-mail, client portal|“Show me why the net differs, not that it differs.”
"""

#: action | accountable | consulted | informed | effect in points, from … to … | confidence % | cost, from … to … | depends on
PLAN = """
Price calculator without a form|Grace Lin|Ellen Burke|Customer service|0.5|2|75|1000|1600|
Read the exports of the five usual programs as they are|Grace Lin|Aisha Rahman, Priya Nair|Sales|0.2|1.2|60|9000|16000|
One-page quote with a total|Ellen Burke|Martin Osei|Onboarding|0.5|1.5|85|||
Advisers in pairs|Aisha Rahman|Sam Okafor|All clients|0.3|1.8|55|12000|20000|
Ask before a ticket is closed|Aisha Rahman|Sam Okafor|All teams|0.2|0.8|70|3000|4500|
Contract summary on one page|Martin Osei|Ellen Burke|Customer service|0.2|0.9|70|3500|5500|One-page quote with a total; Price calculator without a form
Answer the old reviews|Priya Nair|Aisha Rahman||0.1|0.5|80|||
"""
#: the budget of the plan, the firms that ask in a year and what a client brings, from … to …
MONEY = {"budget": 15000.0, "customers": (1800.0, 2400.0), "conversion": (900.0, 1400.0)}

#: what the team decided in the workshop, after the import
BY_HAND = {"stage": ("Awareness", 0.5), "accepted": ["Pricing page", "Employee data transfer", "Monthly payroll run"]}

#: what a touchpoint is worth: its rational, emotional and behavioural value, 0 to 100
VALUE_HEADERS = ["Rational value (0-100)", "Emotional value (0-100)", "Behavioural value (0-100)"]
VALUES = """
Search result|52|33|47
Accountant's recommendation|84|78|86
LinkedIn article|41|38|30
Trade fair stand|48|55|36
Review site|70|49|68
Pricing page|39|27|41
Case studies|66|52|55
Discovery call|74|70|72
Product demo|78|66|75
Quote|57|36|60
Contract|46|28|44
Electronic signature|81|57|69
Welcome e-mail|62|60|49
Kick-off meeting|68|63|58
Employee data transfer|33|21|37
First parallel payroll|72|54|70
Client portal training|58|44|52
Help centre|49|31|43
Monthly payroll run|61|45|66
Payslip for employees|76|62|71
Named adviser|80|88|84
Support ticket|43|29|39
Invoice|51|30|34
Price increase letter|37|22|28
Referral offer|64|59|62
"""
#: who answered for the team and for the clients, and what the survey calls them
SIDE_HEADERS = ["Respondent", "Staff or customer", "Stage", "Touchpoint", "Importance (1-10)", "Satisfaction (1-10)"]
SIDES = (("Staff", 9), ("Customer", 24))
#: stage | touchpoint | importance to clients | to the team | clients' satisfaction as the team sees it (1-10)
JUDGED = """
Evaluation|Pricing page|8.8|6.1|6.8
Evaluation|Discovery call|6.4|8.2|7.9
Evaluation|Product demo|7.5|8.6|8.1
Evaluation|Quote|8.3|7.7|6.9
Agreement|Contract|7.2|7.6|6.6
Agreement|Pricing page|7.0|4.3|
Onboarding|Kick-off meeting|6.3|8.4|8.3
Onboarding|Employee data transfer|9.2|6.5|6.2
Onboarding|First parallel payroll|8.7|8.1|7.4
Everyday service|Monthly payroll run|9.5|9.0|7.8
Everyday service|Payslip for employees|7.9|7.1|7.5
Everyday service|Named adviser|8.6|7.0|7.7
Everyday service|Support ticket|8.9|6.7|6.4
Everyday service|Employee data transfer|6.8|4.1|
"""
