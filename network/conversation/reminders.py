"""What a text seems to hold that the charter speaks of, found by rules of our own, on the site itself.

Nothing is kept and nobody is told: the author reads the article again, once, and posts or corrects.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.core.thresholds import thresholds

REGISTER_NUMBER, BANK_ACCOUNT, CONTACT = "register_number", "bank_account", "contact_details"
SHOUTING, CONFIDENTIAL = "shouting", "confidential"


@dataclass(frozen=True)
class Reminder:
    """Something found: the sentence for the author, and the code of the article that speaks of it."""

    code: str
    sentence: str | Promise
    article: str

    @property
    def setting(self):
        """The name of the administrators' setting that switches it."""
        return f"remind_{self.code}"


REMINDERS = {
    reminder.code: reminder
    for reminder in (
        Reminder(
            REGISTER_NUMBER,
            _("There seems to be a national register number in it. It tells who somebody is for a lifetime."),
            "privacy",
        ),
        Reminder(BANK_ACCOUNT, _("There seems to be a bank account in it."), "privacy"),
        Reminder(
            CONTACT,
            _("There seems to be somebody's telephone number or e-mail address in it. Do they agree?"),
            "privacy",
        ),
        Reminder(
            CONFIDENTIAL,
            _("It speaks of something confidential, or not meant to be passed on. May it be read here?"),
            "discretion",
        ),
        Reminder(SHOUTING, _("Much of it is in capitals: readers may feel shouted at."), "respect"),
    )
}

# Eleven digits, a date of birth first; months are 20 or 40 higher in bis numbers.
_REGISTER_NUMBER = re.compile(
    r"(?<![\d.-])(\d{2})[. /-]?([0-5]\d)[. /-]?([0-3]\d)[. /-]{0,3}(\d{3})[. /-]?(\d{2})(?![\d])"
)
# Lengths of the accounts that one meets here, by country.
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20,
    "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24,
}  # fmt: skip
_IBAN_BEGINS = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})(\d{2})(?=[ .-]?[A-Za-z0-9])")
_SEPARATORS = " .-"
_PHONE = re.compile(
    r"(?<![\w+.,/-])(?:(?:\+|00)\d{1,3}[ ./-]?(?:\(0\)[ ./-]?)?[1-9](?:[ ./-]?\d){6,10}"
    r"|0[1-9](?:[ ./-]?\d){7,8})(?![\w]|[.,/-]\d)"
)
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24})", re.IGNORECASE)
# Mailboxes of a service rather than of somebody.
_SERVICES = re.compile(
    r"(?:info|contact|help|helpdesk|support|secretariat|secretariaat|no-?reply|admin|press|presse|pers|"
    r"communication|communicatie|jobs|hr|dpo|privacy|webmaster|accueil|onthaal|service|dienst)(?:[.+-]?[\w.-]*)?",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(
    r"\b(?:(?:strictement )?confidentiel(?:le)?s?|ne pas (?:diffuser|divulguer|transf[ée]rer)|"
    r"diffusion (?:restreinte|limit[ée]e|interdite)|(?:à )?usage (?:strictement )?interne|"
    r"(?:strikt )?vertrouwelijke?|niet (?:verspreiden|doorsturen)|beperkte verspreiding|"
    r"(?:uitsluitend |alleen )?voor intern gebruik|"
    r"(?:strictly )?confidential|do not (?:distribute|forward|share)|restricted distribution|"
    r"(?:for )?internal use only)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
# Fewer words than this may be a heading or a few acronyms.
_FEWEST_WORDS = 5
_MOST_CAPITALS = 0.6


def _has_register_number(text):
    for year, month, day, order, check in _REGISTER_NUMBER.findall(text):
        if int(month) % 20 > 12 or int(day) > 31:
            continue
        number = int(year + month + day + order)
        # Who was born from 2000 on has a 2 before.
        if int(check) in (97 - number % 97, 97 - (2_000_000_000 + number) % 97):
            return True
    return False


def _has_bank_account(text):
    for begin in _IBAN_BEGINS.finditer(text):
        length = _IBAN_LENGTHS.get(begin[1].upper())
        if length and _is_account(text[begin.start() : begin.start() + 2 * length], length):
            return True
    return False


def _is_account(text, length):
    account = ""
    for letter in text:
        if letter.isascii() and letter.isalnum():
            account += letter.upper()
        elif letter not in _SEPARATORS:
            break
        if len(account) == length:
            break
    if len(account) != length:
        return False
    digits = "".join(str(int(letter, 36)) for letter in account[4:] + account[:4])
    return int(digits) % 97 == 1


def _has_contact(text, own_email):
    for name, domain in _EMAIL.findall(text):
        if f"{name}@{domain}".lower() != own_email.lower() and not _SERVICES.fullmatch(name):
            return True
    return any(not _is_enterprise(number) for number in _PHONE.findall(text))


def _is_enterprise(number):
    """The number of an enterprise in the Crossroads Bank is public, and looks like that of a telephone."""
    digits = "".join(letter for letter in number if letter.isdigit())
    return len(digits) == 10 and 97 - int(digits[:8]) % 97 == int(digits[8:])


def _is_shouted(text):
    words = _WORD.findall(text)
    capitals = sum(word.isupper() for word in words)
    return capitals >= _FEWEST_WORDS and capitals > _MOST_CAPITALS * len(words)


def found_in(text, *, own_email=""):
    """The codes of what a text (plain words) seems to hold; the author's own address doesn't count."""
    found = []
    if _has_register_number(text):
        found.append(REGISTER_NUMBER)
    if _has_bank_account(text):
        found.append(BANK_ACCOUNT)
    # A number of the two kinds above may look like that of a telephone.
    if _has_contact(text, own_email) and not (found and not _EMAIL.search(text)):
        found.append(CONTACT)
    if _CONFIDENTIAL.search(text):
        found.append(CONFIDENTIAL)
    if _is_shouted(text):
        found.append(SHOUTING)
    return found


def reminders_for(text, *, own_email=""):
    """The reminders for a text, without those that administrators switched off."""
    found = [REMINDERS[code] for code in found_in(text, own_email=own_email)]
    if not found:
        return []
    switched = thresholds(*(reminder.setting for reminder in found))
    return [reminder for reminder in found if switched[reminder.setting]]
