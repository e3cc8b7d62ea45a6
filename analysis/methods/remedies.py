"""Known remedies per type of touchpoint and per kind of difficulty, each with the KPI that it moves (D24).

A remedy is found by what a touchpoint is (its name, channel and family) and by what customers say hurts there, both told by the words of
`analysis.methods.remedy_words`.
"""

# ruff: noqa: E501 - one remedy a line

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.language import N_, translator
from analysis.methods.remedy_words import pains_of


@dataclass(frozen=True)
class Remedy:
    """One known remedy. ``types`` (``any``: everywhere) and ``pains`` tell where and against what it helps; without ``pains`` it is the
    usual advice for the type."""

    code: str
    title: str
    kpi: str
    types: tuple[str, ...]
    pains: tuple[str, ...] = ()


NPS, CSAT, CES = "NPS", "CSAT", "CES"
CONVERSION, CLICKS, RESPONSE = N_("Conversion rate"), N_("Click-through rate"), N_("Response time")
ABANDONED, FIRST_CONTACT, COMPLAINTS = N_("Abandonment rate"), N_("Resolution at first contact"), N_("Number of complaints")
RATING, VOLUME, RETENTION = N_("Average rating of reviews"), N_("Number of reviews"), N_("Retention rate")
BOUNCE, LOAD, REPEAT = N_("Bounce rate"), N_("Page load time"), N_("Repeat purchase rate")
PUNCTUAL, LOST_CALLS, NO_SHOWS = N_("Deliveries on time"), N_("Calls answered"), N_("Missed appointments")
LEADS, SIGN_UPS, REFERRALS = N_("Number of leads"), N_("Acceptance rate of quotes"), N_("Number of referrals")
ANSWERS, FOOTFALL, ACQUISITION = N_("Answer rate"), N_("Number of visits"), N_("Cost per acquisition")
ACTIVATION, UNSUBSCRIBED, RETURNED = N_("Activation rate"), N_("Unsubscribe rate"), N_("Return rate")


def _entry(code: str, title: str, kpi: str, types: str, pains: str = "") -> Remedy:
    return Remedy(code, title, kpi, tuple(types.split()), tuple(pains.split()))


