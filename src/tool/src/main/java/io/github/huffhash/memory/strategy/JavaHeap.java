package io.github.huffhash.memory.strategy;

import static io.github.huffhash.memory.HeapMemory.NULL;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.InvalidFreeException;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A baseline outside the heap: each piece is a {@code new byte[n]}, and to free it is to forget it.
 * What stands for its offset is the number of a slot in a table of references.
 *
 * <p>Costs: the JVM's own bump allocation and its clearing of the bytes; the garbage collector's
 * work, at moments of its own choosing; the table, which a real program would not need. There may
 * be as many pieces as the heap would have lines of 64 bytes. Double frees and foreign pointers are
 * found, unless two threads free one piece at the same moment.
 */
final class JavaHeap extends Heap {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private static final byte[] NOTHING = {};

    /** The upper half of an offset is the slot, the lower the place in its array. */
    private static final int SLOT_SHIFT = 32;

    private static final int BATCH = 512;
    private static final long SLOT_BYTES = 64;
    private static final int HEADER_BYTES = 16;
    private static final long MAX_ALLOWANCE_BYTES = 64 << 10;

    private final long allowanceBytes;
    private final byte[][] table;

    /** Slots that no thread holds, and how many there are. Guarded by the array. */
    private final int[] slots;

    private int freeSlots;

    /** Bytes outside all allowances. */
    private final AtomicLong unclaimed;

    JavaHeap(long bytes) {
        var pieces = new byte[Math.toIntExact(Math.ceilDiv(bytes, SLOT_BYTES))][];
        Arrays.fill(pieces, NOTHING);
        super(bytes, HeapMemory.of(new ObjectWords(pieces)));
        table = pieces;
        allowanceBytes = Math.min(MAX_ALLOWANCE_BYTES, bytes / 256);
        slots = new int[table.length];
        Arrays.setAll(slots, i -> slots.length - 1 - i);
        freeSlots = slots.length;
        unclaimed = new AtomicLong(bytes);
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new ArrayAllocator(number);
    }

    @Override
    public FreeSpace freeSpace() {
        return new FreeSpace(unclaimed.get(), unclaimed.get());
    }

    @Override
    public long capacity() {
        return bytes();
    }

    @Override
    public long peakBytes() {
        return 0;
    }

    /** The bytes of all arrays: the upper half of an offset is the slot, the lower the place. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ObjectWords(byte[][] table) implements HeapMemory.Words {
        private byte[] piece(long offset) {
            return table[(int) (offset >> SLOT_SHIFT)];
        }

        /** {@inheritDoc} As many as there are offsets. */
        @Override
        public long size() {
            return (long) table.length << SLOT_SHIFT;
        }

        @Override
        public long get(long offset) {
            return (long) WORD.get(piece(offset), (int) offset);
        }

        @Override
        public void set(long offset, long value) {
            WORD.set(piece(offset), (int) offset, value);
        }
    }

    /** The allocator of one thread, with some free slots. */
    private final class ArrayAllocator extends ThreadAllocator {
        private final int[] own = new int[2 * BATCH];
        private int count;

        /** Bytes it may allocate without asking. */
        private long allowance;

        ArrayAllocator(int number) {
            super(JavaHeap.this, number);
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            long cost = size + HEADER_BYTES;
            if (size > bytes()
                    || size > Integer.MAX_VALUE - HeapMemory.ALIGNMENT
                    || !(cost <= allowance || claim(cost))
                    || !(count > 0 || takeSlots())) {
                failures++;
                return NULL;
            }
            byte[] piece;
            try {
                piece = new byte[(int) size];
            } catch (OutOfMemoryError _) {
                failures++;
                return NULL;
            }
            allowance -= cost;
            int slot = own[--count];
            table[slot] = piece;
            allocations++;
            return (long) slot << SLOT_SHIFT;
        }

        /** Raises the allowance to {@code bytes} and some more, or by nothing. */
        private boolean claim(long bytes) {
            while (true) {
                long left = unclaimed.get();
                long claimed = Math.min(left, bytes - allowance + allowanceBytes);
                if (allowance + claimed < bytes) {
                    return false;
                }
                if (unclaimed.compareAndSet(left, left - claimed)) {
                    allowance += claimed;
                    return true;
                }
            }
        }

        private boolean takeSlots() {
            synchronized (slots) {
                count = Math.min(BATCH, freeSlots);
                freeSlots -= count;
                System.arraycopy(slots, freeSlots, own, 0, count);
            }
            return count > 0;
        }

        @Override
        public void free(long offset) {
            long slot = offset >> SLOT_SHIFT;
            byte[] piece =
                    (int) offset == 0 && slot >= 0 && slot < table.length
                            ? table[(int) slot]
                            : NOTHING;
            if (piece.length == 0) {
                throw new InvalidFreeException(offset, "not allocated, or freed before");
            }
            table[(int) slot] = NOTHING;
            allowance += piece.length + HEADER_BYTES;
            if (allowance > 4 * allowanceBytes) {
                unclaimed.addAndGet(allowance - allowanceBytes);
                allowance = allowanceBytes;
            }
            if (count == own.length) {
                putSlots(BATCH);
            }
            own[count++] = (int) slot;
            frees++;
        }

        private void putSlots(int number) {
            synchronized (slots) {
                count -= number;
                System.arraycopy(own, count, slots, freeSlots, number);
                freeSlots += number;
            }
        }

        @Override
        protected void flushCaches() {
            putSlots(count);
            unclaimed.addAndGet(allowance);
            allowance = 0;
        }
    }
}
