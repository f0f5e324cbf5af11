package io.github.huffhash.run.process;

import static io.github.huffhash.run.process.RegionLayout.BLOCK_BYTES_AT;
import static io.github.huffhash.run.process.RegionLayout.CHANNELS_AT;
import static io.github.huffhash.run.process.RegionLayout.CHANNEL_BYTES;
import static io.github.huffhash.run.process.RegionLayout.CLAIMED_AT;
import static io.github.huffhash.run.process.RegionLayout.GENERATION_AT;
import static io.github.huffhash.run.process.RegionLayout.HEAP_BYTES_AT;
import static io.github.huffhash.run.process.RegionLayout.LOCK_AT;
import static io.github.huffhash.run.process.RegionLayout.MAGIC;
import static io.github.huffhash.run.process.RegionLayout.MAGIC_AT;
import static io.github.huffhash.run.process.RegionLayout.PUBLISHED_AT;
import static io.github.huffhash.run.process.RegionLayout.RESULT_BYTES_AT;
import static io.github.huffhash.run.process.RegionLayout.SLOTS_AT;
import static io.github.huffhash.run.process.RegionLayout.SLOT_ACQUISITIONS;
import static io.github.huffhash.run.process.RegionLayout.SLOT_CONTENDED;
import static io.github.huffhash.run.process.RegionLayout.SLOT_HOLDS;
import static io.github.huffhash.run.process.RegionLayout.SLOT_LENGTH;
import static io.github.huffhash.run.process.RegionLayout.SLOT_LONGEST_WAIT;
import static io.github.huffhash.run.process.RegionLayout.SLOT_PHASES;
import static io.github.huffhash.run.process.RegionLayout.SLOT_RESULT;
import static io.github.huffhash.run.process.RegionLayout.SLOT_STATE;
import static io.github.huffhash.run.process.RegionLayout.SLOT_STEPS;
import static io.github.huffhash.run.process.RegionLayout.SLOT_WAIT;
import static io.github.huffhash.run.process.RegionLayout.SLOT_WORKER;
import static io.github.huffhash.run.process.RegionLayout.TIMED_AT;
import static io.github.huffhash.run.process.RegionLayout.VERSION;
import static io.github.huffhash.run.process.RegionLayout.VERSION_AT;
import static io.github.huffhash.run.process.RegionLayout.WORKERS_AT;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.LockUse;
import io.github.huffhash.memory.SharedWords;
import io.github.huffhash.run.PhaseClock.Phase;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;

/** The memory that the parent and its workers share, laid out as {@link RegionLayout} says. */
final class Region {
    private final MemorySegment memory;
    private final SharedWords words;
    private final RegionLayout layout;

    private Region(MemorySegment memory, RegionLayout layout) {
        this.memory = memory;
        words = new SharedWords(memory);
        this.layout = layout;
    }

    /**
     * Makes a region of memory that is all zero.
     *
     * @param memory {@link RegionLayout#bytes} bytes
     */
    static Region create(MemorySegment memory, RegionLayout layout) {
        var region = new Region(memory, layout);
        region.words.set(WORKERS_AT, layout.workers());
        region.words.set(HEAP_BYTES_AT, layout.heapBytes());
        region.words.set(BLOCK_BYTES_AT, layout.blockBytes());
        region.words.set(RESULT_BYTES_AT, layout.resultBytes());
        region.words.set(SLOTS_AT, layout.slots());
        region.createHeap();
        region.words.set(VERSION_AT, VERSION);
        region.words.setRelease(MAGIC_AT, MAGIC);
        return region;
    }

    /**
     * A region that another process has made.
     *
     * @param name the file's name, for the message
     * @throws IOException if it is none, or of another version
     */
    static Region attach(MemorySegment memory, String name) throws IOException {
        var header = new SharedWords(memory);
        if (memory.byteSize() < CHANNELS_AT || header.getAcquire(MAGIC_AT) != MAGIC) {
            throw new IOException(name + ": not a region of shared memory for workers");
        }
        long version = header.getAcquire(VERSION_AT);
        if (version != VERSION) {
            throw new IOException(
                    name + ": a region of version " + version + ", this worker knows " + VERSION);
        }
        long bytes = memory.byteSize();
        boolean possible = true;
        for (long at = WORKERS_AT; at <= SLOTS_AT; at += Long.BYTES) {
            possible &= header.get(at) > 0 && header.get(at) <= bytes;
        }
        var layout =
                new RegionLayout(
                        (int) header.get(WORKERS_AT),
                        header.get(HEAP_BYTES_AT),
                        (int) header.get(BLOCK_BYTES_AT),
                        (int) header.get(RESULT_BYTES_AT),
                        (int) header.get(SLOTS_AT));
        if (!possible || layout.bytes() != bytes) {
            throw new IOException(
                    name + ": a region of " + bytes + " bytes with other sizes in its header");
        }
        return new Region(memory, layout);
    }

    RegionLayout layout() {
        return layout;
    }

    /** Has the workers measure the time in each phase. None may exist. */
    void time() {
        words.set(TIMED_AT, 1);
    }

    boolean isTimed() {
        return words.get(TIMED_AT) != 0;
    }

    // The heap

    HeapMemory heapMemory() {
        return HeapMemory.of(memory.asSlice(layout.heapAt(), layout.heapBytes()));
    }

