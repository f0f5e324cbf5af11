package io.github.huffhash.engine.process;

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

/**
 * The memory that the parent and its workers share. Nobody else computes an offset in it.
 *
 * <pre>
 * header     | MAGIC | version | workers | heap bytes | block bytes | result bytes | slots | generation |
 * lock       | owner: worker + 1, or 0                                         a line of its own
 * claimed    | number of the next block to be claimed                          a line of its own
 * published  | number of blocks the parent has put into slots                  a line of its own
 * channels   | state | block | pid | message length | message ... |            three lines a worker
 * slots      | state | length | worker | acquisitions | contended | wait | result ... | bytes ... |
 * control    | the heap's control words
 * heap       | the simulated heap                                              a page boundary
 * </pre>
 *
 * Numbers are 8-byte words in native order. The header is written last, once, before any worker
 * exists; of it only the generation ever changes, between two sets of workers.
 *
 * <p>Block b lies in slot b mod slots. The slot's state is 2b + 1 once the parent has put it there,
 * and 2b + 2 once a worker has put its result there; the parent reuses the slot only after it has
 * taken the result. A channel is written by its worker and read by the parent.
 */
final class Region {
    /** "huffhash" in ASCII. */
    static final long MAGIC = 0x6875666668617368L;

    static final long VERSION = 1;

    private static final VarHandle WORD =
            ValueLayout.JAVA_LONG.varHandle().withInvokeExactBehavior();

    private static final long LINE = 128;
    private static final long PAGE = 4096;

    private static final long MAGIC_AT = 0;
    private static final long VERSION_AT = MAGIC_AT + Long.BYTES;
    private static final long WORKERS_AT = VERSION_AT + Long.BYTES;
    private static final long HEAP_BYTES_AT = WORKERS_AT + Long.BYTES;
    private static final long BLOCK_BYTES_AT = HEAP_BYTES_AT + Long.BYTES;
    private static final long RESULT_BYTES_AT = BLOCK_BYTES_AT + Long.BYTES;
    private static final long SLOTS_AT = RESULT_BYTES_AT + Long.BYTES;
    private static final long GENERATION_AT = SLOTS_AT + Long.BYTES;
    private static final long LOCK_AT = lines(GENERATION_AT + Long.BYTES);
    private static final long CLAIMED_AT = LOCK_AT + LINE;
    private static final long PUBLISHED_AT = CLAIMED_AT + LINE;
    private static final long CHANNELS_AT = PUBLISHED_AT + LINE;

    private static final long CHANNEL_STATE = 0;
    private static final long CHANNEL_BLOCK = CHANNEL_STATE + Long.BYTES;
    private static final long CHANNEL_PID = CHANNEL_BLOCK + Long.BYTES;
    private static final long CHANNEL_MESSAGE_LENGTH = CHANNEL_PID + Long.BYTES;
    private static final long CHANNEL_MESSAGE = CHANNEL_MESSAGE_LENGTH + Long.BYTES;
    private static final long CHANNEL_BYTES = 3 * LINE;

    private static final long SLOT_STATE = 0;
    private static final long SLOT_LENGTH = SLOT_STATE + Long.BYTES;
    private static final long SLOT_WORKER = SLOT_LENGTH + Long.BYTES;
    private static final long SLOT_ACQUISITIONS = SLOT_WORKER + Long.BYTES;
    private static final long SLOT_CONTENDED = SLOT_ACQUISITIONS + Long.BYTES;
    private static final long SLOT_WAIT = SLOT_CONTENDED + Long.BYTES;
    private static final long SLOT_RESULT = SLOT_WAIT + Long.BYTES;

    private final MemorySegment memory;
    private final Size size;

    private Region(MemorySegment memory, Size size) {
        this.memory = memory;
        this.size = size;
    }

    /**
     * What a region is made for; its parts follow from that.
     *
     * @param workers how many channels there are
     * @param heapBytes the simulated heap
     * @param blockBytes the longest block
     * @param resultBytes the longest result
     * @param slots how many blocks are in the region at once
     */
    record Size(int workers, long heapBytes, int blockBytes, int resultBytes, int slots) {
        long slotsAt() {
            return CHANNELS_AT + workers * CHANNEL_BYTES;
        }

        long slotBytes() {
            return lines(lines(SLOT_RESULT + resultBytes) + blockBytes);
        }

        long controlAt() {
            return slotsAt() + slots * slotBytes();
        }

        long controlBytes() {
            return (long) FirstFitAllocator.controlWords(heapBytes) * Long.BYTES;
        }

        long heapAt() {
            return (controlAt() + controlBytes() + PAGE - 1) & -PAGE;
        }

        /** The bytes of the whole region. */
        long bytes() {
            return heapAt() + heapBytes;
        }
    }

