package io.github.huffhash.run.process;

import io.github.huffhash.memory.FirstFitAllocator;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.run.PhaseClock.Phase;

/**
 * Where everything lies in the memory that the parent and its workers share: all offsets in it are
 * computed here.
 *
 * <pre>
 * header     | MAGIC | version | workers | heap bytes | block bytes | result bytes | slots | generation | timed |
 * lock       | owner: worker + 1, or 0 | tickets taken | tickets served        a line of its own
 * claimed    | number of the next block to be claimed                          a line of its own
 * published  | number of blocks the parent has put into slots                  a line of its own
 * channels   | state | message length | message ... |                          three lines a worker
 * slots      | state | length | cost: worker, lock (5), steps, phases (5) | result ... | bytes ... |
 * control    | the heap's control memory
 * heap       | the simulated heap                                              a page boundary
 * </pre>
 *
 * Numbers are 8-byte words in native order. The header is written last, once, before any worker
 * exists; of it only timed is set after that, and the generation changes between two sets of
 * workers.
 *
 * <p>Block b lies in slot b mod slots. The slot's state is 2b + 1 once the parent has put it there,
 * and 2b + 2 once a worker has put its result there; the parent reuses the slot only after it has
 * taken the result. A channel is written by its worker and read by the parent.
 *
 * @param workers how many channels there are
 * @param heapBytes the simulated heap
 * @param blockBytes the longest block
 * @param resultBytes the longest result
 * @param slots how many blocks are in the region at once
 */
record RegionLayout(int workers, long heapBytes, int blockBytes, int resultBytes, int slots) {
    /** "huffhash" in ASCII. */
    static final long MAGIC = 0x6875666668617368L;

    static final long VERSION = 4;

    static final long LINE = HeapMemory.LINE_BYTES;
    static final long PAGE = 4096;

    static final long MAGIC_AT = 0;
    static final long VERSION_AT = MAGIC_AT + Long.BYTES;
    static final long WORKERS_AT = VERSION_AT + Long.BYTES;
    static final long HEAP_BYTES_AT = WORKERS_AT + Long.BYTES;
    static final long BLOCK_BYTES_AT = HEAP_BYTES_AT + Long.BYTES;
    static final long RESULT_BYTES_AT = BLOCK_BYTES_AT + Long.BYTES;
    static final long SLOTS_AT = RESULT_BYTES_AT + Long.BYTES;
    static final long GENERATION_AT = SLOTS_AT + Long.BYTES;
    static final long TIMED_AT = GENERATION_AT + Long.BYTES;
    static final long LOCK_AT = lines(TIMED_AT + Long.BYTES);
    static final long CLAIMED_AT = LOCK_AT + LINE;
    static final long PUBLISHED_AT = CLAIMED_AT + LINE;
    static final long CHANNELS_AT = PUBLISHED_AT + LINE;

    static final long CHANNEL_STATE = 0;
    static final long CHANNEL_MESSAGE_LENGTH = CHANNEL_STATE + Long.BYTES;
    static final long CHANNEL_MESSAGE = CHANNEL_MESSAGE_LENGTH + Long.BYTES;
    static final long CHANNEL_BYTES = 3 * LINE;

    static final long SLOT_STATE = 0;
    static final long SLOT_LENGTH = SLOT_STATE + Long.BYTES;
    static final long SLOT_WORKER = SLOT_LENGTH + Long.BYTES;
    static final long SLOT_ACQUISITIONS = SLOT_WORKER + Long.BYTES;
    static final long SLOT_HOLDS = SLOT_ACQUISITIONS + Long.BYTES;
    static final long SLOT_CONTENDED = SLOT_HOLDS + Long.BYTES;
    static final long SLOT_WAIT = SLOT_CONTENDED + Long.BYTES;
    static final long SLOT_LONGEST_WAIT = SLOT_WAIT + Long.BYTES;
    static final long SLOT_STEPS = SLOT_LONGEST_WAIT + Long.BYTES;
    static final long SLOT_PHASES = SLOT_STEPS + Long.BYTES;
    static final long SLOT_RESULT = SLOT_PHASES + (long) Phase.values().length * Long.BYTES;

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
        return FirstFitAllocator.controlBytes(heapBytes);
    }

    long heapAt() {
        return (controlAt() + controlBytes() + PAGE - 1) & -PAGE;
    }

    /** The bytes of the whole region. */
    long bytes() {
        return heapAt() + heapBytes;
    }

    /** Where the slot of a block begins. */
    long slot(long block) {
        return slotsAt() + block % slots * slotBytes();
    }

    /** Where the bytes of a block begin, in its slot. */
    long blockAt(long block) {
        return slot(block) + lines(SLOT_RESULT + resultBytes);
    }

    /** Where the channel of a worker begins. */
    long channel(int worker) {
        return CHANNELS_AT + worker * CHANNEL_BYTES;
    }

    private static long lines(long bytes) {
        return (bytes + LINE - 1) & -LINE;
    }
}
