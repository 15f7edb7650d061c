from portal.accounts.models import Membership, User
from portal.catalog.models import Service
from portal.seed.demo import load, plan
from portal.seed.demo.cast import probe_url


def test_its_people_can_sign_in_and_have_their_roles(loaded: load.Loaded) -> None:
    assert User.objects.get(email="ada@demo.example").check_password("a password of some length")
    roles = dict(Membership.objects.values_list("user__email", "role"))
    assert {email: role for email, _, role, _ in plan.PEOPLE} == roles


def test_every_service_is_marked_as_demo(loaded: load.Loaded) -> None:
    assert {service.labels["demo"] for service in Service.objects.all()} == {"yes"}


def test_checkout_needs_what_it_leans_on(loaded: load.Loaded) -> None:
    checkout = Service.objects.get(slug="checkout")
    needs = set(checkout.dependencies.values_list("needs__slug", flat=True))
    assert needs == {"payments", "inventory"}


def test_live_probes_ask_the_portal_itself() -> None:
    assert probe_url("checkout") == "http://127.0.0.1:8000/healthz?demo=checkout"
