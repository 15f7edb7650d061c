"""USE for the process and its host: utilisation, saturation and errors of CPU, memory, disk and network."""

from collections.abc import Iterable

import psutil
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class ResourceCollector(Collector):
    """Reads the kernel's own counters when it is asked; `path` is the disk that holds the data."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.process = psutil.Process()

    def collect(self) -> Iterable[Metric]:
        yield from self._own()
        yield from self._host()

    def _own(self) -> Iterable[Metric]:
        family = [self.process, *self.process.children(recursive=True)]
        seconds = memory = threads = files = 0.0
        for member in family:
            try:
                with member.oneshot():
                    times = member.cpu_times()
                    seconds += times.user + times.system
                    memory += member.memory_info().rss
                    threads += member.num_threads()
                    files += member.num_fds()
            except psutil.Error:
                continue
        yield CounterMetricFamily("portal_process_cpu_seconds", "CPU time of the process and its children.", seconds)
        yield GaugeMetricFamily("portal_process_memory_bytes", "Resident memory.", memory)
        yield GaugeMetricFamily("portal_process_threads", "Threads.", threads)
        yield GaugeMetricFamily("portal_process_open_files", "Open file descriptors.", files)

    def _host(self) -> Iterable[Metric]:
        memory, disk, network = psutil.virtual_memory(), psutil.disk_usage(self.path), psutil.net_io_counters()
        yield GaugeMetricFamily("portal_host_load1", "Load average over one minute.", psutil.getloadavg()[0])
        yield GaugeMetricFamily("portal_host_cpus", "Cores.", psutil.cpu_count() or 1)
        yield GaugeMetricFamily("portal_host_memory_used_ratio", "Memory in use, 0 to 1.", memory.percent / 100)
        yield GaugeMetricFamily("portal_host_disk_used_ratio", "Data disk in use, 0 to 1.", disk.percent / 100)
        yield CounterMetricFamily("portal_host_network_receive_bytes", "Bytes received.", network.bytes_recv)
        yield CounterMetricFamily("portal_host_network_transmit_bytes", "Bytes sent.", network.bytes_sent)
        yield CounterMetricFamily("portal_host_network_errors", "Network errors.", network.errin + network.errout)
