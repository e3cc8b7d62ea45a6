"""Surveys as forms, survey systems and hand-typed sheets give them: what people answered is found, told apart, and means what they said."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

import analysis
from analysis import Project
from analysis.project.indices import satisfaction_indices


def book(lines: list[list[Any]], name: str = "enquete.csv") -> Any:
    return analysis.read("\n".join(";".join("" if cell is None else str(cell) for cell in line) for line in lines).encode(), name)


def workbook(**sheets: list[list[Any]]) -> Any:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    made.save(stream)
    return analysis.read(stream.getvalue(), "enquete.xlsx")


def evidence(read: Any) -> pd.DataFrame:
    project = Project.new("Enquête", language="fr")
    return project.apply(project.plan_import(read.tables).commands).evidence


def means(read: Any) -> dict[str, float]:
    """Touchpoint (none: "") → mean of what was answered, from -2 to 2."""
    answers = evidence(read)
    answers = answers[answers["emotion"].notna()]
    return answers["emotion"].astype(float).groupby(answers["touchpoint"].fillna("")).mean().round(2).to_dict()


def column(header: str, words: list[str]) -> Any:
    return book([["Date", header], *([f"{day:02}/05/2025", word] for day, word in enumerate(words, 1))])


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        (["Jamais", "Parfois", "Souvent", "Toujours", "Toujours"], [1, 2.3333, 3.6667, 5, 5]),
        (["Poor", "Fair", "Good", "Very good", "Excellent"], [1, 2, 3, 4, 5]),
        (["Strongly disagree", "Slightly disagree", "Slightly agree", "Agree", "Strongly agree"], [1, 2.6, 3.4, 4.2, 5]),
        (["Très satisfait(e)", "Plutôt satisfait(e)", "Plutôt pas satisfait(e)", "Pas du tout satisfait(e)", "Non concerné"], [5, 4, 2, 1, None]),
        (["Very safe", "Safe", "Neutral", "Unsafe", "Very unsafe"], [5, 4, 3, 2, 1]),
        (["Oui, tout à fait", "Oui, en partie", "Non", "Non", "Oui, tout à fait"], [5, 3, 1, 1, 5]),
        (["SA", "A", "N", "D", "SD"], [5, 4, 3, 2, 1]),
        (["🙂 Happy", "😡 Angry", "😐 Neutral", "🙁 Unhappy", "🙂 Happy"], [4, 1, 3, 2, 4]),
        (["A", "B", "C", "D", "E"], [5, 4, 3, 2, 1]),
        (["***", "*****", "*", "**", "****"], [3, 5, 1, 2, 4]),
        (["1 - Pas du tout d'accord", "2 - Plutôt pas d'accord", "4 - Tout à fait d'accord", "3 - Plutôt d'accord", "NSP"], [1, 2, 5, 4, None]),
    ],
)  # fmt: skip
def test_words_are_read_as_the_scale_they_belong_to(words: list[str], degrees: list[float | None]) -> None:
    table = column("Comment avez-vous trouvé l'accueil ?", words).tables[0]
    values = table.frame[table.columns["Comment avez-vous trouvé l'accueil ?"]]
    assert table.kind == "survey"
    assert [None if pd.isna(value) else float(value) for value in values] == degrees


def test_how_often_somebody_comes_is_no_judgment():
    table = column("À quelle fréquence venez-vous ?", ["Jamais", "Parfois", "Souvent", "Toujours", "Parfois", "Jamais"]).tables[0]
    assert table.mapping["À quelle fréquence venez-vous ?"] not in ("satisfaction", "rating")


def test_99_beside_answers_up_to_10_is_no_answer():
    read = book([["id", "Accueil /5", "Caisse /5"], ["a", 4, 99], ["b", 99, 2], ["c", 5, 3], ["d", 3, 98], ["e", 1, 5]])
    assert means(read) == {"Accueil": 0.25, "Caisse": 0.33}
    assert (read.problems["code"] == "dont_know").sum() == 3


def test_zeros_and_ones_alone_are_a_scale_of_their_own():
    table = book([["id", "satisfaction"], *([f"c{n}", n % 2] for n in range(10))]).tables[0]
    assert table.scales["satisfaction"] == (0, 1)


def test_columns_among_answers_are_answers_whatever_their_name_means_elsewhere():
    lines = [
        ["N°", "Accueil", "Qualité des plats", "Prix", "Service"],
        [1, 5, 4, 2, 5],
        [2, 4, 4, 1, 3],
        [3, 2, 5, 3, 4],
        [4, 5, 3, 2, 2],
        [5, 4, 5, 1, 5],
    ]
    assert set(means(book(lines))) == {"Accueil", "Qualité des plats", "Prix", "Service"}


def test_what_a_matrix_is_about_stands_after_its_question():
    lines = [["Response ID", "How satisfied are you with the following? - Mobile app", "How satisfied are you with the following? - Branch"],
             ["a", 5, 2], ["b", 4, 1], ["c", 5, 3]]  # fmt: skip
    assert means(book(lines)) == {"Branch": -1.0, "Mobile app": 1.67}


def test_the_first_letters_of_a_thing_are_kept():
    lines = [["id", "Satisfaction: Delivery", "Satisfaction: Lego corner"], ["a", 5, 2], ["b", 4, 1], ["c", 5, 3]]
    assert set(means(book(lines))) == {"Delivery", "Lego corner"}


def test_yes_or_no_of_how_it_went_is_a_score_that_is_asked_and_who_one_is_stays_a_fact():
    lines = [
        [
            "Date",
            "Avez-vous trouvé votre produit ?",
            "Avez-vous rencontré un problème ?",
            "Êtes-vous déjà client ?",
            "Satisfaction globale (1 à 5)",
        ]
    ]
    lines += [[f"{day:02}/05/2025", found, trouble, known, mark] for day, (found, trouble, known, mark) in enumerate(
        [("Oui", "Non", "Oui", 5), ("Oui", "Non", "Non", 4), ("Oui", "Oui", "Oui", 5), ("Non", "Non", "Non", 3), ("Oui", "Non", "Oui", 3)], 1)]  # fmt: skip
    read = book(lines)
    told = means(read)
    assert told[""] == 1.0
    assert sorted(value for name, value in told.items() if name) == [1.2, 1.2]  # four of five: found, and no trouble
    assert list(read.problems.loc[read.problems["code"] == "yes_no", "header"]) == lines[0][1:3]
    assert set(evidence(read)["segment"].dropna()) == {"Oui", "Non"}
    assert [read.tables[0].scales[header] for header in lines[0][1:3]] == [(0, 1), (1, 0)]


def test_a_share_of_satisfied_people_counts_no_yes():
    lines = [["Date", "L'accueil était-il agréable ?", "Satisfaction globale (1-5)"]]
    lines += [[f"{13 + day}/03/2026", word, mark] for day, (word, mark) in enumerate([("Oui", 4), ("Non", 2), ("Oui", 5), ("Oui", 3), ("Oui", 1)])]
    read = book(lines)
    assert "words_as_score" not in set(read.problems["code"])
    indices = satisfaction_indices(evidence(read).assign(source="enquête"))
    assert indices[["measure", "scale_high", "score", "n"]].values.tolist() == [["satisfaction", 5.0, 40.0, 5]]


@pytest.mark.parametrize(
    ("header", "beside", "name"),
    [
        ("De 0 à 10, parleriez-vous de nous à vos proches ?", ("Ville", ["Lyon", "Nantes"]), "avis.csv"),
        ("On a scale of 0 to 10, how likely are you to refer us?", ("Town", ["Bath", "York"]), "export.csv"),
        ("Score", ("Category", ["Promoter", "Detractor"]), "export.csv"),
        ("Score", ("Survey type", ["nps"]), "export.csv"),
        ("Score", ("Town", ["Bath", "York"]), "NPS export Q2.csv"),
    ],
)
def test_the_likelihood_to_recommend_is_known_without_its_name(header: str, beside: tuple[str, list[str]], name: str) -> None:
    marks = [10, 9, 0, 7, 10, 6]
    lines = [
        ["Email", header, beside[0], "Comment"],
        *([f"p{n}@exemple.fr", mark, beside[1][n % len(beside[1])], f"remark number {n}"] for n, mark in enumerate(marks)),
    ]
    answers = evidence(book(lines, name))
    scores = answers.loc[answers["measure"] == "nps", "value"]
    assert sorted(scores) == sorted(marks)
    assert set(answers.loc[answers["measure"] == "nps", "high"]) == {10.0}


def test_net_promoter_scores_that_were_computed_are_no_answers():
    read = book([["Ville", "Répondants", "NPS"], ["Lyon", 240, 10], ["Nantes", 210, 30], ["Lille", 190, -30]])
    assert read.tables[0].mapping["NPS"] != "nps"


def test_of_one_score_of_two_years_the_last_is_taken_and_that_is_said():
    read = book([["Client", "NPS 2023", "NPS 2024"], ["a", 3, 9], ["b", 5, 10], ["c", 6, 8]])
    assert sorted(evidence(read)["value"]) == [8, 9, 10]
    assert "NPS 2024" in set(read.problems.loc[read.problems["code"] == "latest_mark", "header"])


def test_a_survey_that_was_counted_is_as_many_answers():
    read = book([["Enquête 2025"], [], ["Question", "Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait", "Total"],
                 ["Accueil", 3, 4, 2, 1, 10], ["Attente", 1, 2, 3, 4, 10]])  # fmt: skip
    answers = evidence(read)
    assert answers.groupby("touchpoint")["value"].agg(["size", "mean"]).round(2).to_dict("index") == {
        "Accueil": {"size": 10, "mean": 3.6}, "Attente": {"size": 10, "mean": 2.3}}  # fmt: skip
    assert answers["respondent"].isna().all()  # ten people answered both questions, or twenty one each: nobody counted them
    assert "tallied" in set(read.problems["code"])


def test_a_line_an_answer_and_how_many_gave_it_is_as_many_answers_of_nobody_in_particular():
    from analysis.language import translator
    from analysis.project.views import journey_facts, who_answered

    rows = [["Question", "Réponse", "Nombre"], ["Accueil", "Très satisfait", 4], ["Accueil", "Satisfait", 3], ["Accueil", "Peu satisfait", 3],
            ["Attente", "Très satisfait", 1], ["Attente", "Peu satisfait", 9]]  # fmt: skip
    empty = Project.new("Enquête", language="fr")
    project = empty.apply(empty.plan_import(book(rows).tables).commands)
    means = project.evidence.groupby("touchpoint")["value"].agg(["size", "mean"]).round(2)
    assert means.to_dict("index") == {"Accueil": {"size": 10, "mean": 3.8}, "Attente": {"size": 10, "mean": 2.3}}
    assert who_answered(journey_facts(project), translator("fr")) == "20 réponses comptées"
    assert not project.plan_import(book(rows).tables).commands  # the same file again brings nothing
    shares = book([["Point de contact", "Note", "% des réponses"], ["Caisse", 5, "60 %"], ["Caisse", 1, "40 %"], ["Site", 4, "50 %"], ["Site", 5, "50 %"]])
    assert "counted_shares" in set(shares.problems["code"])
    scored = empty.apply(empty.plan_import(shares.tables).commands)
    assert scored.evidence.empty
    assert sorted(one.value for one in scored.table("score").values()) == [3.4, 4.5]


def test_shares_are_answers_of_those_who_answered():
    read = book(
        [["Touchpoint", "Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Responses"], ["Booking", "50%", "25%", "0%", "25%", 200]]
    )
    assert evidence(read)["value"].value_counts().to_dict() == {5: 100, 4: 50, 2: 50}


def test_shares_of_nobody_knows_how_many_are_a_score_and_no_answers():
    rows = [["Point de contact", "Très satisfait", "Satisfait", "Peu satisfait", "Pas du tout satisfait"],
            ["Accueil", "50 %", "30 %", "15 %", "5 %"], ["Attente", "10 %", "20 %", "30 %", "40 %"]]  # fmt: skip
    read = book(rows)
    assert "tallied_shares" in set(read.problems["code"])
    empty = Project.new("Enquête", language="fr")
    project = empty.apply(empty.plan_import(read.tables).commands)
    assert project.evidence.empty
    scores = {project.table("touchpoint")[one.target].name: (one.value, one.low, one.high) for one in project.table("score").values()}
    # 5 and 4 above the middle, 2 and 1 below it: 0.5 · 5 + 0.3 · 4 + 0.15 · 2 + 0.05 · 1 and 0.1 · 5 + 0.2 · 4 + 0.3 · 2 + 0.4 · 1
    assert scores == {"Accueil": (4.05, 1.0, 5.0), "Attente": (2.3, 1.0, 5.0)}


def test_few_words_that_come_back_are_nobodys_address_nor_name():
    contact = ["within last year", "no contact", "within 1 to 3 years"] * 8
    read = book([["csat", "shop_contact", "email_contact", "phone_contact"], *([n % 5 + 1, *[word] * 3] for n, word in enumerate(contact))])
    assert read.tables[0].personal == {}
    contracts = [["customerID", "Contract", "Tenure", "Partner", "Churn"],
                 *([f"c{n}", ("One year", "Month-to-month")[n % 2], n % 7, "Yes", "No"] for n in range(24))]  # fmt: skip
    assert book(contracts).tables[0].kind == "customers"
    assert book(contracts).tables[0].personal == {}


def test_a_group_of_age_is_no_team():
    read = book([["Your age group", "Catégorie socio-professionnelle", "How satisfied are you with the delivery?"],
                 *([("18-25", "25-34")[n % 2], "employé", n % 5 + 1] for n in range(12))])  # fmt: skip
    assert list(read.tables[0].mapping.values()) == [None, None, "satisfaction"]


def test_a_colon_parts_a_question_from_what_it_is_about():
    read = book([["Êtes-vous satisfait de : la caisse ?", "Êtes-vous satisfait de : le parking ?"], *([n % 5 + 1, n % 3 + 3] for n in range(9))])
    assert [question.touchpoint for question in read.tables[0].questions.values()] == ["caisse", "parking"]


def test_a_survey_with_a_row_an_answer_is_read_question_by_question():
    lines = [["User", "Question", "Answer"]]
    for user, mark, likely in (("a", 5, 10), ("b", 3, 9), ("c", 4, 2), ("d", 4, 10), ("e", 4, 8)):
        lines += [[user, "How satisfied were you with the delivery?", mark], [user, "How likely are you to recommend us?", likely]]
    lines.append(["a", "Anything else you would like to tell us?", "The driver was very kind indeed"])
    answers = evidence(book(lines))
    told = answers.groupby("measure")["value"].agg(["size", "mean"])
    assert told["size"].to_dict() == {"comment": 1, "nps": 5, "satisfaction": 5}
    assert told["mean"].drop("comment").to_dict() == {"nps": 7.8, "satisfaction": 4}
    assert answers["respondent"].nunique() == 5


def test_codes_of_questions_are_told_by_the_sheet_that_explains_them():
    read = workbook(
        Data=[["RespID", "Q1", "Q2"], *([100 + n, mark, 6 - mark] for n, mark in enumerate([1, 2, 2, 3, 1, 5]))],
        Codebook=[["Variable", "Question", "Code", "Label"], ["Q1", "How satisfied are you with the booking?", 1, "Very satisfied"],
                  ["Q1", None, 5, "Very dissatisfied"], ["Q2", "How satisfied are you with the delivery?", 1, "Very dissatisfied"], ["Q2", None, 5, "Very satisfied"]],
    )  # fmt: skip
    assert means(read) == {"booking": 0.67, "delivery": 0.67}


def test_people_across_the_page_are_offered_for_turning():
    people = [f"Patient {n}" for n in range(1, 6)]
    table = book([["Question", *people], ["Accueil", 4, 5, 3, 4, 4], ["Attente", 2, 1, 3, 2, 2], ["Écoute", 5, 5, 4, 5, 1]]).tables[0]
    assert table.transposed
    assert table.kind == "unknown"
    project = Project.new("Cabinet")
    answers = project.apply(project.plan_import([table.turned()]).commands).evidence
    assert answers.groupby("touchpoint")["value"].mean().to_dict() == {"Accueil": 4, "Attente": 2, "Écoute": 4}


def test_lines_of_label_and_value_are_rows():
    text = "\n".join(
        f"Nom : Client {n}\nNote accueil : {mark}/5\nNote caisse : 3/5\nCommentaire : Merci, c'était bien\n"
        for n, mark in enumerate([4, 5, 3])
    )
    read = analysis.read(text.encode(), "fiches.txt")
    assert len(read.tables[0].frame) == 3
    assert means(read) == {"accueil": 1.0, "caisse": 0.0}


def test_a_header_written_again_does_not_start_a_table():
    part = [["Date", "Accueil", "Caisse", "Commentaire"], ["01/05/2025", 4, 2, "bien"], ["13/05/2025", 5, 1, "long"]]
    assert [len(table.frame) for table in book([*part, *part, [], *part]).tables] == [6]
    titled = [["Magasin de Lyon"], *part, [], ["Magasin de Nantes"], *part]
    assert [len(table.frame) for table in book(titled).tables] == [2, 2]


def test_who_what_when_and_why_beside_a_score_are_answers_of_people():
    lines = [["Who", "What", "When", "Score", "Why"], *([f"Anna {name}", what, f"2025-05-{n + 1:02}", mark, f"because of reason {n}"]
             for n, (name, what, mark) in enumerate([("Smith", "Website", 2), ("Jones", "Phone line", 5), ("Brown", "Website", 4), ("Green", "Phone line", 5)]))]  # fmt: skip
    read = book(lines)
    assert means(read) == {"Website": 0.0, "Phone line": 2.0}
    assert "Anna" not in evidence(read).to_csv()


def test_a_word_that_everybody_writes_is_no_mark():
    read = book([["Date", "Note accueil", "Votre avis ?"], *([f"{n:02}/05/2025", n % 5 + 1, "ok"] for n in range(1, 9))])
    answers = evidence(read)
    assert (answers["measure"] == "comment").sum() == 8
    assert list(answers.loc[answers["measure"] == "satisfaction", "touchpoint"].unique()) == ["accueil"]


def test_a_theme_says_what_each_mark_is_about():
    lines = [["Date", "Code client", "Thème", "Note"], *([f"{n:02}/05/2025", f"C{n}", theme, mark] for n, (theme, mark) in enumerate(
        [("Accueil", 5), ("Délai", 2), ("Accueil", 4), ("Délai", 1), ("Accueil", 5), ("Délai", 3)], 1))]  # fmt: skip
    assert means(book(lines)) == {"Accueil": 1.67, "Délai": -1.0}


def test_when_people_answered_is_known_by_the_end_of_their_answers():
    lines = [
        ["Respondent ID", "Start Date", "End Date", "Delivery /5", "Website /5"],
        *([n, f"2025-05-{n:02} 10:00", f"2025-05-{n:02} 10:07", 4, 3] for n in range(13, 18)),
    ]
    assert evidence(book(lines))["date"].dt.minute.eq(7).all()


def test_four_steps_that_two_words_would_share_are_four_steps():
    read = book([["Question", "Très satisfait", "Satisfait", "Peu satisfait", "Pas satisfait"], ["Accueil", 4, 3, 2, 1], ["Propreté", 5, 3, 1, 1]])
    answers = evidence(read)
    assert sorted(answers.loc[answers["touchpoint"] == "Accueil", "value"]) == [1, 2, 2, 4, 4, 4, 5, 5, 5, 5]
    words = ["Très satisfait", "Satisfait", "Peu satisfait", "Pas satisfait"]
    assert column("Êtes-vous satisfait de l'accueil ?", words * 2).tables[0].frame["satisfaction"].tolist()[:4] == [5, 4, 2, 1]


def test_people_without_an_opinion_and_means_beside_the_counts_are_no_answers():
    read = book([["Thème", "Excellent", "Bon", "Moyen", "Mauvais", "Sans avis", "Note moyenne"], ["Accueil", 4, 3, 2, 1, 2, "4,0"], ["Prix", 5, 3, 1, 1, 0, "4,2"]])
    answers = evidence(read)
    assert answers.groupby("touchpoint")["value"].count().to_dict() == {"Accueil": 10, "Prix": 10}
    assert answers["touchpoint"].notna().all()