#: the library; within a type the first that fits is proposed first
REMEDIES = (
    _entry("booking_sync", N_("Connect online booking to the real calendar, and confirm each slot at once"), NO_SHOWS, "booking any", "booking_error error"),
    _entry("booking_self", N_("Let customers move or cancel their appointment by themselves, from a link"), NO_SHOWS, "booking", "effort"),
    _entry("booking_reminder", N_("Send a reminder the day before each appointment, with what to bring"), NO_SHOWS, "booking sms", "timing information"),
    _entry("booking_slots", N_("Open more slots at the hours that customers ask for most"), CONVERSION, "booking", "wait unreachable"),
    _entry("reviews_answer", N_("Answer every review within two working days, negative ones first"), RATING, "review social any", "negative_reviews unreachable wait information"),
    _entry("reviews_invite", N_("Invite satisfied customers to leave a review, with a direct link"), VOLUME, "review"),
    _entry("reviews_moment", N_("Ask for the review once the customer has used the product, not before"), ANSWERS, "review feedback sms email", "timing"),
    _entry("reviews_proof", N_("Show verified reviews where the customer decides"), CONVERSION, "review web comparison checkout", "trust"),
    _entry("referral_offer", N_("Make referral visible: a simple offer for both sides, recalled after each good rating"), REFERRALS, "referral", "unknown find"),
    _entry("referral_kit", N_("Give delighted customers something easy to share: a link, a card, a story"), REFERRALS, "referral"),
    _entry("mentions", N_("Follow what is said about the brand, and answer where customers speak"), RATING, "influence social referral review"),
    _entry("press_kit", N_("Prepare facts, pictures and customer stories for the press and partners"), FOOTFALL, "influence"),
    _entry("till_fast", N_("Take payment anywhere in the shop, by card or telephone, without a queue"), CSAT, "till"),
    _entry("checkout_steps", N_("Cut checkout to as few steps as possible, and allow purchase without an account"), ABANDONED, "checkout"),
    _entry("checkout_payment", N_("Add the means of payment that customers ask for, instalments included"), ABANDONED, "checkout billing till any", "payment price"),
    _entry("checkout_costs", N_("Show the full price, delivery included, before the basket"), ABANDONED, "checkout web comparison", "price"),
    _entry("checkout_rescue", N_("Write to those who left a full basket, within 24 hours, with help rather than a discount"), ABANDONED, "checkout email", "timing unknown"),
    _entry("checkout_trust", N_("Reassure at the moment of paying: security, delivery date, returns"), ABANDONED, "checkout", "trust unclear"),
    _entry("quote_plain", N_("Rewrite the quote in plain words: what is paid, by whom, what is left to pay"), SIGN_UPS, "quote billing contract", "unclear price effort"),
    _entry("quote_once", N_("Check the quote against a short list before it leaves, so that it is right first time"), SIGN_UPS, "quote contract billing", "repeat error"),
    _entry("quote_follow", N_("Call back each quote within three days, with one open question"), SIGN_UPS, "quote sales"),
    _entry("quote_fast", N_("Commit to a time for quotes, and show where each one stands"), SIGN_UPS, "quote", "wait information"),
    _entry("price_public", N_("Publish prices, or a price range, where customers look for them"), CONVERSION, "web quote comparison sales", "price"),
    _entry("billing_clear", N_("Redesign the invoice with five customers: one page, the total first"), COMPLAINTS, "billing", "unclear effort find"),
    _entry("billing_alert", N_("Warn customers before any unusual amount is charged"), COMPLAINTS, "billing", "price error promise"),
    _entry("contract_short", N_("Ask only for the documents that are needed, once, and accept photographs"), ABANDONED, "contract", "form repeat wait effort"),
    _entry("contract_online", N_("Offer electronic signature, with a summary of one page"), ABANDONED, "contract"),
    _entry("onboarding_steps", N_("Welcome each customer with three first steps and a person to ask"), ACTIVATION, "onboarding"),
    _entry("onboarding_call", N_("Call new customers after two weeks, before they give up"), RETENTION, "onboarding loyalty app", "unclear unknown skill"),
    _entry("onboarding_roles", N_("Split the training by role: a short session each, on their own case"), ACTIVATION, "onboarding meeting", "impersonal skill effort"),
    _entry("delivery_promise", N_("Announce a date that is kept nine times in ten, and correct it as soon as it slips"), PUNCTUAL, "delivery service", "promise wait"),
    _entry("delivery_tracking", N_("Send news at each step: received, in progress, ready"), CSAT, "delivery sms", "information wait"),
    _entry("delivery_choice", N_("Let customers choose the place and the time of delivery or collection"), CSAT, "delivery", "unreachable stock"),
    _entry("sender_known", N_("Sign every message with the brand's name, announce it beforehand, and never ask for a payment through a link"), COMPLAINTS, "sms email delivery phone", "trust"),
    _entry("delivery_packing", N_("Review packing and checks before dispatch, with a photograph of what leaves"), RETURNED, "delivery", "quality"),
    _entry("parcel_care", N_("Put into the parcel what customers need first: how to start, whom to ask, how to return"), REPEAT, "parcel", "unclear skill"),
    _entry("returns_free", N_("Make returns free and simple: a label in the parcel, a refund within five days"), REPEAT, "returns checkout delivery any", "returns price effort"),
    _entry("returns_policy", N_("State the returns policy in three sentences, before the purchase"), CONVERSION, "returns"),
    _entry("returns_news", N_("Confirm each return on the day it arrives, and say when the refund will be there"), COMPLAINTS, "returns", "information wait promise"),
    _entry("service_history", N_("Give staff one customer file, so that nobody has to explain twice"), FIRST_CONTACT, "service phone chat email shop sales meeting any", "repeat"),
    _entry("service_owner", N_("Name one person per complaint, with a promise of call-back that is kept"), FIRST_CONTACT, "service phone", "repeat information promise"),
    _entry("service_time", N_("Set a response time per channel, measure it, and show it to customers"), RESPONSE, "service email chat phone", "wait"),
    _entry("service_proactive", N_("Contact customers before they complain, as soon as a problem is known"), COMPLAINTS, "service delivery", "information promise quality"),
    _entry("service_answers", N_("Write the answers to the twenty most frequent questions, and keep them up to date"), FIRST_CONTACT, "service content web"),
    _entry("service_autonomy", N_("Let front-line staff settle small disputes themselves, up to a set amount"), FIRST_CONTACT, "service shop phone", "error quality price returns"),
    _entry("service_causes", N_("Review the causes of complaints each month, and remove the first one"), COMPLAINTS, "service", "error quality"),
    _entry("service_personal", N_("Answer each customer by name and on their own question; templates are only a start"), CSAT, "service email chat phone", "impersonal attitude"),
    _entry("loyalty_segment", N_("Replace the same message for all by three messages for three groups of customers"), REPEAT, "loyalty email sms", "impersonal"),
    _entry("loyalty_moment", N_("Send the reminder when the customer needs it, from the date of purchase"), REPEAT, "loyalty email sms", "timing"),
    _entry("loyalty_visible", N_("Show what the loyalty programme brings, at the till and in the account"), RETENTION, "loyalty shop app", "unknown unclear"),
    _entry("loyalty_expiry", N_("Warn customers a month before points, vouchers or contracts run out, with what they can still do"), RETENTION, "loyalty app sms email contract", "information timing"),
    _entry("loyalty_thanks", N_("Thank loyal customers with an attention that is not a discount"), RETENTION, "loyalty"),
    _entry("feedback_short", N_("Ask one question and one reason, right after the experience"), ANSWERS, "feedback sms email", "form wait impersonal effort"),
    _entry("feedback_loop", N_("Tell customers what changed thanks to their answers"), ANSWERS, "feedback", "information"),
    _entry("chat_common", N_("Automate the answers to common questions, and hand over to a person in one click"), RESPONSE, "chat app", "unclear skill"),
    _entry("chat_trained", N_("Put trained agents on the chat at busy hours, and show when they are there"), CSAT, "chat", "unreachable wait skill"),
    _entry("sms_useful", N_("Keep text messages for useful news, with a link that leads straight to the point"), CLICKS, "sms"),
    _entry("email_segment", N_("Segment mailings and write to each group about what it came for"), CLICKS, "email", "impersonal"),
    _entry("email_subject", N_("Test the subject and a single call to action on each mailing"), CLICKS, "email"),
    _entry("email_less", N_("Send fewer mails, and let customers choose the subjects and how often"), UNSUBSCRIBED, "email sms any", "frequency"),
    _entry("social_answer", N_("Answer messages on social networks within the day"), RESPONSE, "social", "wait unreachable"),
    _entry("social_proof", N_("Show customers and what happens behind the scenes rather than products, and link to the page that fits"), CLICKS, "social"),
    _entry("comparison_simple", N_("Limit the comparison to five criteria in everyday words, with a recommendation"), CONVERSION, "comparison web quote", "unclear find"),
    _entry("comparison_saved", N_("Let customers keep and send their comparison"), LEADS, "comparison"),
    _entry("ads_target", N_("Target the advertising more finely, and stop what brings no customer"), ACQUISITION, "advertising"),
    _entry("ads_landing", N_("Send each advertisement to a page that keeps its promise"), CONVERSION, "advertising social search", "promise unclear find"),
    _entry("ads_message", N_("Write one message per persona: their question, your answer, one action"), CLICKS, "advertising print social", "impersonal unclear unknown"),
    _entry("print_place", N_("Move posters and signs to where customers really pass, and check from the street"), FOOTFALL, "print shop", "find unknown"),
    _entry("print_code", N_("Add a short address or a code that leads to booking or to the offer"), LEADS, "print"),
    _entry("letter_plain", N_("Rewrite the letter: what changes, from when, why, and what the customer can do, on one page"), COMPLAINTS, "letter", "unclear information timing"),
    _entry("letter_call", N_("Announce bad news by a call before the letter, with an offer for loyal customers"), RETENTION, "letter"),
    _entry("search_pages", N_("Write one page per question that customers type into search engines"), FOOTFALL, "search content"),
    _entry("search_profile", N_("Complete the business profile: hours, services, photographs, prices"), FOOTFALL, "search review", "find unreachable price"),
    _entry("finder_filters", N_("Offer the filters that customers ask for, say how many results each leaves, and hide what is out of stock"), CONVERSION, "finder web", "find stock"),
    _entry("finder_words", N_("Read each month the searches without a result, and teach the search these words"), CONVERSION, "finder"),
    _entry("content_guide", N_("Publish a short guide that helps to choose, with real cases"), LEADS, "content web"),
    _entry("content_cases", N_("Add one case for each kind of customer, with their figures and in their words"), LEADS, "content", "impersonal trust"),
    _entry("help_update", N_("Review the help pages each quarter, starting with the most read, with up-to-date screenshots"), CES, "help content web app", "outdated unclear"),
    _entry("help_search", N_("End each help page with “Did this help?” and a person to ask"), FIRST_CONTACT, "help"),
    _entry("app_tasks", N_("Put the three most frequent tasks on the first screen of the account"), CES, "app", "find effort"),
    _entry("app_login", N_("Simplify signing in: one code, no forgotten password"), ACTIVATION, "app any", "access"),
    _entry("event_follow", N_("Follow up each visitor within two days, on the subject that they raised"), LEADS, "event", "information"),
    _entry("event_try", N_("Let visitors try the product at the event, with their own case"), LEADS, "event", "unclear trust effort"),
    _entry("meeting_agenda", N_("Send a three-point agenda the day before, and end on time with who does what by when"), CSAT, "meeting event", "effort wait unclear"),
    _entry("meeting_kept", N_("Fix the dates of the year in advance, with a deputy, so that no meeting is cancelled"), RETENTION, "meeting", "promise"),
    _entry("meeting_results", N_("Open the meeting with what was promised last time, and what came of it"), RETENTION, "meeting"),
    _entry("sales_listen", N_("Open each sales meeting with the customer's situation, from a common outline"), CONVERSION, "sales"),
    _entry("sales_follow", N_("Agree on the next step and its date before each meeting ends"), CONVERSION, "sales", "wait information promise"),
    _entry("sales_training", N_("Train advisers on the five most frequent objections, with recorded cases"), CONVERSION, "sales shop phone", "skill attitude price"),
    _entry("phone_hours", N_("Widen telephone hours to the moments when customers call, Saturdays included"), LOST_CALLS, "phone service", "unreachable"),
    _entry("phone_callback", N_("Offer to call back instead of waiting, at a chosen time"), LOST_CALLS, "phone", "wait"),
    _entry("phone_recap", N_("End each call with a summary by e-mail: what was agreed, who does it, by when"), FIRST_CONTACT, "phone"),
    _entry("phone_menu", N_("Shorten the voice menu to three choices, and say how long the wait is"), ABANDONED, "phone", "find effort"),
    _entry("shop_welcome", N_("Greet every customer within a minute, even when they have to wait"), CSAT, "shop", "wait attitude"),
    _entry("shop_comfort", N_("Walk the customer's path in the shop and correct what is uncomfortable"), CSAT, "shop any", "comfort find"),
    _entry("shop_fast", N_("Open a fast lane for collection, payment and simple questions"), CSAT, "shop till", "wait payment"),
    _entry("shop_hours", N_("Open when customers come, lunch, evenings or Saturdays, and show these hours everywhere"), FOOTFALL, "shop", "unreachable"),
    _entry("shop_stock", N_("Show what is in stock in the shop, and set it aside on request"), CONVERSION, "shop web", "stock"),
    _entry("shop_expert", N_("Show who is the expert of what, and let customers book time with them"), CONVERSION, "shop"),
    _entry("web_speed", N_("Bring page loading below two seconds on a telephone, and repair first the errors that customers meet"), LOAD, "web comparison app checkout", "performance"),
    _entry("web_mobile", N_("Redesign the page for a telephone first: large text, one column, buttons for the thumb"), BOUNCE, "web checkout app comparison search contract booking email any", "mobile"),
    _entry("web_navigation", N_("Rename and reorder the menu after watching five customers look for something"), BOUNCE, "web", "find"),
    _entry("web_plain", N_("Rewrite the page in everyday words, in large enough text, one idea a block, and test it with five readers"), BOUNCE, "web app", "unclear"),
    _entry("web_product", N_("Complete the product pages: price, availability, questions, reviews, one clear button"), CONVERSION, "web"),
    _entry("web_forms", N_("Remove every field that nobody uses, and say why the others are asked"), ABANDONED, "web contract checkout app event any", "form"),
    _entry("data_trust", N_("Say in three sentences what is done with customers' data, and let them decide"), CONVERSION, "web app email contract", "trust"),
    _entry("staff_training", N_("Train the team on this situation, with real cases told by customers"), CSAT, "shop service phone sales chat any", "skill attitude"),
    _entry("quality_check", N_("Find the first cause of defects with the supplier, and check it on arrival"), RETURNED, "delivery shop service returns any", "quality"),
    _entry("any_reliable", N_("Log each breakdown here, repair the most frequent one first, and offer another way meanwhile"), COMPLAINTS, "any", "performance"),
    _entry("any_wait", N_("Measure the wait here, announce it to customers, and halve it where it is longest"), RESPONSE, "any", "wait"),
    _entry("any_reach", N_("Say when and how somebody can be reached, and who takes over outside these hours"), RESPONSE, "any", "unreachable"),
    _entry("any_news", N_("Tell customers what happens next and by when, before they have to ask"), COMPLAINTS, "any", "information"),
    _entry("any_promise", N_("Promise only what is kept nine times in ten, and warn at once when it will not be"), COMPLAINTS, "any", "promise"),
    _entry("any_stock", N_("Warn before something runs out, offer what comes nearest, and say when it is back"), CONVERSION, "any", "stock"),
    _entry("any_proof", N_("Show proof where customers hesitate: who stands behind it, guarantees, verified reviews"), CONVERSION, "any", "trust"),
    _entry("any_price", N_("Show what the price includes, and offer a smaller formula"), CONVERSION, "any", "price"),
    _entry("any_find", N_("Put what customers look for where they look first, and check with five of them"), CES, "any", "find"),
    _entry("any_plain", N_("Rewrite what customers read here in everyday words, on one page, and have five of them read it"), CES, "any", "unclear"),
    _entry("any_personal", N_("Start from what is known of the customer: their name, their history, the last exchange"), CSAT, "any", "impersonal"),
    _entry("any_moment", N_("Set this contact off by what the customer does, not by the calendar"), ANSWERS, "any", "timing"),
    _entry("any_known", N_("Make this touchpoint known one step earlier: a sentence, a button, a reminder"), FOOTFALL, "any", "unknown"),
    _entry("any_check", N_("List the five most frequent mistakes here, and add a check against the first one"), COMPLAINTS, "any", "error"),
    _entry("any_steps", N_("Count the steps and documents asked for here, and remove half of them"), CES, "any", "effort"),
    _entry("any_current", N_("Name one person in charge of this content, and a date of review each quarter"), CES, "any", "outdated"),
    _entry("listen", N_("Watch and listen to five customers at this point, then remove the first obstacle"), CSAT, "any"),
)  # fmt: skip


