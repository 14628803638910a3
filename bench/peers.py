"""Runs a peer of duizhao on the same input: `peers.py galechurch DOCUMENTS OUT`, `peers.py thot PAIRS.tsv`."""
import pathlib
import sys


def galechurch(documents, out):
    """Beads of every x.zh.txt and x.en.txt, a sentence a line, into x.align."""
    import galechurch as peer

    for zh_path in sorted(pathlib.Path(documents).glob("*.zh.txt")):
        name = zh_path.name.removesuffix(".zh.txt")
        zh, en = (
            (zh_path.parent / f"{name}.{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("zh", "en")
        )
        # Its default is for languages of equal length; a Chinese character stands for three or four English ones.
        ratio = sum(map(len, zh)) / max(1, sum(map(len, en)))
        block = peer.align(zh, en, mean_xy=ratio, max_block_size=10**9)
        pathlib.Path(out, f"{name}.align").write_text("".join(f"{line}\n" for line in block.to_pharaoh_lines()))


def thot(pairs):
    """IBM Model 1 in both directions, five rounds, as `duizhao lexicon train` counts its own."""
    from thot import alignment as peer

    lines = [line.split("\t") for line in pathlib.Path(pairs).read_text(encoding="utf-8").splitlines()]
    # A character stands for a word: cutting Chinese is no part of its work.
    zh = [[character for character in zh if not character.isspace()] for zh, _ in lines]
    en = [en.lower().split() for _, en in lines]
    for source, target in ((zh, en), (en, zh)):
        model = peer.Ibm1AlignmentModel()
        for from_, to in zip(source, target):
            model.add_sentence_pair(from_, to, 1)
        model.start_training()
        for _ in range(5):
            model.train()
        model.end_training()


if __name__ == "__main__":
    {"galechurch": galechurch, "thot": thot}[sys.argv[1]](*sys.argv[2:])