    private static long lines(long bytes) {
        return (bytes + LINE - 1) & -LINE;
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
     * @param memory {@link Size#bytes} bytes
     */
    static Region create(MemorySegment memory, Size size) {
        var region = new Region(memory, size);
        region.set(WORKERS_AT, size.workers());
        region.set(HEAP_BYTES_AT, size.heapBytes());
        region.set(BLOCK_BYTES_AT, size.blockBytes());
        region.set(RESULT_BYTES_AT, size.resultBytes());
        region.set(SLOTS_AT, size.slots());
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
        var header = new Region(memory, new Size(0, 0, 0, 0, 0));
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
        var size =
                new Size(
                        (int) header.get(WORKERS_AT),
                        header.get(HEAP_BYTES_AT),
                        (int) header.get(BLOCK_BYTES_AT),
                        (int) header.get(RESULT_BYTES_AT),
                        (int) header.get(SLOTS_AT));
        if (memory.byteSize() != size.bytes()) {
            throw new IOException(
                    name
                            + ": a region of "
                            + memory.byteSize()
                            + " bytes that speaks of "
                            + size.bytes());
        }
        return new Region(memory, size);
    }

    Size size() {
        return size;
    }

    // The heap

    HeapMemory heapMemory() {
        return new HeapMemory(memory.asSlice(size.heapAt(), size.heapBytes()));
    }

    FirstFitAllocator heap() {
        return FirstFitAllocator.attach(heapMemory(), 0, controlWords());
    }

    HeapLock lock() {
        return new HeapLock(memory, LOCK_AT);
    }

    private ControlWords controlWords() {
        return ControlWords.inSegment(memory.asSlice(size.controlAt(), size.controlBytes()));
    }

    private void createHeap() {
        memory.asSlice(size.controlAt(), size.controlBytes()).fill((byte) 0);
        FirstFitAllocator.create(heapMemory(), 0, controlWords());
    }

    /**
     * Begins again after a worker died: an empty heap, a free lock, and the first block whose
     * result is missing is the next to be claimed. No worker may exist.
     */
    void restart(long firstMissing) {
        createHeap();
        set(LOCK_AT, 0);
        for (int worker = 0; worker < size.workers(); worker++) {
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
        long slot = slot(block);
        memory.asSlice(slot + lines(SLOT_RESULT + size.resultBytes()), length)
                .asByteBuffer()
                .put(bytes, 0, length);
        set(slot + SLOT_LENGTH, length);
        set(slot + SLOT_STATE, 2 * block + 1);
        setRelease(PUBLISHED_AT, block + 1);
    }

    boolean isDone(long block) {
        return getAcquire(memory, slot(block) + SLOT_STATE) == 2 * block + 2;
    }

    /** The result of a block that is done. */
    ByteBuffer result(long block) {
        return memory.asSlice(slot(block) + SLOT_RESULT, size.resultBytes()).asByteBuffer();
    }

    /** What a block that is done has cost. */
    Cost cost(long block) {
        long slot = slot(block);
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
        return get(slot(block) + SLOT_STATE) == 2 * block + 1;
    }

    int length(long block) {
        return (int) get(slot(block) + SLOT_LENGTH);
    }

    void copyToHeap(long block, HeapMemory heap, long data) {
        heap.write(
                data, memory, slot(block) + lines(SLOT_RESULT + size.resultBytes()), length(block));
    }

    /** Says that the result has been written and what it cost: the block is done. */
    void done(long block, Cost cost) {
        long slot = slot(block);
        set(slot + SLOT_WORKER, cost.worker());
        set(slot + SLOT_ACQUISITIONS, cost.acquisitions());
        set(slot + SLOT_CONTENDED, cost.contended());
        set(slot + SLOT_WAIT, cost.waitNanos());
        setRelease(slot + SLOT_STATE, 2 * block + 2);
    }

    private long slot(long block) {
        return size.slotsAt() + block % size.slots() * size.slotBytes();
    }

    // Channels

    void attached(int worker, long pid) {
        set(channel(worker) + CHANNEL_PID, pid);
        setState(worker, State.IDLE);
    }

    void working(int worker, long block) {
        set(channel(worker) + CHANNEL_BLOCK, block);
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
        memory.asSlice(channel(worker) + CHANNEL_MESSAGE, length)
                .asByteBuffer()
                .put(text, 0, length);
        set(channel(worker) + CHANNEL_MESSAGE_LENGTH, length);
        setState(worker, State.FAILED);
    }

    State state(int worker) {
        long state = getAcquire(memory, channel(worker) + CHANNEL_STATE);
        return State.values()[(int) state];
    }

    /** The message of a worker that failed. */
    String message(int worker) {
        byte[] text = new byte[(int) get(channel(worker) + CHANNEL_MESSAGE_LENGTH)];
        memory.asSlice(channel(worker) + CHANNEL_MESSAGE, text.length)
                .asByteBuffer()
                .get(text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("EnumOrdinal") // parent and workers are of the same version
    private void setState(int worker, State state) {
        setRelease(channel(worker) + CHANNEL_STATE, state.ordinal());
    }

    private long channel(int worker) {
        return CHANNELS_AT + worker * CHANNEL_BYTES;
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
