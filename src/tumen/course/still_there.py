"""Who of a class list is still in the class, by what its status says."""

from __future__ import annotations

import re
from collections import Counter

from tumen.core.errors import shown
from tumen.core.words import counted

# what a list's status says of those who are no longer in the class, and of those who are
GONE = re.compile(
    r"(.*\b)?(drop|drops|dropped( out)?|dropout|withdrew|withdrawn|withdrawal|inactive|(not|no longer) (active|current|enroll?ed|registered)|"
    r"suspended|deleted|removed|cancell?ed|deregistered|unenroll?ed|disabled|left|rejected|denied|"
    r"abgemeldet|ausgeschieden|exmatrikuliert|beurlaubt|storniert|inaktiv|gesperrt|abgebrochen|abgelehnt|gelöscht|nicht aktiv|"
    r"inactiv[oa]|baja|retirad[oa]|suspendid[oa]|eliminad[oa]|anulad[oa]|inactif|inactive|désinscrite?|abandon|abandonnée?|suspendue?|"
    r"supprimée?|inattiv[oa]|ritirat[oa]|sospes[oa]|inativ[oa]|trancad[oa]|desistente|cancelad[oa]|pasif|silindi|ayrıldı|nieaktywn[ya]|"
    r"skreślon[ya]|neaktivní|отчислена?|неактив\w+)\b.*"
    r"|.*(휴학|자퇴|제적|철회|취소|포기|중단|비활성|퇴학|退課|退学|退學|休学|休學|退选|退選|停修|辍学|无效|無効|取消|停用|中止|削除).*"
    r"|w|wd|wf|wn|no|nein|non|nie|hayır|아니요|아니오|否|いいえ|false|0",
    re.IGNORECASE,
)
HERE = re.compile(
    r"|(.*\b)?(active|enroll?ed|registered|current|confirmed|accepted|approved|completed|concluded|invited|pending|added|in progress|student|"
    r"available|aktiv|angemeldet|zugelassen|eingeschrieben|immatrikuliert|activ[oa]|inscrit[oa]|matriculad[oa]|actif|inscrite?|"
    r"attiv[oa]|iscritt[oa]|ativ[oa]|aktif|kayıtlı|aktywn[ya]|zapisan[ya]|aktivní|актив\w+|зачислена?|обучается)\b.*"
    r"|.*(재학|수강|정상|등록|활성|在籍|在学|在讀|在读|正常|有效|履修|選課|选课).*|e|r|yes|ja|sí|oui|sì|tak|evet|예|네|是|はい|true|1",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(not|never|has not|nicht) (drop|withdr|inactive|suspended|deleted|abgemeldet|gesperrt|gelöscht)", re.IGNORECASE
)
NOT_GONE = re.compile(r"|no|n|false|0|nein|non|nie|hayır|아니요|아니오|否|いいえ|[-–—./]+|n/a", re.IGNORECASE)


def left(status: str, gone: str) -> str:
    """Why somebody is no longer in the class, by the cells that tell it; "" where they tell no such thing."""
    if GONE.fullmatch(status) and not NEGATED.match(status):
        return f"the status {shown(status)}"
    return "" if NOT_GONE.fullmatch(gone) else f"{shown(gone)} in the column of those who left"


def still_there(said: list[str], rows: list[tuple[int, dict[str, str]]]) -> list[tuple[int, dict[str, str]]]:
    """The rows but for those whose status says that they left the class; who went and what is not known is told in `said`."""
    kept, unsure = [], Counter()
    for line, row in rows:
        status = row.get("status", "")
        if why := left(status, row.get("gone", "")):
            said.append(f"line {line} was left out: {shown(row['name'] or row.get('email') or 'it')} has {why}.")
            continue
        unsure.update([] if HERE.fullmatch(status) else [status])
        kept.append((line, row))
    for status, n in unsure.most_common(5):
        said.append(
            f"what the status {shown(status)} means is not known here: {counted(n, 'student')} with it stayed in."
        )
    return kept
