"""Charts as Vega-Lite: time, money and people by stage, network, map.

Comes in: short rows of the ledger. Goes out: specifications as plain dictionaries, without colours:
the page gives them its own, light or dark. The bundle that draws them lies beside this module and
is served from here; nothing is fetched from elsewhere. Nothing here reads a dossier.
"""

from __future__ import annotations

from pactwatch.charts.bundle import bundle_file
from pactwatch.charts.flows import Flow, flow_chart, money_chart
from pactwatch.charts.maps import Spot, map_chart
from pactwatch.charts.network import Link, Node, network_chart
from pactwatch.charts.timeline import Dated, density_chart, timeline_chart

__all__ = [
    "Dated",
    "Flow",
    "Link",
    "Node",
    "Spot",
    "bundle_file",
    "density_chart",
    "flow_chart",
    "map_chart",
    "money_chart",
    "network_chart",
    "timeline_chart",
]
