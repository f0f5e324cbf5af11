package io.github.huffhash.heap.strategy;

import io.github.huffhash.heap.HeapMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that several workers share by one {@linkplain Strategy strategy}.
 *
 * <p>{@link #attach} may be called at any time by the worker itself; all that asks about the whole
 * space, and {@link #recycle}, only while no worker is at it.
 *
 * @param <A> what a worker gets
 */
public abstract class SharedSpace<A extends WorkerAllocator> implements AutoCloseable {
    private final NativeHeap heap;

    /** Everybody who was ever attached. Guarded by itself. */
    private final List<A> workers = new ArrayList<>();

    SharedSpace(NativeHeap heap) {
        this.heap = heap;
    }

    /** The memory in which the offsets are places. */
    public HeapMemory memory() {
        return heap.memory();
    }

    /** A way into this space for the calling thread. */
    public final A attach() {
        synchronized (workers) {
            A worker = newWorker(workers.size() + 1);
            workers.add(worker);
            return worker;
        }
    }

    /** A way in for the worker with this number, from 1. */
    abstract A newWorker(int number);

    /** All workers so far. */
    final List<A> workers() {
        synchronized (workers) {
            return List.copyOf(workers);
        }
    }

    /** What is free to everybody: what lies in a worker's cache is not. */
    public abstract FreeSpace freeSpace();

    /** The bytes there are to give, headers included; 0 for a strategy without a heap. */
    public abstract long capacity();

    /** The most bytes of the heap that were at once in use or kept by somebody. */
    public abstract long peakReservedBytes();

    /**
     * Brings back to the heap what the workers keep to themselves. Nothing must be live: whatever
     * is then not free has leaked.
     */
    public abstract void recycle();

    /** Whether frees give nothing back, so that only {@link #recycle} makes room again. */
    public boolean isFreedAsAWhole() {
        return false;
    }

    @Override
    public void close() {
        heap.close();
    }
}
