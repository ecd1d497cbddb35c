"""The headings of class lists as platforms and registrars write them, by what they hold, in many languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# what a column holds, and the headings for it; compared without capitals, spaces and marks
WORDS = {
    "id": "id / tumen id",
    "name": (
        "student / name / full name / student name / nachname vorname / name vorname / vor- und nachname / teilnehmer / "
        "nom complet / nom et prénom / nom prénom / nombre completo / nombre y apellidos / apellidos y nombre / "
        "apellidos nombre / alumno / nome completo / nome e cognome / cognome e nome / cognome nome / studente / "
        "ad soyad / adı soyadı / öğrenci / imię i nazwisko / nazwisko i imię / jméno a příjmení / фио / họ và tên / naam / "
        "이름 / 성명 / 학생 / 학생명 / 氏名 / 名前 / 姓名 / 학생이름 / الاسم"
    ),
    "last": (
        "last name / surname / family name / nachname / familienname / zuname / 성 / nom / nom de famille / apellido / apellidos / "
        "primer apellido / cognome / sobrenome / apelido / soyad / soyadı / soyisim / nazwisko / příjmení / achternaam / efternamn / "
        "etternavn / фамилия / họ / 姓 / 姓氏"
    ),
    "first": (
        "first name / given name / forename / vorname / rufname / prénom / prénoms / nombre / nombres / nome / ad / adı / isim / imię / "
        "imiona / jméno / křestní jméno / voornaam / förnamn / fornavn / имя / tên / 名"
    ),
    "email": (
        "email / mail / email address / email adresse / mailadresse / 이메일 / 이메일 주소 / 전자우편 / 전자메일 / 메일 / correo / "
        "correo electrónico / dirección de correo / dirección de correo electrónico / correo institucional / courriel / "
        "adresse électronique / adresse de courriel / adresse email / adresse mail / indirizzo email / "
        "indirizzo di posta elettronica / posta elettronica / e-posta / e-posta adresi / eposta / adres email / adres mailowy / "
        "email institucional / endereço de email / e-mailadres / e-postadress / e-post / epost / эл почта / электронная почта / почта / メール / "
        "メールアドレス / 邮箱 / 电子邮箱 / 电子邮件 / 邮件 / 電子郵件 / 電郵 / 信箱 / البريد الإلكتروني"
    ),
    "student id": (
        "student id / student number / student no / matrikelnummer / matrikelnr / matrikel nr / matr nr / mat nr / matriculation number / "
        "학번 / 학생번호 / 学号 / 學號 / 学籍番号 / 学生番号 / 学生证号 / studentnummer / personnummer / numéro étudiant / numéro d étudiant / n étudiant / "
        "n d étudiant / matrícula / número de matrícula / nº de matrícula / número de identificación / código / código de estudiante / "
        "expediente / matricola / numero di matricola / öğrenci no / öğrenci numarası / okul no / nr albumu / numer albumu / numer indeksu / "
        "nr indeksu / osobní číslo / номер студенческого билета / студенческий билет / mã sinh viên / mssv / رقم الطالب / "
        "orgdefinedid / registration number / roll number / roll no / enrolment number / enrollment number"
    ),
    "id number": "id number / número de id / numéro d identification / codice identificativo / id numarası / numer id / idnummer",
    "username": (
        "username / user name / login / benutzername / anmeldename / benutzerkennung / kennung / 사용자명 / 아이디 / nom d utilisateur / "
        "nombre de usuario / usuario / nome utente / kullanıcı adı / nazwa użytkownika / ユーザー名 / 用户名"
    ),
    "canvas id": "canvas id / canvas user id",
    "sis user id": "sis user id / sis id / user id / sis benutzer id / id de usuario de sis / id d utilisateur sis",
    "sis login id": "sis login id / login id / sis anmelde id / sis anmeldungs id / id de inicio de sesión de sis",
    "section": (
        "section / sections / group / groups / group name / gruppe / gruppen / abschnitt / 분반 / 班级 / 班級 / クラス / grupo / grupos / "
        "groupe / groupes / gruppo / gruppi / grup / gruplar / grupa / grupy / tutorium / klasse"
    ),
    "role": (
        "role / roles / rolle / rollen / rol / rôle / rôles / ruolo / ruoli / roller / rola / role w kursie / 역할 / 구분 / 角色 / 身份 / ロール / "
        "type of user / enrolment type / enrollment type"
    ),
    "status": (
        "status / enrolment status / enrollment status / registration status / student status / course status / participation status / "
        "enrolment state / enrollment state / state / availability / enrolment / enrollment / active / enrolled / aktiv / anmeldestatus / teilnahmestatus / "
        "belegungsstatus / verfügbarkeit / 상태 / 수강상태 / 학적상태 / 학적 / 재학구분 / 학적구분 / 状态 / 狀態 / 学籍状态 / 履修状況 / 状態 / "
        "在籍状況 / estado / situación / statut / état / stato / situação / durum / durumu / stan / stav / статус / trạng thái / الحالة"
    ),
    "gone": (
        "dropped / withdrawn / inactive / drop date / dropped on / date dropped / withdrawal date / withdrawn on / date withdrawn / "
        "withdrawal / inaktiv / abgemeldet / abgemeldet am / 휴학 / 자퇴 / 철회 / baja / fecha de baja / abandon"
    ),
}  # fmt: skip
STUDENTS = re.compile(
    r"student|learner|teilnehm|kursmitglied|studier|participant|member|mitglied|estudiante|alumn|studente|étudiant|öğrenci|uczest|"
    r"학생|수강|学生|學生|履修|受講|guest|gast|^$",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"(overall |class )?(total|sum|count|average|mean|median|participants|students|summe|gesamt|anzahl|durchschnitt|totale|somme|moyenne|"
    r"promedio|suma|media|toplam|ortalama|średnia|razem|합계|총|총계|총원|계|평균|인원|合计|合計|总计|總計|人数|人數|計|平均)\b",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(group|gruppe|section|sektion|tutorium|tutorial|team|class|grupo|groupe|gruppo|grup|grupa|grupy|분반|조|제?\s?\d+\s?(조|반|組|班|组)|"
    r"[a-z가-힣]\s?(조|반)|クラス|班)\b",
    re.IGNORECASE,
)
POINTS = re.compile(
    r"points possible|punkte möglich|mögliche punkte|puntos posibles|points possibles|pontos possíveis|만점",
    re.IGNORECASE,
)
TEST = re.compile(r"student,? test|test student|teststudent|.*_?previewuser|.*previewuser.*", re.IGNORECASE)


def bare(heading: str) -> str:
    """A heading as it is compared: composed small letters and digits alone."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", heading).casefold())


KNOWN = {bare(word): what for what, words in reversed(WORDS.items()) for word in words.split(" / ")}


def what_holds(heading: str) -> str:
    """What a column of that heading holds, a name of `WORDS`; "" where that is not known.

    Of 학번(Student ID) or Name / 이름 any part may tell it.
    """
    if (found := KNOWN.get(bare(heading))) or len(heading) > 80:
        return found or ""
    parts = re.split(r"[()\[\]（）/|:]", heading)
    return next((what for part in parts if (what := KNOWN.get(bare(part)))), "") if len(parts) > 1 else ""


def known(cells: Iterable[str]) -> int:
    """How many different things the headings among some cells hold."""
    return len({what for cell in cells if (what := what_holds(cell))})
