package io.github.huffhash.explain;

import io.github.huffhash.Huffhash;
import io.github.huffhash.html.Page.Section;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.PoolHeap;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Report;
import io.github.huffhash.report.Table;
import io.github.huffhash.run.RunSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One block, understood: its codes, its hash, and what it asks of a heap.
 *
 * @param file the file's name
 * @param number the block's number in the file, from 0
 * @param blockSize the size of the file's blocks
 * @param bytes the size of this one
 * @param symbols those that occur
 * @param nodes the reference's tree in pre-order, as the hash is composed
 * @param heaps the block's work in a heap with first fit, and in one with pools before it
 */
public record Explanation(
        String file,
        long number,
        int blockSize,
        int bytes,
        List<Symbol> symbols,
        List<HashedNode> nodes,
        List<HeapTrace> heaps)
        implements Report {
    private static final String HASH =
            "The tree in pre-order: hash = (hash x 31 + frequency + symbol) mod 2147483647, symbol"
                    + " 0 in inner nodes";

    /**
     * A symbol that occurs.
     *
     * @param referenceWord its path in the reference's tree: 0 is left; empty if it is the only one
     * @param limitedWord its code word in a compressed file; empty if it is the only one
     * @param information bits that an ideal code would take for it
     */
    private record Symbol(
            int symbol, int count, String referenceWord, String limitedWord, double information) {
        long referenceBits() {
            return (long) count * referenceWord.length();
        }

        long limitedBits() {
            return (long) count * limitedWord.length();
        }

        double entropyBits() {
            return count * information;
        }
    }

    private static final Table<Symbol> SYMBOLS =
            new Table<Symbol>()
                    .with("symbol", Symbol::symbol)
                    .shown("symbol", "", "%-8s", each -> name(each.symbol))
                    .with("count", Symbol::count)
                    .shown("count", "", "%,9d")
                    .with("information", Symbol::information)
                    .shown("ideal", "bits", "%7.2f")
                    .with("referenceLength", each -> each.referenceWord.length())
                    .shown("tree", "bits", "%5d")
                    .with("limitedLength", each -> each.limitedWord.length())
                    .shown("zst", "bits", "%5d")
                    .with("referenceBits", Symbol::referenceBits)
                    .shown("all: tree", "bits", "%,10d")
                    .with("limitedBits", Symbol::limitedBits)
                    .shown("all: zst", "bits", "%,10d")
                    .with("limitedWord", Symbol::limitedWord)
                    .shown("code word", "zst", " %-11s")
                    .with("referenceWord", Symbol::referenceWord)
                    .shown("code word", "tree", "%s");

    /** The same request to both heaps. */
    private record Request(HeapTrace.Step firstFit, HeapTrace.Step pools) {}

    private static final Table<Request> REQUESTS =
            HeapTrace.COLUMNS
                    .select("request", "piece", "bytes")
                    .on(Request::firstFit)
                    .with("firstFitLocks", each -> each.firstFit.used().lockAcquisitions())
                    .shown("locks so far", "first-fit", "%,6d")
                    .with("poolLocks", each -> each.pools.used().lockAcquisitions())
                    .shown("locks so far", "pools", "%,6d")
                    .with(HeapTrace.COLUMNS.select("fallbacks").on(Request::pools));

    private static final Table<Explanation> ALL =
            new Table<Explanation>()
                    .with("file", Explanation::file)
                    .with("block", Explanation::number)
                    .with("blockSize", Explanation::blockSize)
                    .with("bytes", Explanation::bytes)
                    .with("hash", each -> each.nodes.getLast().hash())
                    .with("entropyBits", Explanation::entropyBits)
                    .with("referenceBits", Explanation::referenceBits)
                    .with("limitedBits", Explanation::limitedBits)
                    .with("symbols", each -> SYMBOLS.jsonArray(each.symbols))
                    .with("nodes", each -> HashedNode.COLUMNS.jsonArray(each.nodes))
                    .with("heaps", each -> HeapTrace.HEAPS.jsonArray(each.heaps));

    /**
     * Does the work on a block and notes what happens.
     *
     * @param number its number in the file
     * @param block its bytes, at least one
     * @param settings the sizes of heap and pools
     */
    public static Explanation of(
            String file, long number, int blockSize, byte[] block, RunSettings settings)
            throws InterruptedException {
        long heapBytes = settings.heapBytes();
        int pools = settings.batchSize();
        HeapTrace firstFit =
                HeapTrace.of(
                        "first-fit", FirstFitHeap.ofThreads(heapBytes, false), 0, 1, block, number);
        HeapTrace pooled =
                HeapTrace.of(
                        "pools",
                        new PoolHeap(heapBytes, settings.poolBytes(), pools),
                        settings.poolBytes(),
                        pools,
                        block,
                        number);
        List<HashedNode> nodes = HashedNode.of(firstFit.nodes());
        if (nodes.getLast().hash() != firstFit.hash() || firstFit.hash() != pooled.hash()) {
            throw new IllegalStateException("the hash of the nodes is not that of the block");
        }
        return new Explanation(
                file,
                number,
                blockSize,
                block.length,
                symbols(nodes, block.length),
                nodes,
                List.of(firstFit, pooled));
    }

    private static List<Symbol> symbols(List<HashedNode> nodes, int bytes) {
        List<HashedNode> leaves = nodes.stream().filter(each -> each.node().isLeaf()).toList();
        var counts = new int[256];
        leaves.forEach(leaf -> counts[leaf.node().symbol()] = (int) leaf.node().frequency());
        String[] words = Huffhash.codeWords(counts);
        return leaves.stream()
                .map(leaf -> {
                    int symbol = leaf.node().symbol();
                    return new Symbol(
                            symbol,
                            counts[symbol],
                            leaf.path(),
                            words[symbol],
                            Math.log((double) bytes / counts[symbol]) / Math.log(2));
                })
                .sorted(Comparator.comparingInt(Symbol::symbol))
                .toList();
    }

    private double entropyBits() {
        return symbols.stream().mapToDouble(Symbol::entropyBits).sum();
    }

    private long referenceBits() {
        return symbols.stream().mapToLong(Symbol::referenceBits).sum();
    }

    private long limitedBits() {
        return symbols.stream().mapToLong(Symbol::limitedBits).sum();
    }

    @Override
    public String json() {
        return ALL.json(this);
    }

    @Override
    public List<Section> sections() {
        return List.of(
                new Section(
                        "Codes",
                        String.join("; ", bits()).replaceAll(" +", " "),
                        SYMBOLS.html(symbols)),
                new Section("Hash", HASH, HashedNode.COLUMNS.html(nodes)),
                new Section(
                        "Heap",
                        "The block's work, request by request; "
                                + heaps.stream()
                                        .map(HeapTrace::summary)
                                        .collect(Collectors.joining("; ")),
                        REQUESTS.html(requests())));
    }

    private List<Request> requests() {
        Iterator<HeapTrace.Step> pooled = heaps.getLast().steps().iterator();
        return heaps.getFirst().steps().stream()
                .map(step -> new Request(step, pooled.next()))
                .toList();
    }

    /** What it is about, in a line. */
    public String title() {
        return Format.line(
                "Block %,d of %s: %s from %,d, %s, hash %d",
                number,
                file,
                Format.count(bytes, "byte"),
                number * blockSize,
                Format.count(symbols.size(), "symbol"),
                nodes.getLast().hash());
    }

    @Override
    public List<String> text() {
        List<String> lines = new ArrayList<>(List.of(title(), ""));
        lines.addAll(bits());
        lines.add("");
        lines.addAll(SYMBOLS.text(symbols));
        lines.add("");
        lines.add(HASH);
        lines.addAll(HashedNode.COLUMNS.select("path", "frequency", "added", "hash").text(nodes));
        for (HeapTrace heap : heaps) {
            lines.add("");
            lines.add(heap.summary());
            lines.addAll(HeapTrace.COLUMNS.text(heap.steps()));
        }
        return lines;
    }

    private List<String> bits() {
        return List.of(
                bits("entropy", entropyBits()),
                bits("reference's tree", (double) referenceBits()),
                bits("compressor's code, at most 11 bits a symbol", (double) limitedBits()),
                bits("as they are", 8.0 * bytes));
    }

    private String bits(String name, double number) {
        return Format.line("%-44s %,14.1f bits, %6.3f a symbol", name, number, number / bytes);
    }

    /** A symbol as people read it. */
    static String name(int symbol) {
        return symbol > ' ' && symbol < 0x7F
                ? Format.line("%02x '%c'", symbol, symbol)
                : Format.line("%02x", symbol);
    }
}