def remedy_for(types: list[str], pain: str = "", taken: frozenset[str] = frozenset()) -> Remedy:
    """The remedy that fits best: what the pain point says weighs more than what the touchpoint is.

    A pain point of which no known difficulty can be told has no known remedy: the advice is to look (``listen``), not a guess. Without
    a pain point it is the usual advice for the type.

    ``taken`` : codes that were already proposed here.

    >>> from analysis.methods.remedy_words import types_of
    >>> remedy_for(types_of("Appel téléphonique"), "Attente de 6 min en moyenne, personne le samedi").code
    'phone_callback'
    >>> remedy_for(types_of("Fiche produit"), "Photos sur un seul gabarit").code
    'listen'
    """
    kinds = pains_of(pain)
    if pain and not kinds:
        return REMEDIES[-1]
    scored = [(_fit(remedy, types, kinds), -place, remedy) for place, remedy in enumerate(REMEDIES) if remedy.code not in taken]
    best = max(scored, key=lambda entry: entry[:2])
    return best[2] if best[0] > 0 else REMEDIES[-1]


def _fit(remedy: Remedy, types: list[str], kinds: list[str]) -> float:
    """How well a remedy fits: against a difficulty it must hit one, and be for this type or for any; else it must be of the type."""
    places = [types.index(kind) for kind in remedy.types if kind in types]
    hits = sum(kind in remedy.pains for kind in kinds)
    if not (places or "any" in remedy.types) or (kinds and not hits) or not (places or kinds):
        return 0.0
    near = 1.5 / (1 + min(places)) + (0.6 if remedy.types[0] in types else 0) if places else 0.0
    if kinds:
        return 4 + near + hits + hits / len(remedy.pains) - 0.15 * min(kinds.index(kind) for kind in kinds if kind in remedy.pains)
    return near + (1 if not remedy.pains else -0.7)


def remedies(language: str = "en") -> pd.DataFrame:
    """The library as a frame: code, remedy, kpi, types, pains.

    >>> len(remedies()) >= 60
    True
    """
    t = translator(language)
    rows = [(r.code, t(r.title), t(r.kpi), ", ".join(r.types), ", ".join(r.pains)) for r in REMEDIES]
    return pd.DataFrame(rows, columns=["code", "remedy", "kpi", "types", "pains"])
