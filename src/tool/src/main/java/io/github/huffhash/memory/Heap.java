package io.github.huffhash.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A simulated heap that several threads share.
 *
 * <p>A thread {@linkplain #attach attaches} and works with the {@link ThreadAllocator} it gets.
 * What asks about the whole heap, and {@link #recycle}, may be called only while no thread is at
 * work in it.
 */
public abstract class Heap implements AutoCloseable {
    /** Every allocator that was ever attached. Guarded by itself. */
    private final List<ThreadAllocator> allocators = new ArrayList<>();

    /** Reservations that are open. Guarded by this, as is the next. */
    private int reservations;

    /** Threads that wait to have the heap alone, or have it: no other reservation begins. */
    private int exclusiveWaiters;

    private final long bytes;
    private final HeapMemory memory;

    /**
     * For subclasses.
     *
     * @param bytes how large the heap was asked to be
     * @param memory in which the offsets are places
     */
    protected Heap(long bytes, HeapMemory memory) {
        this.bytes = bytes;
        this.memory = memory;
    }

    /** For subclasses whose memory is that of one process, of the size that was asked for. */
    protected Heap(long bytes) {
        this(bytes, HeapMemory.ofBytes(bytes));
    }

    /** The size that was asked for. */
    public final long bytes() {
        return bytes;
    }

    /** The memory in which the offsets are places. */
    public final HeapMemory memory() {
        return memory;
    }

    /** The calling thread's way into the heap. */
    public final ThreadAllocator attach() {
        synchronized (allocators) {
            ThreadAllocator allocator = newAllocator(allocators.size() + 1);
            allocators.add(allocator);
            return allocator;
        }
    }

    /**
     * The allocator of one thread.
     *
     * @param number its number, from 1
     */
    protected abstract ThreadAllocator newAllocator(int number);

    private List<ThreadAllocator> allocators() {
        synchronized (allocators) {
            return List.copyOf(allocators);
        }
    }

    /** What all allocators together have done. */
    public final Counters counters() {
        return allocators().stream()
                .map(ThreadAllocator::counters)
                .reduce(Counters.NONE, Counters::plus)
                .withSteps(stepsWalked());
    }

    /** The locks that guard it. */
    public List<HeapLock> locks() {
        return List.of();
    }

    /** Free chunks looked at so far in first-fit lists; 0 where there are none. */
    public long stepsWalked() {
        return 0;
    }

    /** What is free to every thread: what lies in a thread's cache is not. */
    public abstract FreeSpace freeSpace();

    /** The bytes there are to give, headers included; 0 for a strategy without a heap. */
    public abstract long capacity();

    /**
     * The bytes in use now, counted as in the peak, or −1 where nothing counts them. Threads may be
     * at work meanwhile.
     */
    public long liveBytes() {
        return -1;
    }

    /** The most bytes of the heap that were at once in use or kept by a thread. */
    public abstract long peakBytes();

    /**
     * Brings back to the heap what the threads keep to themselves. Nothing must be live: whatever
     * is then not free has leaked.
     */
    public void recycle() {
        allocators().forEach(ThreadAllocator::flushCaches);
    }

    /** Whether frees give nothing back, so that only {@link #recycle} makes room again. */
    public boolean isArena() {
        return false;
    }

    /**
     * Waits until a block is admitted, see {@link ThreadAllocator#reserve}.
     *
     * @param admitted is asked, with the number of reservations that are open, whenever one has
     *     been closed
     */
    protected final synchronized Reservation reserve(IntPredicate admitted)
            throws InterruptedException {
        while (exclusiveWaiters > 0 || !admitted.test(reservations)) {
            wait();
        }
        reservations++;
        return this::closeReservation;
    }

    private synchronized void closeReservation() {
        reservations--;
        notifyAll();
    }

    /** See {@link ThreadAllocator#reserveExclusively}. */
    final synchronized Reservation reserveExclusively() throws InterruptedException {
        exclusiveWaiters++;
        try {
            while (reservations > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            exclusiveWaiters--;
            notifyAll();
            throw e;
        }
        reservations++;
        recycle();
        return this::closeExclusive;
    }

    private synchronized void closeExclusive() {
        exclusiveWaiters--;
        closeReservation();
    }

    /** Gives back memory that is not the JVM's own. */
    @Override
    public void close() {}
}
