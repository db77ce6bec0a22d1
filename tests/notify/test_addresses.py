"""Which addresses a webhook may go to: public ones by https; private ones where the machine's owner says so."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla.notify.addresses import Address, Unfit, check, checked_url

OWN = (ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("127.0.0.0/8"))


def refused(url: str, *networks: ipaddress.IPv4Network | ipaddress.IPv6Network) -> str:
    with pytest.raises(Unfit) as met:
        checked_url(url, networks)
    return met.value.rule


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/h",
        "https://exemple.fr:8443/h?x=1",
        "https://9.9.9.9/",
        "https://[2620:fe::fe]/",
        "https://[64:ff9b::909:909]/",  # 9.9.9.9, where a network of IPv6 alone translates
    ],
)
def test_a_public_https_address_will_do(url: str) -> None:
    assert checked_url(url, ()).hostname


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("http://exemple.fr/h", "not_https"),
        ("ftp://exemple.fr/h", "unreadable"),
        ("exemple.fr/h", "unreadable"),
        ("https://", "unreadable"),
        ("https:///h", "unreadable"),
        ("https://exemple.fr:99999/", "unreadable"),
        ("https://exemple.fr:0/", "unreadable"),
        ("https://exemple.fr/ h", "unreadable"),
        ("https://exemple.fr/\r\nX: y", "unreadable"),
        ("https://exemple.fr/#part", "unreadable"),
        ("https://[::1", "unreadable"),
        (f"https://{'a' * 64}.fr/", "unreadable"),
        ("https://exemple..fr/", "unreadable"),
        ("https://a:b@exemple.fr/", "credentials"),
        ("https://token@exemple.fr/", "credentials"),
        ("https://127.0.0.1/", "private"),
        ("https://localhost/", "private"),
        ("https://LOCALHOST./", "private"),
        ("https://hooks.localhost:8443/", "private"),
        ("https://2130706433/", "private"),
        ("https://0x7f.1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("https://192.168.0.1/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://224.0.1.1/", "private"),
        ("https://255.255.255.255/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::]/", "private"),
        ("https://[fe80::1%25eth0]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[fec0::1]/", "private"),
        ("https://[::ffff:127.0.0.1]/", "private"),
        ("https://[64:ff9b::7f00:1]/", "private"),
        ("https://[2002:7f00:1::]/", "private"),
    ],
)
def test_an_address_that_will_not_do_is_refused_by_its_rule(url: str, rule: str) -> None:
    assert refused(url) == rule


def test_an_own_network_is_allowed_by_plain_http_too_and_no_other_is() -> None:
    assert checked_url("http://10.1.2.3:8080/h", OWN).port == 8080
    assert checked_url("http://localhost:8080/h", OWN).port == 8080
    assert checked_url("http://intranet/h", OWN).hostname == "intranet"  # judged when it is looked up
    assert refused("http://10.2.0.1/h", *OWN) == "not_https"
    assert refused("https://10.2.0.1/h", *OWN) == "private"


def test_one_private_address_among_public_ones_is_one_too_many() -> None:
    found = [ipaddress.ip_address("9.9.9.9"), ipaddress.ip_address("127.0.0.1")]
    with pytest.raises(Unfit, match="private"):
        check(found, "https", ())
    with pytest.raises(Unfit, match="not_https"):
        check(found, "http", OWN)
    check(found, "https", OWN)


@given(st.ip_addresses(v=4).filter(lambda each: not each.is_global))
def test_no_private_address_passes_in_any_of_its_ipv6_disguises(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    disguises = [(0xFFFF << 32) | number, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)]
    judged: list[Address] = [address, *map(ipaddress.IPv6Address, disguises)]
    for each in judged:
        with pytest.raises(Unfit):
            check([each], "https", ())
