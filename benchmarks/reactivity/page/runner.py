"""Runs graphs with one library: in the page, or in a process of its own.

`python runner.py ours` reads the names of graphs from its input, one a line, and answers each with a line.
"""

import gc
import json
import sys
from time import perf_counter

from libraries import LIBRARIES
from spelling import spelled

MODULES = ("graphs_plain", "graphs_dynamic", "graphs_made")


class Runner:
    def __init__(self, name: str) -> None:
        self.library = LIBRARIES[name]()
        self.graphs = {}
        for module in MODULES:
            self.graphs.update(spelled(module, self.library)["GRAPHS"])

    def run(self, graph: str) -> str:
        """Builds a graph and times its work.

        Returns:
            JSON: `time` in milliseconds; `problem`, what is wrong with the result; `wasted`, what ran vainly.
        """
        if graph in self.library.hopeless:
            return json.dumps({"time": 0, "problem": "no end", "wasted": ""})
        milliseconds = 0.0
        try:
            work, verify = self.graphs[graph](self.library)
            gc.collect()
            began = perf_counter()
            work()
            milliseconds = (perf_counter() - began) * 1000
            found = verify()
        except IndexError:  # an effect never ran: its library swallowed an error
            found = {"problem": "no value", "wasted": ""}
        except Exception as error:  # a library that fails is named in the table
            found = {"problem": type(error).__name__, "wasted": ""}
        return json.dumps({"time": milliseconds, **found})


if __name__ == "__main__":
    runner = Runner(sys.argv[1])
    print(json.dumps(list(runner.graphs)), flush=True)
    for line in sys.stdin:
        print(runner.run(line.strip()), flush=True)
