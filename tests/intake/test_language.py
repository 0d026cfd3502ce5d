"""Is a text English?"""

from __future__ import annotations

import pytest

from dateline.intake.language import is_english, language_code


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen killed 14 soldiers near the northern town on Monday, police said.",
        "The governor denied that the pier had been destroyed.",
        "KYIV, Feb 25 (Tessel) — Blasts shook the capital before sunrise on Friday.",
        "Ferry halted",
        "Governor Íñigo Peña Núñez of Córdoba defended restrictive harbour rules Thursday.",
        "Shells hit Kharkiv Thursday, killing ten civilians, officials say.",
        "President Putin visits Berlin Monday; Chancellor Scholz expects little.",
        "Police arrested Charles de Gaulle airport workers striking near Paris late Friday.",
        "",
        "14 — 15 — 16",
        "«Слава Україні!» was painted on the walls of the old town hall, where the council met on Friday.",
    ],
)
def test_english_is_read_and_so_is_what_is_too_short_to_tell(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Die Fähre über die Bucht wurde am Freitag eingestellt, nachdem Granaten in der Nähe gefallen waren.",
        "Le service de bac a été interrompu vendredi après la chute d'obus près du quai, a dit l'autorité portuaire.",
        "El servicio de transbordador fue suspendido el viernes, dijo el puerto, y no se sabe por cuánto.",
        "Il servizio di traghetto è stato sospeso venerdì dopo che alcune granate sono cadute vicino al molo.",
        "De veerdienst over de baai is vrijdag stilgelegd nadat granaten bij de pier waren gevallen, zei de haven.",
        "Prom przez zatokę został wstrzymany w piątek po tym, jak pociski spadły w pobliżu molo, podał zarząd portu.",
        "Færgen over bugten blev indstillet fredag, efter at granater faldt nær molen, siger havnen i en meddelelse.",
        "O serviço de balsas foi suspenso na sexta-feira depois que projéteis caíram perto do cais, disse o porto.",
        "Körfezdeki feribot seferleri, iskele yakınına mermi düşmesinin ardından cuma durduruldu, dedi liman idaresi.",
        "Nave bloccata in porto dopo il bombardamento del molo, nessun ferito.",
        "Паром через бухту остановлен в пятницу.",
        "轮渡服务于周五停止。",
        "توقفت خدمة العبارات يوم الجمعة.",
    ],
)
def test_other_languages_are_told_apart(text):
    assert not is_english(text)


def test_a_foreign_beginning_does_not_hide_an_english_text():
    text = (
        "Слава Україні! " * 80 + "The words were painted on the wall of the town hall, and nobody knew by whom. " * 60
    )
    assert is_english(text)


@pytest.mark.parametrize(
    ("name", "code"), [("en", "en"), ("eng", "en"), ("English", "en"), ("en-GB", "en"), ("pt_BR", "pt")]
)
def test_a_language_has_one_code(name, code):
    assert language_code(name) == code
