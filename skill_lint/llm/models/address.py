"""Which base URLs may be called: written in one way only, over https, or to this machine."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

ALLOW = "allow-insecure"
"""The key of an entry that allows plain http to another machine."""
OTHER_SERVICES: Mapping[int, str] = {
    0: "no service", 19: "chargen", 20: "FTP", 21: "FTP", 22: "SSH", 23: "Telnet", 25: "SMTP",
    53: "DNS", 69: "TFTP", 110: "POP3", 111: "rpcbind", 119: "NNTP", 123: "NTP", 135: "RPC",
    137: "NetBIOS", 139: "NetBIOS", 143: "IMAP", 161: "SNMP", 179: "BGP", 389: "LDAP", 445: "SMB",
    465: "SMTP", 514: "syslog", 515: "printing", 543: "Kerberos", 544: "Kerberos", 548: "AFP",
    554: "RTSP", 587: "SMTP", 631: "printing", 636: "LDAP", 873: "rsync", 989: "FTP", 990: "FTP",
    993: "IMAP", 995: "POP3", 1433: "SQL Server", 1521: "Oracle", 1723: "PPTP", 1883: "MQTT",
    2049: "NFS", 2181: "ZooKeeper", 2375: "Docker", 2376: "Docker", 2379: "etcd", 2380: "etcd",
    3306: "MySQL", 3389: "remote desktop", 3690: "Subversion", 5060: "SIP", 5061: "SIP",
    5432: "PostgreSQL", 5672: "AMQP", 5900: "VNC", 5984: "CouchDB", 6000: "X11", 6379: "Redis",
    6443: "Kubernetes", 6667: "IRC", 8125: "StatsD", 8500: "Consul", 9042: "Cassandra",
    9092: "Kafka", 9200: "Elasticsearch", 9300: "Elasticsearch", 10250: "Kubernetes",
    11211: "memcached", 27017: "MongoDB",
}  # fmt: skip
"""Ports of services that are no model, and that would obey or keep what they are sent."""
_URL = re.compile(r"https?://[A-Za-z0-9._~:/@%\[\]?#&=+!$'()*,;-]+", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.IGNORECASE)
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


def fault_of(url: str, *, allow_insecure: bool = False) -> str | None:
    """Why a base URL must not be called, and what to do; None if it may.

    The text quotes nothing of the URL but its port, because a URL may hold a password.
    """
    if not _URL.fullmatch(url):
        return "it is no URL of letters, digits and signs that begins with http:// or https://"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "its host or its port cannot be read"
    if "@" in parts.netloc:
        return "it holds a user name or a password: name the variable with the key in `env` instead"
    if "?" in url or "#" in url:
        return "it has a query or a fragment; a base URL ends with its path, often `/v1`"
    if port is not None and (service := OTHER_SERVICES.get(port)):
        return f"port {port} is that of {service}, and not of a model: name the model's own port"
    if fault := _fault_of_host(parts.hostname or ""):
        return fault
    if parts.scheme == "http" and not is_loopback(parts) and not allow_insecure:
        return (
            "plain http to another machine shows the text and the key on the way: use https, or "
            f"write `{ALLOW}: true` into the entry in your own models file"
        )
    return None


def is_loopback(parts: SplitResult) -> bool:
    """Whether a URL leads to this machine, whatever a name server says."""
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fault_of_host(host: str) -> str | None:
    is_number = ":" in host or bool(_NUMBER.fullmatch(host.rpartition(".")[2]))
    if not is_number:
        fits = len(host) <= 253 and _NAME.fullmatch(host)
        return None if fits else "its host is no name of letters, digits, hyphens and dots"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    is_other = "%" in host or bool(getattr(address, "ipv4_mapped", None))
    if address is None or str(address) != host or is_other:
        return (
            "its host is an IP address in another notation: write four decimal numbers, as in "
            "127.0.0.1, or the short form of IPv6, as in [::1]"
        )
    if address.is_unspecified:
        return "its host stands for every address of a machine: write 127.0.0.1 for this machine"
    return None
