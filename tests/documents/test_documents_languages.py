"""Languages of reports: what a text is in, whatever its page declares."""

from __future__ import annotations

import pytest

from pactwatch.documents.languages import detect_language

TEXTS = {
    "en": "The two governments said on Monday that they would send more officers to the border, and"
    " that the cost would be shared. Nobody said when the agreement would take effect.",
    "es": "Los dos gobiernos dijeron el lunes que enviarían más policías a la frontera y que el "
    "costo sería compartido. Nadie dijo cuándo entraría en vigor el acuerdo.",
    "pt": "Os dois governos disseram na segunda-feira que enviarão mais policiais para a fronteira "
    "e que o custo será dividido. Ninguém disse quando o acordo entrará em vigor.",
    "fr": "Les deux gouvernements ont déclaré lundi qu'ils enverraient davantage de policiers à la "
    "frontière et que le coût serait partagé. Personne n'a dit quand l'accord entrerait en "
    "vigueur.",
    "de": "Die beiden Regierungen erklärten am Montag, sie würden mehr Polizisten an die Grenze "
    "schicken und die Kosten teilen. Niemand sagte, wann das Abkommen in Kraft treten soll.",
    "it": "I due governi hanno dichiarato lunedì che invieranno più agenti di polizia alla "
    "frontiera e che i costi saranno divisi. Nessuno ha detto quando l'accordo entrerà in "
    "vigore.",
    "pl": "Oba rządy poinformowały w poniedziałek, że wyślą na granicę więcej policjantów i że "
    "koszty zostaną podzielone. Nikt nie powiedział, kiedy umowa wejdzie w życie.",
    "da": "De to regeringer sagde mandag, at de ville sende flere betjente til grænsen, og at "
    "udgifterne ville blive delt. Ingen sagde, hvornår aftalen træder i kraft.",
    "id": "Kedua pemerintah mengatakan pada hari Senin bahwa mereka akan mengirim lebih banyak "
    "polisi ke perbatasan dan biayanya akan ditanggung bersama oleh kedua negara itu.",
    "uk": "Обидва уряди заявили в понеділок, що направлять більше поліцейських на кордон і що "
    "витрати будуть розділені. Ніхто не сказав, коли угода набуде чинності.",
    "fa": "دو دولت روز دوشنبه اعلام کردند که پلیس بیشتری به مرز می‌فرستند و هزینه آن تقسیم خواهد "
    "شد. هیچ‌کس نگفت که این توافق چه زمانی اجرا می‌شود و چه کسی هزینه خودروها را می‌پردازد.",
    "tl": "Sinabi ng dalawang pamahalaan noong Lunes na magpapadala sila ng mas maraming pulis sa "
    "hangganan at paghahatian nila ang gastos. Walang nagsabi kung kailan ito magkakabisa.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_in_its_language_whatever_is_declared(language: str) -> None:
    assert detect_language(TEXTS[language]) == language
    assert detect_language(TEXTS[language], declared="en-GB") == language


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("Hon Tomas Okoro, Ida Brandt, Marek Dunn", None, "en"),
        ("MEDIA RELEASE 4 May", None, "en"),
        ("Acuerdo firmado", "es-GT", "es"),
        ("", None, "en"),
        ("12 345 678", "fr", "fr"),
        ("Two ministers signed the accord on Monday.", None, "en"),
        ("Accord", "not a language", "en"),
    ],
)
def test_a_few_words_are_in_what_they_declare(
    text: str, declared: str | None, language: str
) -> None:
    assert detect_language(text, declared=declared) == language


def test_a_menu_in_another_language_does_not_count() -> None:
    menu = "Inicio Noticias Deportes Contacto Quiénes somos Aviso legal Política de privacidad " * 4
    assert detect_language(f"{menu}\n\n{TEXTS['en'] * 6}\n\n{menu}") == "en"
