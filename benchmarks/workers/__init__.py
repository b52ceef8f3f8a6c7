"""The worker benchmark: what calls, arrays, pools, stopping and dying cost."""

from benchmarks.workers._measure import measure as measure
