"""The token of a label: what is signed, who may sign, and what an altered one is worth."""

import base64
import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovop import rules
from ovop.rules.tokens import keyring, read_token, sign_claim

OLD, NEW = (base64.b64encode(bytes([at]) * 32).decode() for at in (1, 2))
KEYS = keyring(f"lama={OLD}")
CLAIM = {"number": "OVP-6307-000001", "stars": 2, "scheme": "permenperin_14_2021", "issued_on": date(2024, 11, 20)}


def a_token(keys=KEYS, **more):
    return sign_claim(keys, **{**CLAIM, **more})[1]


def test_a_token_says_what_was_signed():
    claim = read_token(a_token(), KEYS)

    assert (claim.number, claim.stars, claim.scheme) == ("OVP-6307-000001", 2, "permenperin_14_2021")
    assert (claim.issued_on, claim.key_id) == (date(2024, 11, 20), "lama")


def test_a_token_is_made_the_same_each_time_and_fits_an_address():
    assert a_token() == a_token()
    assert re.fullmatch(r"[A-Za-z0-9_-]{100,220}", a_token())


@given(st.data())
def test_no_single_character_can_be_changed(data):
    token = a_token()
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(
        st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=").filter(
            lambda one: one != token[at]
        )
    )

    with pytest.raises((rules.Altered, rules.Unreadable)):
        read_token(token[:at] + other + token[at + 1 :], KEYS)


@pytest.mark.parametrize("more", [{"stars": 3}, {"number": "OVP-6307-000002"}, {"issued_on": date(2022, 1, 1)}])
def test_a_signature_of_another_claim_does_not_fit(more):
    def decoded(token):
        return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))

    told, signature = decoded(a_token(**more))[:-64], decoded(a_token())[-64:]
    forged = base64.urlsafe_b64encode(told + signature).rstrip(b"=").decode()

    with pytest.raises(rules.Altered):
        read_token(forged, KEYS)


@pytest.mark.parametrize(
    "token", ["", "x", "abc", "é", "A" * 601, "%00", "\x00", a_token() + "A" * 500, "🙂" * 20, "=" * 8]
)
def test_what_is_no_token_is_told_from_an_altered_one(token):
    with pytest.raises(rules.Unreadable):
        read_token(token, KEYS)


def test_a_token_that_was_not_copied_whole_is_incomplete_and_not_altered():
    token = a_token()
    for length in range(3, len(token)):
        with pytest.raises(rules.Incomplete):
            read_token(token[:length], KEYS)
    for more in ("=", "==", "===="):
        with pytest.raises(rules.Incomplete):
            read_token(token + more, KEYS)
    for more in ("A", "AAAA", "." * 3):
        with pytest.raises((rules.Altered, rules.Unreadable)):
            read_token(token + more, KEYS)


def test_the_newest_key_signs_and_labels_of_the_older_one_stay_good():
    both = keyring(f"lama={OLD}, baru={NEW}")

    assert read_token(a_token(), both).key_id == "lama"
    assert read_token(a_token(both), both).key_id == "baru"


def test_a_retired_key_verifies_and_signs_no_more():
    public = base64.b64encode(KEYS.public_bytes("lama")).decode()
    rotated = keyring(f"baru={NEW}", f"lama={public}")

    assert read_token(a_token(), rotated).key_id == "lama"
    assert read_token(a_token(rotated), rotated).key_id == "baru"
    with pytest.raises(rules.NoSigningKey):
        a_token(keyring("", f"lama={public}"))


def test_a_withdrawn_key_is_not_ours_any_more():
    with pytest.raises(rules.Unreadable):
        read_token(a_token(), keyring(f"baru={NEW}"))


def test_a_key_of_the_same_name_but_another_seed_does_not_verify():
    with pytest.raises(rules.Altered):
        read_token(a_token(), keyring(f"lama={NEW}"))


@pytest.mark.parametrize(
    "text", ["nonsense", "a=", "a=zzz", f"a|b={OLD}", f"a={OLD},a={NEW}", "a=" + "A" * 44, f"={OLD}", "a=é"]
)
def test_keys_that_cannot_be_read_are_refused_without_telling_them(text):
    with pytest.raises(rules.WrongKeys) as refused:
        keyring(text)

    assert OLD not in str(refused.value)


def test_a_key_either_signs_or_only_verifies():
    public = base64.b64encode(KEYS.public_bytes("lama")).decode()

    with pytest.raises(rules.WrongKeys):
        keyring(f"lama={OLD}", f"lama={public}")


def test_keys_in_the_other_base64_are_read_too():
    seed = b"\xfb\xff" * 16

    plain, address = base64.b64encode(seed).decode(), base64.urlsafe_b64encode(seed).decode()

    assert keyring(f"k={plain}").public_bytes("k") == keyring(f"k={address}").public_bytes("k")


def test_the_example_of_the_how_to_verifies_offline(tmp_path, monkeypatch):
    text = (Path(__file__).parents[2] / "docs/how-to/verify-a-star-offline.md").read_text()
    code = re.search(r"```python\n(.*?)\nkeys = json", text, re.DOTALL)[1]
    example: dict = {}
    exec(code, example)  # noqa: S102 -- the example that people copy
    public = base64.urlsafe_b64encode(KEYS.public_bytes("lama")).rstrip(b"=").decode()
    keys = json.loads(json.dumps({"keys": [{"kid": "lama", "x": public}]}))

    assert example["verify"](a_token(), keys)["stars"] == 2
    with pytest.raises(ValueError, match="altered"):
        example["verify"](a_token()[:-2] + "AA", keys)
