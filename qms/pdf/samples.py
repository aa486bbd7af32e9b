"""A report with everything that paper knows, for tests and for those who work on its look. All texts are examples."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import translation

from qms import charts
from qms.pdf.components import (
    BandMark,
    Bar,
    Bars,
    Box,
    Column,
    Entries,
    Entry,
    Figure,
    Number,
    Numbers,
    Pair,
    Passage,
    Row,
    Table,
    Text,
)
from qms.pdf.document import Cover, Document, Section
from qms.ui import numbers

WARSAW = dt.timezone(dt.timedelta(hours=1))
BANDS = ("brak dowodów", "słabe dowody", "dobre dowody", "silne dowody", "bardzo silne", "wzorcowe")
SPANS = ("0–10", "11–30", "31–50", "51–70", "71–90", "91–100")
MEANINGS = (
    "nic nie zrobiono albo są tylko pomysły",
    "w niektórych obszarach",
    "w obszarach istotnych",
    "w większości obszarów",
    "we wszystkich obszarach",
    "wszędzie i na tle innych urzędów",
)
EDGES = (0, 10.5, 30.5, 50.5, 70.5, 90.5, 100)
CRITERIA: tuple[tuple[str, str, str, str, str, tuple[tuple[int, int], ...]], ...] = (
    ("1", "Przywództwo", "59.5", "52.5", "55.0", ((64, 48), (58, 52), (46, 44), (70, 66))),
    ("2", "Strategia i planowanie", "53.0", "48.2", "54.5", ((66, 58), (60, 55), (48, 50), (38, 30))),
    ("3", "Pracownicy", "49.3", "46.0", "51.0", ((52, 50), (62, 52), (34, 36))),
    ("4", "Partnerstwa i zasoby", "59.7", "53.0", "57.5", ((72, 68), (44, 32), (68, 68), (55, 49), (58, 41), (61, 60))),
    ("5", "Procesy", "61.3", "54.7", "58.0", ((63, 55), (71, 62), (50, 47))),
    ("6", "Wyniki: obywatele i klienci", "70.0", "59.5", "60.5", ((74, 61), (66, 58))),
    ("7", "Wyniki: pracownicy", "42.5", "40.0", "48.0", ((45, 42), (40, 38))),
    ("8", "Odpowiedzialność społeczna", "31.5", "25.5", "41.5", ((28, 24), (35, 27))),
    ("9", "Wyniki kluczowe", "63.0", "61.0", "59.0", ((69, 65), (57, 57))),
)
SHORTS = (
    "Przywództwo",
    "Strategia",
    "Pracownicy",
    "Zasoby",
    "Procesy",
    "Klienci",
    "Kadra",
    "Społeczeństwo",
    "Kluczowe",
)


def _band(value: object) -> int:
    return sum(numbers.rounded(value) > top for top in (10, 30, 50, 70, 90))


def _mark(value: object, *, span: bool = False) -> BandMark:
    index = _band(value)
    return BandMark(index, f"{SPANS[index]} {BANDS[index]}" if span else BANDS[index])


def _figure(value: str) -> str:
    return numbers.figure(Decimal(value), 1)


def _change(now: str, then: str, digits: int = 1) -> str:
    return numbers.signed(Decimal(now) - Decimal(then), digits)


def report() -> Document:
    """The sample report in Polish: cover, contents, three chapters, two annexes."""
    with translation.override("pl"):
        return _report()


def _report() -> Document:
    return Document(
        title="Raport\nz samooceny 2026",
        subtitle="Wspólna Metoda Oceny CAF 2020, cykl trzeci",
        subject="Samoocena CAF 2020 Powiatowego Urzędu Pracy w Gołdapi",
        language="pl",
        author="PUP Gołdap",
        moment=dt.datetime(2026, 12, 16, 12, 0, tzinfo=WARSAW),
        running="PUP Gołdap, raport z samooceny CAF 2020",
        version_line="Wersja 1, 16 grudnia 2026, 9f2c 41e7",
        cover=_cover(),
        sections=(_opening(), _method(), _results(), _leadership(), _all_scores(), _evidence()),
        imprint=(
            "Wspólna Metoda Oceny (CAF) jest dziełem sieci EUPAN; dane w tym dokumencie są przykładowe.",
            "Dokument powstał na platformie QMS z zamrożonych danych samooceny.",
        ),
    )


def _cover() -> Cover:
    columns = [(code, [_band(now) for now, _ in scores]) for code, *_, scores in CRITERIA]
    art = charts.dial_rows(
        columns,
        ident="cover-dials",
        title="Dwadzieścia osiem ocen podkryteriów jako tarcze; liczby są w załączniku A",
        description="Każda tarcza to jedna ocena: im pełniejsza, tym silniejsze dowody.",
        color="#f6f3ec",
    )
    return Cover(
        organisation="Powiatowy Urząd Pracy\nw Gołdapi",
        facts=(
            ("Zatwierdził", "dyrektor urzędu, 16 grudnia 2026"),
            ("Zespół samooceny", "osiem osób, oceny uzgodnione 2 grudnia 2026"),
            ("Suma kryteriów", "490 na 900 (w 2024 roku 440)"),
            ("Dowody", "63; dowody rozdziału 3 są w załączniku B"),
        ),
        art=art,
        notes=(
            (
                "Tarcze na okładce to oceny 28 podkryteriów: im pełniejsza, tym silniejsze dowody (objaśnienie w "
                "rozdziale 1)."
            ),
            "Wersja 1, suma kontrolna 9f2c 41e7 b06a 3d58. Dokument sprawdzisz na stronie platformy QMS.",
        ),
    )


def _opening() -> Section:
    text = (
        "Urząd poprawił się we wszystkich dziewięciu kryteriach. Najwyżej stoi obsługa klientów (70,0), co potwierdza "
        "badanie z wiosny 2026: 4,31 na 5, n\u00a0=\u00a0412. Najniżej są pomiary odpowiedzialności społecznej (31,5) "
        "i zaangażowanie pracowników (34). Spadły oceny dwóch podkryteriów, oba o dwa punkty: 2.3 i 3.3."
    )
    large = (
        Number("Suma kryteriów", "490", "na 900", "+49 od 2024"),
        Number("Potencjał, 1–5", "56,6", "na 100", "+5,7 od 2024"),
        Number("Wyniki, 6–9", "51,8", "na 100", "+5,2 od 2024"),
        Number("Mediana urzędów", "53,9", "na 100", "23 urzędy, anonimowo"),
    )
    return Section("W skrócie", (Text((text,)), Numbers(large)), kind="opening")


def _method() -> Section:
    steps = Table(
        (Column("Krok"), Column("Kto"), Column("Kiedy"), Column("Wynik", is_number=True)),
        (
            Row(
                (
                    "Zespół i szkolenie",
                    "koordynator jakości, ośmiu członków z pięciu działów",
                    "5–12 października",
                    "8 osób",
                )
            ),
            Row(
                (
                    "Praca indywidualna",
                    "każdy członek zespołu, bez wglądu w cudze arkusze",
                    "13 października – 28 listopada",
                    "222 z 224 ocen",
                )
            ),
            Row(("Uzgodnienie", "zespół, prowadzi przewodniczący", "2 grudnia", "28 ocen")),
            Row(("Zatwierdzenie", "dyrektor urzędu", "16 grudnia", "ten raport")),
        ),
        caption="Przebieg",
        number="Tabela 1",
        contents="Przebieg",
        ident="t-przebieg",
    )
    scale = Table(
        (Column("Punkty", width="small"), Column("Dowody", width="middle"), Column("Co to znaczy")),
        tuple(Row((BandMark(i, SPANS[i]), BANDS[i], MEANINGS[i])) for i in range(6)),
        caption="Skala ocen",
        number="Tabela 2",
        note="Sześć pasm CAF 2020; tarcza pokazuje pasmo w całym raporcie",
        contents="Skala ocen",
        ident="t-skala",
    )
    how = Text(
        (
            (
                "Ocena podkryterium potencjału (1–5) to średnia czterech faz: planuj, wykonaj, sprawdź, popraw. Ocena "
                "podkryterium wyników (6–9) to średnia trendu i celu. Kryterium jest średnią swoich podkryteriów, bez "
                "wag; suma dziewięciu kryteriów ma najwyżej 900 punktów."
            ),
            (
                "„Nie mam wiedzy” jest odpowiedzią pustą i nigdy nie liczy się jako zero. Takich odpowiedzi było dwie "
                "z 224. Rozstęp to różnica między najwyższą a najniższą oceną indywidualną; jest w załączniku A."
            ),
            (
                "Medianę podajemy anonimowo i tylko wtedy, gdy obejmuje co najmniej pięć urzędów. Samoocena służy "
                "doskonaleniu, nie rankingowi."
            ),
        )
    )
    return Section(
        "Jak przeprowadzono samoocenę",
        (steps, scale, Section("Jak liczymy", (how,))),
        label="Rozdział 1",
        number="1",
        lead="Osiem osób oceniło urząd osobno, a potem uzgodniło wspólne oceny na podstawie dowodów.",
    )


def _results() -> Section:
    now, then, peers = zip(*([Decimal(mark) for mark in row[2:5]] for row in CRITERIA), strict=True)
    radar = charts.radar(
        [charts.Axis(str(i), name) for i, name in enumerate(SHORTS, start=1)],
        charts.Series(now, then, peers),
        ident="radar",
        title="Wykres radarowy dziewięciu kryteriów; liczby są w tabeli 3",
        description="Cykl 2026, cykl 2024 i mediana 23 urzędów. Najwyżej klienci 70,0, najniżej społeczeństwo 31,5.",
        figure=charts.figures(1, ","),
        rings=(10, 30, 50, 70, 90),
    )
    figure = Figure(
        "Dziewięć kryteriów na tle 2024 roku i innych urzędów",
        radar,
        number="Wykres 1",
        unit="Punkty 0–100; pierścienie leżą na granicach pasm",
        key=(("current", "2026"), ("previous", "2024"), ("benchmark", "mediana 23 urzędów")),
        points=(
            ("+10,5", "Klienci: najwyższa ocena i największa poprawa od 2024 roku."),
            (
                "31,5",
                "Odpowiedzialność społeczna: dziesięć punktów pod medianą. Urząd działa, lecz prawie nic nie mierzy.",
            ),
            ("34", "Zaangażowanie pracowników (3.3): najniższa ocena potencjału, w 2024 roku było 36."),
            ("6", "Sześć podkryteriów przekracza 67 punktów i może stać się dobrą praktyką."),
        ),
        contents="Dziewięć kryteriów",
        ident="w-radar",
    )
    table = Table(
        (
            Column("Kryterium"),
            *(Column(name, is_number=True, is_main=name == "2026") for name in ("2026", "2024", "Zmiana", "Mediana")),
            Column("Pasmo", width="middle"),
        ),
        tuple(
            Row((f"{code} \u00a0{name}", _figure(a), _figure(b), _change(a, b), _figure(c), _mark(a)))
            for code, name, a, b, c, _ in CRITERIA
        ),
        caption="Kryteria, punkty 0–100",
        number="Tabela 3",
    )
    bars = Bars(
        "Kryteria z pasmem dowodów",
        tuple(
            Bar(
                f"{code} \u00a0{name}",
                charts.bar(
                    Decimal(a),
                    ident=f"bar-{code}",
                    title=f"{name}: {_figure(a)} na 100, w 2024 roku {_figure(b)}, mediana {_figure(c)}",
                    description="Pasek na skali od 0 do 100.",
                    band=_band(a),
                    ticks=EDGES,
                    previous=Decimal(b),
                    benchmark=Decimal(c),
                ),
                _figure(a),
                _mark(a),
            )
            for code, name, a, b, c, _ in CRITERIA
        ),
        heads=("Kryterium", "0–100", "2026", "Pasmo"),
        number="Wykres 2",
        unit="Trójkąt: wynik 2024; kreska: mediana 23 urzędów; kreski pod paskiem: granice pasm",
        contents="Kryteria z pasmem dowodów",
        ident="w-slupki",
        begins_page=True,
    )
    heads = (Column("Podkryterium"), Column("2026", is_number=True, is_main=True), Column("Zmiana", is_number=True))
    best = Table(
        heads,
        (
            Row((_mark_of("6.1", 74), "74", "+13")),
            Row((_mark_of("4.1", 72), "72", "+4")),
            Row((_mark_of("5.2", 71), "71", "+9")),
        ),
        caption="Najwyżej",
    )
    worst = Table(
        heads,
        (
            Row((_mark_of("8.1", 28), "28", "+4")),
            Row((_mark_of("3.3", 34), "34", "\u22122")),
            Row((_mark_of("8.2", 35), "35", "+8")),
        ),
        caption="Najniżej",
    )
    meaning = Text(
        (
            (
                "Poprawa jest największa tam, gdzie w 2025 roku prowadzono działania: w obsłudze klientów i w "
                "przywództwie. Trzy najniższe oceny łączy to samo: brak pomiaru albo pomiar rzadszy niż raz w roku."
            ),
            (
                "Z 29 obszarów do poprawy zespół proponuje przenieść do planu doskonalenia siedemnaście; o pozostałych "
                "rozstrzyga dyrektor do 29 stycznia 2027."
            ),
        )
    )
    dissent = Box(
        "Głosy odrębne",
        (
            (
                "W dwóch podkryteriach członek zespołu pozostał przy innej ocenie: 3.3 (uzgodniono 34, głos 70) i 2.3 "
                "(uzgodniono 48, głos 65). Uzasadnienia są w aktach samooceny."
            ),
        ),
    )
    return Section(
        "Wyniki",
        (figure, table, bars, Pair(best, worst), Section("Co z tego wynika", (meaning, dissent), in_contents=False)),
        label="Rozdział 2",
        number="2",
    )


def _mark_of(code: str, value: int) -> BandMark:
    return BandMark(_band(value), f"{code} \u00a0podkryterium")


def _leadership() -> Section:
    def passage(code: str, title: str, now: int, then: int, good: tuple[Entry, ...], bad: tuple[Entry, ...]) -> Passage:
        return Passage(
            title,
            number=code,
            picture=charts.bar(
                now,
                ident=f"sub-{code.replace('.', '-')}",
                title=f"{now} na 100, w 2024 roku {then}",
                description="Pasek na skali od 0 do 100.",
                band=_band(now),
                ticks=EDGES,
                previous=then,
            ),
            value=str(now),
            band=_mark(now),
            remark=f"na 100, {BANDS[_band(now)]}; w 2024: {then}",
            columns=(Entries("Mocne strony", good), Entries("Obszary do poprawy", bad, kind="area")),
        )

    survey = ("E3", "Badanie pracowników 2026, n = 31")
    board = ("E2", "Protokół rady, 14 marca 2024")
    return Section(
        "Kryterium 1 Przywództwo",
        (
            passage(
                "1.1",
                "Misja, wizja i wartości",
                64,
                48,
                (
                    Entry(
                        "Misję i wizję na lata 2024–2027 przygotowano na czterech warsztatach z pracownikami i na "
                        "spotkaniu z Powiatową Radą Rynku Pracy. Uwagi rady zmieniły dwa z pięciu celów.",
                        (("E1", "Strategia PUP 2024–2027, s. 12"), board),
                    ),
                    Entry(
                        "Wartości są w programie wprowadzenia nowego pracownika; zna je 78\u00a0% zespołu.", (survey,)
                    ),
                ),
                (
                    Entry(
                        "Od przyjęcia strategii nie sprawdzono, czy misja odpowiada potrzebom pracodawców spoza "
                        "miasta.",
                        (("E4", "Badanie klientów 2026, pracodawcy, n = 131"),),
                    ),
                ),
            ),
            passage(
                "1.2",
                "Zarządzanie i doskonalenie",
                58,
                52,
                (
                    Entry(
                        "Cele urzędu mają właścicieli i są przeglądane co kwartał; z dziewięciu celów na 2026 rok "
                        "osiągnięto siedem.",
                        (("E5", "Karty celów 2026"),),
                    ),
                ),
                (
                    Entry(
                        "Przeglądy kończą się notatką, lecz tylko co trzecia decyzja ma termin i osobę.",
                        (("E6", "Notatki z przeglądów 1–3/2026"),),
                    ),
                ),
            ),
            passage(
                "1.3",
                "Motywowanie i przykład",
                46,
                44,
                (Entry("Kierownicy raz w miesiącu obsługują klientów przy stanowisku.", (("E26", "Grafik dyżurów"),)),),
                (
                    Entry(
                        "Informacja zwrotna dla pracowników zależy od działu: rozmowę roczną odbyło 17 z 31 osób.",
                        (survey,),
                    ),
                    Entry("Nie ma zasad doceniania pomysłów.", note="bez dowodu"),
                ),
            ),
            passage(
                "1.4",
                "Relacje z władzami i interesariuszami",
                70,
                66,
                (
                    Entry(
                        "Urząd i powiat mają wspólny kalendarz; starosta co pół roku odpowiada na wnioski rady rynku "
                        "pracy.",
                        (("E11", "Rejestr umów"), ("E27", "Kalendarz 2026")),
                    ),
                ),
                (Entry("Gminy nie mają udziału w planowaniu usług.", (board,)),),
            ),
        ),
        label="Rozdział 3",
        number="3",
        lead="59,5 na 100, silne dowody; w 2024 roku 52,5, mediana 55,0",
    )


def _all_scores() -> Section:
    rows: list[Row] = []
    for code, name, a, b, _, scores in CRITERIA:
        rows.append(Row((f"{code} \u00a0{name}", _figure(a), _figure(b), _change(a, b), "", ""), kind="head"))
        rows.extend(
            Row(
                (
                    f"{code}.{i} \u00a0podkryterium {code}.{i}",
                    str(now),
                    str(then),
                    numbers.signed(now - then),
                    "8",
                    _mark(now, span=True),
                )
            )
            for i, (now, then) in enumerate(scores, start=1)
        )
    columns = (
        Column("Kryterium i podkryterium"),
        *(Column(name, is_number=True, is_main=name == "2026") for name in ("2026", "2024", "Zmiana", "n")),
        Column("Pasmo"),
    )
    table = Table(columns, tuple(rows), caption="Oceny uzgodnione, punkty 0–100", note="n: liczba osób, które oceniły")
    return Section("Oceny dwudziestu ośmiu podkryteriów", (table,), label="Załącznik A", number="A")


def _evidence() -> Section:
    table = Table(
        (
            Column("Nr", width="tiny"),
            Column("Dowód"),
            Column("Rodzaj", width="middle"),
            Column("Przywołany w", is_number=True),
        ),
        (
            Row(("E1", "Strategia PUP 2024–2027, s. 12", "dokument", "1.1")),
            Row(("E2", "Protokół Powiatowej Rady Rynku Pracy, 14 marca 2024", "dokument", "1.1, 1.4")),
            Row(("E3", "Badanie pracowników 2026, n = 31", "badanie", "1.1, 1.3")),
            Row(("E4", "Badanie klientów 2026, pracodawcy, n = 131", "badanie", "1.1")),
        ),
    )
    return Section("Dowody przywołane w rozdziale 3", (table,), label="Załącznik B", number="B", kind="flow")