    FirstFitAllocator heap() {
        long end = Math.min(layout.heapBytes(), HeapMemory.MAX_MAPPED_BYTES);
        return new FirstFitAllocator(heapMemory(), 0, end, HeapMemory.of(control()), false);
    }

    HeapLock lock() {
        return HeapLock.inMemory(words, LOCK_AT);
    }

    private MemorySegment control() {
        return memory.asSlice(layout.controlAt(), layout.controlBytes());
    }

    private void createHeap() {
        control().fill((byte) 0);
        heap().begin();
    }

    /**
     * Begins again after a worker died: an empty heap, a free lock, and the first block whose
     * result is missing is the next to be claimed. No worker may exist.
     */
    void restart(long firstMissing) {
        createHeap();
        for (long at = LOCK_AT; at < LOCK_AT + HeapLock.BYTES; at += Long.BYTES) {
            words.set(at, 0);
        }
        for (int worker = 0; worker < layout.workers(); worker++) {
            channel(worker).set(Channel.State.STARTING);
        }
        words.set(GENERATION_AT, generation() + 1);
        words.setRelease(CLAIMED_AT, firstMissing);
    }

    /** How often the workers were started anew. */
    long generation() {
        return words.get(GENERATION_AT);
    }

    // Blocks, as the parent sees them

    /** Puts the next block into its slot, which must be free. */
    void publish(long block, byte[] bytes, int length) {
        long slot = layout.slot(block);
        memory.asSlice(layout.blockAt(block), length).asByteBuffer().put(bytes, 0, length);
        words.set(slot + SLOT_LENGTH, length);
        words.set(slot + SLOT_STATE, 2 * block + 1);
        words.setRelease(PUBLISHED_AT, block + 1);
    }

    boolean isDone(long block) {
        return words.getAcquire(layout.slot(block) + SLOT_STATE) == 2 * block + 2;
    }

    /** The result of a block that is done. */
    ByteBuffer result(long block) {
        return memory.asSlice(layout.slot(block) + SLOT_RESULT, layout.resultBytes())
                .asByteBuffer();
    }

    /** What a block that is done has cost. */
    Cost cost(long block) {
        long slot = layout.slot(block);
        Map<Phase, Long> phases = new EnumMap<>(Phase.class);
        long at = slot + SLOT_PHASES;
        for (Phase phase : Phase.values()) {
            phases.put(phase, words.get(at));
            at += Long.BYTES;
        }
        return new Cost(
                (int) words.get(slot + SLOT_WORKER),
                new LockUse(
                        words.get(slot + SLOT_ACQUISITIONS),
                        words.get(slot + SLOT_HOLDS),
                        words.get(slot + SLOT_CONTENDED),
                        words.get(slot + SLOT_WAIT),
                        words.get(slot + SLOT_LONGEST_WAIT)),
                words.get(slot + SLOT_STEPS),
                phases);
    }

    /**
     * What one block cost.
     *
     * @param worker the worker that did it, from 0
     * @param lock what the heap's lock cost
     * @param steps free chunks looked at
     * @param phaseNanos the time in each phase; the wait is for a block and for room
     */
    record Cost(int worker, LockUse lock, long steps, Map<Phase, Long> phaseNanos) {}

    // Blocks, as a worker sees them

    /**
     * Claims a block for the caller alone; −1 if there is none now. It may be done already, see
     * {@link #isReady}.
     */
    long claim() {
        while (true) {
            long block = words.getAcquire(CLAIMED_AT);
            if (block >= words.getAcquire(PUBLISHED_AT)) {
                return -1;
            }
            if (words.compareAndSet(CLAIMED_AT, block, block + 1)) {
                return block;
            }
        }
    }

    /**
     * Whether a block that was claimed waits for its result: not if it was done before the workers
     * were started anew.
     */
    boolean isReady(long block) {
        return words.get(layout.slot(block) + SLOT_STATE) == 2 * block + 1;
    }

    int length(long block) {
        return (int) words.get(layout.slot(block) + SLOT_LENGTH);
    }

    /** Copies the bytes of a block; returns how many they are. */
    int read(long block, byte[] into) {
        int length = length(block);
        memory.asSlice(layout.blockAt(block), length).asByteBuffer().get(into, 0, length);
        return length;
    }

    /** Says that the result has been written and what it cost: the block is done. */
    void done(long block, Cost cost) {
        long slot = layout.slot(block);
        words.set(slot + SLOT_WORKER, cost.worker());
        words.set(slot + SLOT_ACQUISITIONS, cost.lock().acquisitions());
        words.set(slot + SLOT_HOLDS, cost.lock().holds());
        words.set(slot + SLOT_CONTENDED, cost.lock().contended());
        words.set(slot + SLOT_WAIT, cost.lock().waitNanos());
        words.set(slot + SLOT_LONGEST_WAIT, cost.lock().longestWaitNanos());
        words.set(slot + SLOT_STEPS, cost.steps());
        long at = slot + SLOT_PHASES;
        for (Phase phase : Phase.values()) {
            words.set(at, cost.phaseNanos().getOrDefault(phase, 0L));
            at += Long.BYTES;
        }
        words.setRelease(slot + SLOT_STATE, 2 * block + 2);
    }

    /** The channel of a worker, from 0. */
    Channel channel(int worker) {
        return new Channel(memory.asSlice(layout.channel(worker), CHANNEL_BYTES));
    }
}
