"""The words of dates: how days, months, years and periods are written in English.

Comes in: nothing. Goes out: compiled expressions with a named group for each form of date, and the
words around a number that make it one or forbid it. What a date means is worked out in `dates`.
"""

from __future__ import annotations

import re

__all__ = [
    "COUNTED",
    "DATE",
    "HOLIDAY",
    "MONTHS",
    "MONTH_BEFORE",
    "NO_YEAR_BEFORE",
    "NUMBERS",
    "PREFIX",
    "TWO_ENDS",
    "WEEKDAYS",
    "YEAR_BEFORE",
]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip

_FULL = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
_MON = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d(?![\d%]|[,.:/]\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_DAY = rf"(?:{_WEEKDAY}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = r"day|week|month|year|decade"
_TO = r"(?:[ ]?[-–—][ ]?|[ ]to[ ]|[ ]and[ ]|[ ]through[ ]|[ ]until[ ])"

_START = (
    r"[0-9A-Z]|to[dnm]|yest|last|this|next|late|earl|mid|the |these|over|duri|with|for |past|prev"
    r"|comi|foll|abou|almo|near|more|some|seve|an? |few|coup|one|two|thre|four|five|six|seve|eigh"
    r"|nine|ten|elev|twel|thir|fift|twen|fort|sixt|nine|firs|seco|spri|summ|autu|fall|wint|end|begi"
    r"|star|midd|fisc|fina"
)
DATE = re.compile(
    rf"""(?<![\w$€£/.@#-])(?={_START.replace(" ", "[ ]")})(?:
    (?P<iso>(?P<iso_y>\d{{4}})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d))
    |(?P<slash>(?P<sl_a>\d{{1,2}})/(?P<sl_b>\d{{1,2}})/(?P<sl_y>\d{{4}})(?!\d))
    |(?P<dmdm>(?P<dmdm_d1>{_DAY})[ ](?:of[ ])?(?P<dmdm_m1>{_MON})(?:,?[ ](?P<dmdm_y1>{_YEAR}))?
        {_TO}(?P<dmdm_d2>{_DAY})[ ](?:of[ ])?(?P<dmdm_m2>{_MON})(?:,?[ ](?P<dmdm_y>{_YEAR}))?)
    |(?P<ddm>(?P<ddm_d1>{_DAY}){_TO}(?P<ddm_d2>{_DAY})[ ](?:of[ ])?
        (?P<ddm_m>{_MON})(?:,?[ ](?P<ddm_y>{_YEAR}))?)
    |(?P<dm>(?:{_SHORT_DAY},?[ ](?:the[ ])?)?(?P<dm_d>{_DAY})(?:[ ](?:of[ ])?|-)(?P<dm_m>{_MON})
        (?:(?:,?[ ](?:of[ ])?|-)(?P<dm_y>{_YEAR}))?)(?!\w)
    |(?P<mdmd>(?P<mdmd_m1>{_MON})[ ](?P<mdmd_d1>{_DAY})(?:,[ ](?P<mdmd_y1>{_YEAR}))?
        {_TO}(?P<mdmd_m2>{_MON})[ ](?P<mdmd_d2>{_DAY})(?:,?[ ](?P<mdmd_y>{_YEAR}))?)
    |(?P<mdd>(?P<mdd_m>{_MON})[ ](?P<mdd_d1>{_DAY}){_TO}(?P<mdd_d2>{_DAY})(?!\w)
        (?![ ](?:{_FULL}|people|[a-z]+s)\b)(?:,?[ ](?P<mdd_y>{_YEAR}))?)
    |(?P<md>(?:{_SHORT_DAY},?[ ])?(?P<md_m>{_MON})[ ](?:the[ ])?(?P<md_d>{_DAY})
        (?![\w:]|[,.]\d|[ ]?%)(?:,?[ ](?P<md_y>{_YEAR}))?)
    |(?P<mm>(?P<mm_m1>{_MON})(?:[ ](?P<mm_y1>{_YEAR}))?{_TO}(?P<mm_m2>{_MON})
        (?:,?[ ](?P<mm_y2>{_YEAR}))?)(?!\w)
    |(?P<my>(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?P<my_m>{_MON})(?:,?[ ](?:of[ ])?|-)
        (?P<my_y>{_YEAR}))
    |(?P<fy>(?:[Ff]iscal|[Ff]inancial)(?:[ ][Yy]ear)?[ ](?P<fy_y>{_YEAR})
        (?:[-–/](?P<fy_y2>\d\d(?:\d\d)?)(?!\d))?|FY[ ]?(?P<fy_s>\d\d(?:\d\d)?)(?!\d))
    |(?P<yy>(?P<yy_y1>(?:1[89]|20)\d\d)
        (?:[-–—/]|[ ]to[ ]|[ ]through[ ]|[ ]until[ ]|[ ][-–][ ]|[ ]and[ ])
        (?P<yy_y2>(?:(?:1[89]|20)\d\d|(?<=[-–/])\d\d))(?![\w/-]|[.,]\d))
    |(?P<quarter>(?:the[ ])?(?P<q_n>first|second|third|fourth|Q[1-4])
        (?:[ ]quarter(?:[ ]of)?)?[ ](?P<q_y>{_YEAR}))
    |(?P<half>(?:the[ ])?(?P<h_n>first|second)[ ]half[ ]of[ ](?P<h_y>{_YEAR}))
    |(?P<decade>(?:(?:early|late|mid)[ -])?(?P<dec_y>(?:1[89]|20)\d0)'?s)(?!\w)
    |(?P<season>(?:(?:early|late|last|next|this|the)[ ])*
        (?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:[ ]of)?[ ](?P<sea_y>{_YEAR}))
    |(?P<y>(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[ -](?:in[ ])?)?(?P<y_y>{_YEAR}))(?![\w-])
    |(?P<now>(?:(?:[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly)[ ])?
        (?P<now_w>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Ll]ast[ ]night
        |[Tt]his[ ](?:morning|afternoon|evening)))(?!\w)
    |(?P<wd>(?:(?P<wd_q>[Ll]ast|[Nn]ext|[Tt]his[ ]coming|[Tt]his[ ]past|[Tt]his|[Ee]arlier)[ ])?
        (?P<wd_w>{_WEEKDAY}))(?!\w|[ ]Island)
    |(?P<ago>(?:(?:[Aa]bout|[Aa]lmost|[Nn]early|[Mm]ore[ ]than|[Oo]ver|[Ss]ome)[ ])?
        (?P<ago_n>(?i:{_COUNT}|several|(?:a[ ])?few|(?:a[ ])?couple(?:[ ]of)?))[ ]
        (?P<ago_u>{_UNIT})s?[ ]ago)(?!\w)
    |(?P<span>(?:(?:[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or)[ ])?(?:(?:[Tt]he|[Tt]hese)[ ])?
        (?P<sp_q>[Pp]ast|[Ll]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Ff]ollowing)[ ]
        (?P<sp_n>{_COUNT}|several|few|couple[ ]of)[ ](?:fiscal[ ]|financial[ ])?
        (?P<sp_u>{_UNIT})s?)(?!\w)
    |(?P<one>(?:[Oo]ver|[Dd]uring|[Ww]ithin)[ ][Tt]he[ ](?P<one_q>past|last|next|coming)[ ]
        (?P<one_u>{_UNIT}))(?!\w)
    |(?P<within>[Ww]ithin[ ](?P<wi_n>{_COUNT})[ ](?:working[ ]|business[ ])?
        (?P<wi_u>{_UNIT})s?)(?!\w)
    |(?P<unit>(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)[ ])?
        (?P<un_q>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he[ ]past|[Pp]ast|(?:end|beginning|start)[ ]of[ ]the)
        [ ](?:fiscal[ ]|financial[ ]|calendar[ ])?
        (?P<un_u>week(?:end)?|month|year|decade))(?!\w|-)
    |(?P<m>(?:(?P<m_q>[Ll]ast|[Nn]ext|[Tt]his|[Ee]arlier[ ]in|[Ee]arly|[Ll]ate|[Mm]id)[ -])?
        (?P<m_m>{_FULL}))(?!\w)
    )""",
    re.VERBOSE,
)
PREFIX = re.compile(
    r"\b(?:(?P<since>[Ss]ince(?: (?:just|early|late|mid|at least|the beginning of|the end of))?)"
    r"|(?:(?:[Bb]y|[Aa]t|[Bb]efore|[Uu]ntil|[Tt]owards?) )?(?:the )?(?:end|beginning|start|middle)"
    r" of|[Uu]ntil|(?P<between>[Bb]etween|[Ff]rom))[ -](?:the )?$"
)
TWO_ENDS = re.compile(r" (?:and|to|until|through) ")
MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|of|from|during|before|after|through|between|to|for|this|last|next"
    r"|early|late|mid|and|or|end|beginning)[ -]$",
    re.IGNORECASE,
)
NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Rr]esolutions?|[Nn]os?\.?|[Nn]umber|[Ss]ection|[Hh]ighway|[Rr]oom|[Bb]ox|[Pp]age"
    r"|[Dd]ecree|[Aa]rticle|Act|Law|Bill|Regulations?|Rules|Code|visa|[Ss]ome|[Oo]ver|than|[Uu]p to"
    r"|[Aa]lmost|[Nn]early|[Ll]east|postcode|[Aa]pproximately|[A-Z]{2,3}|\d) )$"
)
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|from|during|of|the|after|before|for|and|to|between|through|this|that"
    r"|his|her|its|their) $",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r" (?:people|troops|personnel|men|women|children|agents|officers|soldiers|migrants|refugees"
    r"|places|dollars|euros|kilomet|miles|metres|tonnes|tons|boats|families|jobs|homes|visas)"
)
HOLIDAY = re.compile(r"\b(?:Good|Black|Easter|Ash|Palm|Super|Bloody|Holy|Cyber) $")
