package io.github.huffhash.engine.process;

import static io.github.huffhash.engine.process.RegionLayout.BLOCK_BYTES_AT;
import static io.github.huffhash.engine.process.RegionLayout.CHANNELS_AT;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_BLOCK;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_BYTES;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_MESSAGE;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_MESSAGE_LENGTH;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_PID;
import static io.github.huffhash.engine.process.RegionLayout.CHANNEL_STATE;
import static io.github.huffhash.engine.process.RegionLayout.CLAIMED_AT;
import static io.github.huffhash.engine.process.RegionLayout.GENERATION_AT;
import static io.github.huffhash.engine.process.RegionLayout.HEAP_BYTES_AT;
import static io.github.huffhash.engine.process.RegionLayout.LOCK_AT;
import static io.github.huffhash.engine.process.RegionLayout.MAGIC;
import static io.github.huffhash.engine.process.RegionLayout.MAGIC_AT;
import static io.github.huffhash.engine.process.RegionLayout.PUBLISHED_AT;
import static io.github.huffhash.engine.process.RegionLayout.RESULT_BYTES_AT;
import static io.github.huffhash.engine.process.RegionLayout.SLOTS_AT;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_ACQUISITIONS;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_CONTENDED;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_LENGTH;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_RESULT;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_STATE;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_WAIT;
import static io.github.huffhash.engine.process.RegionLayout.SLOT_WORKER;
import static io.github.huffhash.engine.process.RegionLayout.VERSION;
import static io.github.huffhash.engine.process.RegionLayout.VERSION_AT;
import static io.github.huffhash.engine.process.RegionLayout.WORKERS_AT;

import io.github.huffhash.heap.ControlWords;
import io.github.huffhash.heap.FirstFitAllocator;
import io.github.huffhash.heap.HeapLock;
import io.github.huffhash.heap.HeapMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The memory that the parent and its workers share, laid out as {@link RegionLayout} says. */
final class Region {
    private static final VarHandle WORD =
            ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private final MemorySegment memory;
    private final RegionLayout layout;

    private Region(MemorySegment memory, RegionLayout layout) {
        this.memory = memory;
        this.layout = layout;
    }

    /** What a worker is doing, as its channel says. */
    enum State {
        STARTING,
        IDLE,
        WORKING,
        FAILED
    }

    /**
     * Makes a region of memory that is all zero.
     *
     * @param memory {@link RegionLayout#bytes} bytes
     */
    static Region create(MemorySegment memory, RegionLayout layout) {
        var region = new Region(memory, layout);
        region.set(WORKERS_AT, layout.workers());
        region.set(HEAP_BYTES_AT, layout.heapBytes());
        region.set(BLOCK_BYTES_AT, layout.blockBytes());
        region.set(RESULT_BYTES_AT, layout.resultBytes());
        region.set(SLOTS_AT, layout.slots());
        region.createHeap();
        region.set(VERSION_AT, VERSION);
        region.setRelease(MAGIC_AT, MAGIC);
        return region;
    }

    /**
     * A region that another process has made.
     *
     * @param name the file's name, for the message
     * @throws IOException if it is none, or of another version
     */
    static Region attach(MemorySegment memory, String name) throws IOException {
        if (memory.byteSize() < CHANNELS_AT || getAcquire(memory, MAGIC_AT) != MAGIC) {
            throw new IOException(name + ": not a region of shared memory for workers");
        }
        long version = getAcquire(memory, VERSION_AT);
        if (version != VERSION) {
            throw new IOException(
                    name + ": a region of version " + version + ", this worker knows " + VERSION);
        }
        var header = new Region(memory, new RegionLayout(0, 0, 0, 0, 0));
        long most = memory.byteSize();
        for (long at = WORKERS_AT; at <= SLOTS_AT; at += Long.BYTES) {
            if (header.get(at) <= 0 || header.get(at) > most) {
                throw new IOException(
                        name
                                + ": a region of "
                                + most
                                + " bytes with impossible sizes in its header");
            }
        }
        var layout =
                new RegionLayout(
                        (int) header.get(WORKERS_AT),
                        header.get(HEAP_BYTES_AT),
                        (int) header.get(BLOCK_BYTES_AT),
                        (int) header.get(RESULT_BYTES_AT),
                        (int) header.get(SLOTS_AT));
        if (memory.byteSize() != layout.bytes()) {
            throw new IOException(
                    name
                            + ": a region of "
                            + memory.byteSize()
                            + " bytes that speaks of "
                            + layout.bytes());
        }
        return new Region(memory, layout);
    }

    RegionLayout layout() {
        return layout;
    }

    // The heap

    HeapMemory heapMemory() {
        return new HeapMemory(memory.asSlice(layout.heapAt(), layout.heapBytes()));
    }

    FirstFitAllocator heap() {
        return FirstFitAllocator.attach(heapMemory(), 0, controlWords());
    }

    HeapLock lock() {
        return new HeapLock(memory, LOCK_AT);
    }

    private ControlWords controlWords() {
        return ControlWords.inSegment(memory.asSlice(layout.controlAt(), layout.controlBytes()));
    }

    private void createHeap() {
        memory.asSlice(layout.controlAt(), layout.controlBytes()).fill((byte) 0);
        FirstFitAllocator.create(heapMemory(), 0, controlWords());
    }

