from pathlib import Path

from prometheus_client import CollectorRegistry

from portal.lib.metrics.resources import ResourceCollector


def sample(path: Path, name: str) -> float:
    registry = CollectorRegistry()
    registry.register(ResourceCollector(str(path)))
    value = registry.get_sample_value(name)
    assert value is not None
    return value


def test_the_process_uses_cpu_memory_threads_and_files(tmp_path: Path) -> None:
    assert sample(tmp_path, "portal_process_cpu_seconds_total") > 0
    assert sample(tmp_path, "portal_process_memory_bytes") > 1_000_000
    assert sample(tmp_path, "portal_process_threads") >= 1
    assert sample(tmp_path, "portal_process_open_files") >= 1


def test_ratios_of_the_host_are_between_0_and_1(tmp_path: Path) -> None:
    assert 0 < sample(tmp_path, "portal_host_memory_used_ratio") < 1
    assert 0 <= sample(tmp_path, "portal_host_disk_used_ratio") <= 1
