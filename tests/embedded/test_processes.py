"""How each process is started."""

from dataclasses import replace

from portal.embedded import processes
from portal.embedded.configuration import Configuration
from portal.embedded.processes import Process


def by_name(settings: Configuration) -> dict[str, Process]:
    return {process.name: process for process in processes.processes(settings)}


def test_the_five_processes_of_the_portal_are_there(settings_of_a_run: Configuration) -> None:
    assert list(by_name(settings_of_a_run)) == ["web", "edge", "beat", "pager", "worker"]


def test_mails_are_taken_where_a_port_is_set(settings_of_a_run: Configuration) -> None:
    mail = by_name(replace(settings_of_a_run, mail_port=2525))["mail"]
    assert mail.argv[-1] == "mail_listener"
    assert mail.ready_url.startswith("http://127.0.0.1:")


def test_each_knows_its_name_and_its_side_door(settings_of_a_run: Configuration) -> None:
    edge = by_name(settings_of_a_run)["edge"]
    port = settings_of_a_run.admin_ports["edge"]
    assert edge.environment == {"PORTAL_PROCESS": "edge", "PORTAL_PROCESS_PORT": str(port)}
    assert edge.ready_url == f"http://127.0.0.1:{port}/readyz"


def test_only_programs_of_several_processes_share_their_numbers_in_files(settings_of_a_run: Configuration) -> None:
    one = by_name(settings_of_a_run)
    two = by_name(replace(settings_of_a_run, web_workers=2))
    assert [name for name, process in one.items() if process.metrics_dir] == ["worker"]
    assert [name for name, process in two.items() if process.metrics_dir] == ["web", "worker"]


def test_the_web_is_asked_where_it_listens(settings_of_a_run: Configuration) -> None:
    anywhere = by_name(replace(settings_of_a_run, host="0.0.0.0"))["web"]
    elsewhere = by_name(replace(settings_of_a_run, host="192.0.2.1"))["web"]
    assert anywhere.ready_url.startswith("http://127.0.0.1:")
    assert elsewhere.ready_url.startswith("http://192.0.2.1:")


def test_workers_are_never_recycled(settings_of_a_run: Configuration) -> None:
    assert not any("max-tasks" in word for word in by_name(settings_of_a_run)["worker"].argv)