    /**
     * Begins again after a worker died: an empty heap, a free lock, and the first block whose
     * result is missing is the next to be claimed. No worker may exist.
     */
    void restart(long firstMissing) {
        createHeap();
        set(LOCK_AT, 0);
        for (int worker = 0; worker < layout.workers(); worker++) {
            setState(worker, State.STARTING);
        }
        set(GENERATION_AT, generation() + 1);
        setRelease(CLAIMED_AT, firstMissing);
    }

    /** How often the workers were started anew. */
    long generation() {
        return get(GENERATION_AT);
    }

    // Blocks, as the parent sees them

    /** Puts the next block into its slot, which must be free. */
    void publish(long block, byte[] bytes, int length) {
        long slot = layout.slot(block);
        memory.asSlice(layout.blockAt(block), length).asByteBuffer().put(bytes, 0, length);
        set(slot + SLOT_LENGTH, length);
        set(slot + SLOT_STATE, 2 * block + 1);
        setRelease(PUBLISHED_AT, block + 1);
    }

    boolean isDone(long block) {
        return getAcquire(memory, layout.slot(block) + SLOT_STATE) == 2 * block + 2;
    }

    /** The result of a block that is done. */
    ByteBuffer result(long block) {
        return memory.asSlice(layout.slot(block) + SLOT_RESULT, layout.resultBytes())
                .asByteBuffer();
    }

    /** What a block that is done has cost. */
    Cost cost(long block) {
        long slot = layout.slot(block);
        return new Cost(
                (int) get(slot + SLOT_WORKER),
                get(slot + SLOT_ACQUISITIONS),
                get(slot + SLOT_CONTENDED),
                get(slot + SLOT_WAIT));
    }

    /**
     * What one block cost.
     *
     * @param worker the worker that did it, from 0
     * @param acquisitions how often it took the heap's lock
     * @param contended how often it had to wait
     * @param waitNanos how long, together
     */
    record Cost(int worker, long acquisitions, long contended, long waitNanos) {}

    // Blocks, as a worker sees them

    /**
     * Claims a block for the caller alone; −1 if there is none now. It may be done already, see
     * {@link #isReady}.
     */
    long claim() {
        while (true) {
            long block = getAcquire(memory, CLAIMED_AT);
            if (block >= getAcquire(memory, PUBLISHED_AT)) {
                return -1;
            }
            if (WORD.compareAndSet(memory, CLAIMED_AT, block, block + 1)) {
                return block;
            }
        }
    }

    /**
     * Whether a block that was claimed waits for its result: not if it was done before the workers
     * were started anew.
     */
    boolean isReady(long block) {
        return get(layout.slot(block) + SLOT_STATE) == 2 * block + 1;
    }

    int length(long block) {
        return (int) get(layout.slot(block) + SLOT_LENGTH);
    }

    void copyToHeap(long block, HeapMemory heap, long data) {
        heap.write(data, memory, layout.blockAt(block), length(block));
    }

    /** Says that the result has been written and what it cost: the block is done. */
    void done(long block, Cost cost) {
        long slot = layout.slot(block);
        set(slot + SLOT_WORKER, cost.worker());
        set(slot + SLOT_ACQUISITIONS, cost.acquisitions());
        set(slot + SLOT_CONTENDED, cost.contended());
        set(slot + SLOT_WAIT, cost.waitNanos());
        setRelease(slot + SLOT_STATE, 2 * block + 2);
    }

    // Channels

    void attached(int worker, long pid) {
        set(layout.channel(worker) + CHANNEL_PID, pid);
        setState(worker, State.IDLE);
    }

    void working(int worker, long block) {
        set(layout.channel(worker) + CHANNEL_BLOCK, block);
        setState(worker, State.WORKING);
    }

    void idle(int worker) {
        setState(worker, State.IDLE);
    }

    /** Leaves a message for the parent, cut to what the channel holds. */
    void failed(int worker, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(text.length, CHANNEL_BYTES - CHANNEL_MESSAGE);
        while (length < text.length && (text[length] & 0xC0) == 0x80) {
            length--; // not in the middle of a character
        }
        memory.asSlice(layout.channel(worker) + CHANNEL_MESSAGE, length)
                .asByteBuffer()
                .put(text, 0, length);
        set(layout.channel(worker) + CHANNEL_MESSAGE_LENGTH, length);
        setState(worker, State.FAILED);
    }

    State state(int worker) {
        long state = getAcquire(memory, layout.channel(worker) + CHANNEL_STATE);
        return State.values()[(int) state];
    }

    /** The message of a worker that failed. */
    String message(int worker) {
        byte[] text = new byte[(int) get(layout.channel(worker) + CHANNEL_MESSAGE_LENGTH)];
        memory.asSlice(layout.channel(worker) + CHANNEL_MESSAGE, text.length)
                .asByteBuffer()
                .get(text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("EnumOrdinal") // parent and workers are of the same version
    private void setState(int worker, State state) {
        setRelease(layout.channel(worker) + CHANNEL_STATE, state.ordinal());
    }

    // Words

    private long get(long offset) {
        return (long) WORD.get(memory, offset);
    }

    private void set(long offset, long value) {
        WORD.set(memory, offset, value);
    }

    private static long getAcquire(MemorySegment memory, long offset) {
        return (long) WORD.getAcquire(memory, offset);
    }

    private void setRelease(long offset, long value) {
        WORD.setRelease(memory, offset, value);
    }
}
