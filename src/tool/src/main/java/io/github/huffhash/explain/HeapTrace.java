package io.github.huffhash.explain;

import io.github.huffhash.memory.Counters;
import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.FirstFitAllocator.Chunk;
import io.github.huffhash.memory.FirstFitHeap;
import io.github.huffhash.memory.HeapDemand;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.Reservation;
import io.github.huffhash.memory.ThreadAllocator;
import io.github.huffhash.report.Format;
import io.github.huffhash.report.Table;
import io.github.huffhash.tree.ReferenceTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What the work on one block asked of a heap, request by request, and what each request changed.
 *
 * @param allocator how the heap is shared
 * @param heapBytes the size of the heap
 * @param listStart where the part begins that has a free list; pools lie below
 * @param pool the block's pool, empty without pools
 * @param steps the requests
 * @param nodes the nodes of the tree, in the order in which they were freed: pre-order
 * @param hash the block's hash
 */
record HeapTrace(
        String allocator,
        long heapBytes,
        long listStart,
        Chunk pool,
        List<Step> steps,
        List<ReferenceTree.Node> nodes,
        int hash) {
    /**
     * A request.
     *
     * @param request admit, allocate or free
     * @param piece what it was for
     * @param bytes what was asked for; 0 for admit and free
     * @param place the piece with its header, empty for admit
     * @param effect what became of the free list
     * @param removed the free chunks that are not there any more
     * @param added the free chunks that were not there before
     * @param freeChunks how many there are now
     * @param used what the allocator has done so far
     */
    record Step(
            String request,
            String piece,
            long bytes,
            Chunk place,
            String effect,
            List<Chunk> removed,
            List<Chunk> added,
            int freeChunks,
            Counters used) {}

    static final Table<Chunk> CHUNKS =
            new Table<Chunk>().with("start", Chunk::start).with("bytes", Chunk::bytes);

    static final Table<Step> COLUMNS =
            new Table<Step>()
                    .with("request", Step::request)
                    .shown("request", "", "%-8s")
                    .with("piece", Step::piece)
                    .shown("for", "", "%-8s")
                    .with("bytes", Step::bytes)
                    .shown("bytes", "", "%,7d")
                    .with("start", step -> step.place.start())
                    .shown("at", "", "%,9d")
                    .with("placeBytes", step -> step.place.bytes())
                    .shown("takes", "bytes", "%,7d")
                    .with("freeChunks", Step::freeChunks)
                    .shown("free", "chunks", "%,6d")
                    .with("lockAcquisitions", step -> step.used.lockAcquisitions())
                    .shown("locks", "so far", "%,6d")
                    .with("fallbacks", step -> step.used.cacheMisses())
                    .shown("fallbacks", "so far", "%,9d")
                    .with("effect", Step::effect)
                    .shown("effect on the free list", "", " %s");

    private static final Chunk NOWHERE = new Chunk(0, 0);

    /** The columns, and the changes of the free list. */
    static final Table<Step> ALL =
            COLUMNS.with("removed", step -> CHUNKS.jsonArray(step.removed))
                    .with("added", step -> CHUNKS.jsonArray(step.added));

    static final Table<HeapTrace> HEAPS =
            new Table<HeapTrace>()
                    .with("allocator", HeapTrace::allocator)
                    .with("heapBytes", HeapTrace::heapBytes)
                    .with("listStart", HeapTrace::listStart)
                    .with("pool", heap -> CHUNKS.jsonObject(heap.pool()))
                    .with("steps", heap -> ALL.jsonArray(heap.steps()));

    /** What it asked for in all, in a line. */
    String summary() {
        return Format.line(
                "%s: heap of %,d bytes%s, %,d requests, %,d lock acquisitions, %,d fallbacks",
                allocator,
                heapBytes,
                pool.bytes() == 0
                        ? ""
                        : Format.line(
                                ", the block's pool of %,d at %,d, the list from %,d",
                                pool.bytes(), pool.start(), listStart),
                steps.size() - 1,
                steps.getLast().used().lockAcquisitions(),
                steps.getLast().used().cacheMisses());
    }

    /**
     * Does the reference's work on a block.
     *
     * @param heap nothing else works in it
     * @param poolBytes the size of a pool, 0 without pools
     * @param pools how many there are
     * @param number the block's number, by which it gets its pool
     */
    static HeapTrace of(
            String allocator,
            FirstFitHeap heap,
            long poolBytes,
            int pools,
            byte[] block,
            long number)
            throws InterruptedException {
        long pool = number % pools;
        var observer = new Observer(heap);
        var tree = new ReferenceTree(heap.memory(), observer);
        int hash;
        try (var _ = observer.reserve(ReferenceTree.demand(block.length), number)) {
            tree.load(block, block.length);
            tree.count();
            tree.build();
            hash = tree.hash();
        }
        return new HeapTrace(
                allocator,
                heap.bytes(),
                heap.list().base(),
                new Chunk(pool * poolBytes, poolBytes),
                observer.steps,
                observer.nodes,
                hash);
    }

    /** The allocator of the heap, watched. */
    private static final class Observer extends ThreadAllocator {
        /** What a tree allocates before its nodes, in this order. */
        private static final List<String> FIRST = List.of("block", "min-heap", "array");

        private final FirstFitHeap heap;
        private final ThreadAllocator allocator;
        private final List<Step> steps = new ArrayList<>();
        private final List<ReferenceTree.Node> nodes = new ArrayList<>();
        private final List<Piece> live = new ArrayList<>();
        private List<Chunk> free;
        private final Iterator<String> pieces = FIRST.iterator();

        private record Piece(String name, long offset, Chunk place) {}

        Observer(FirstFitHeap heap) {
            super(heap, 1);
            this.heap = heap;
            allocator = heap.attach();
            free = heap.list().freeList();
        }

        @Override
        public Reservation reserve(HeapDemand demand, long block) throws InterruptedException {
            Reservation reservation = allocator.reserve(demand, block);
            add("admit", "block", 0, NOWHERE, false);
            return reservation;
        }

        @Override
        public long allocate(long bytes) {
            long missesBefore = allocator.counters().cacheMisses();
            long offset = allocator.allocate(bytes);
            if (offset != HeapMemory.NULL) {
                long header = offset < heap.list().base() ? 0 : FirstFitAllocator.HEADER_BYTES;
                var place =
                        new Chunk(offset - header, header + allocator.usableSize(offset, bytes));
                var piece = new Piece(pieces.hasNext() ? pieces.next() : "node", offset, place);
                live.add(piece);
                add(
                        "allocate",
                        piece.name,
                        bytes,
                        place,
                        allocator.counters().cacheMisses() > missesBefore);
            }
            return offset;
        }

        @Override
        public void free(long offset) {
            Piece piece =
                    live.stream().filter(each -> each.offset == offset).findFirst().orElseThrow();
            if (piece.name.equals("node")) {
                nodes.add(ReferenceTree.node(heap.memory(), offset));
            }
            allocator.free(offset);
            live.remove(piece);
            add("free", piece.name, 0, piece.place, false);
        }

        private void add(String request, String piece, long bytes, Chunk place, boolean fellBack) {
            List<Chunk> before = free;
            free = heap.list().freeList();
            List<Chunk> removed = without(before, free);
            List<Chunk> added = without(free, before);
            String effect =
                    place.bytes() > 0 && place.start() < heap.list().base()
                            ? request.equals("free") ? "none: pool" : "none: served by the pool"
                            : request.equals("free")
                                    ? freed(place, removed)
                                    : taken(removed, added);
            steps.add(
                    new Step(
                            request,
                            piece,
                            bytes,
                            place,
                            (fellBack ? "fallback: " : "") + effect,
                            removed,
                            added,
                            free.size(),
                            allocator.counters()));
        }

        private static List<Chunk> without(List<Chunk> list, List<Chunk> others) {
            var rest = new LinkedHashSet<>(list);
            rest.removeAll(new HashSet<>(others));
            return List.copyOf(rest);
        }

        private static String taken(List<Chunk> removed, List<Chunk> added) {
            if (removed.isEmpty()) {
                return "none: taken when the block was admitted";
            }
            return added.isEmpty() ? "a chunk taken whole" : "a chunk split";
        }

        private static String freed(Chunk place, List<Chunk> removed) {
            boolean below = removed.stream().anyMatch(chunk -> chunk.start() < place.start());
            boolean above = removed.stream().anyMatch(chunk -> chunk.start() > place.start());
            if (below && above) {
                return "coalesced with both neighbours";
            }
            return below
                    ? "coalesced with the chunk below"
                    : above ? "coalesced with the chunk above" : "a new free chunk";
        }

        @Override
        public long usableSize(long offset, long requested) {
            return allocator.usableSize(offset, requested);
        }

        @Override
        public Counters counters() {
            return allocator.counters();
        }
    }
}
