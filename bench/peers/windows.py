"""Random windows of a genome through a Python library, driven by JSON lines on stdin; see bench/data/window-peer.ts.

windows.py pyfaidx|pysam|py2bit|twobitreader FILE
{"regions": [[contig, start], ...], "length": bases}, any number of times: {"seconds", "crc32"} of the upper-case bases
"""

import json
import sys
import time
import zlib


def opener(library, path):
    """A function of contig, start and end that returns bases as str."""
    if library == "pysam":
        import pysam

        return pysam.FastaFile(path).fetch
    if library == "pyfaidx":
        import pyfaidx

        fasta = pyfaidx.Fasta(path, rebuild=False)
        return lambda contig, start, end: fasta[contig][start:end].seq
    if library == "py2bit":
        import py2bit

        return py2bit.open(path, True).sequence
    import twobitreader

    genome = twobitreader.TwoBitFile(path)
    return lambda contig, start, end: genome[contig][start:end]


def main():
    fetch = opener(*sys.argv[1:3])
    for line in sys.stdin:
        request = json.loads(line)
        length = request["length"]
        regions = [(contig, start, start + length) for contig, start in request["regions"]]
        begun = time.perf_counter()
        windows = [fetch(*region) for region in regions]
        seconds = time.perf_counter() - begun
        crc = zlib.crc32("".join(windows).upper().encode())
        print(json.dumps({"seconds": seconds, "crc32": crc}), flush=True)


main()
