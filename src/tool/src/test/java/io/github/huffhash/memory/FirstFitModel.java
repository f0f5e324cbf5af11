package io.github.huffhash.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** First fit in plain words: a list of free chunks in address order, walked from its head. */
final class FirstFitModel {
    private static final int HEADER = 16;

    /**
     * A free chunk.
     *
     * @param start where its header lies
     * @param size bytes behind the header
     */
    private record FreeChunk(long start, long size) {
        long end() {
            return start + HEADER + size;
        }
    }

    private final List<FreeChunk> freeList = new ArrayList<>();

    /** The sizes of allocated chunks, by the offset that was handed out. */
    private final Map<Long, Long> allocated = new HashMap<>();

    private long allocations;
    private long frees;
    private long live;
    private long peak;

    FirstFitModel(long base, long heapBytes) {
        long end = heapBytes / 16 * 16;
        freeList.add(new FreeChunk(base, end - base - HEADER));
    }

    /** Another model in the same state. */
    FirstFitModel copy() {
        var copy = new FirstFitModel(0, HEADER);
        copy.freeList.clear();
        copy.freeList.addAll(freeList);
        copy.allocated.putAll(allocated);
        copy.allocations = allocations;
        copy.frees = frees;
        copy.live = live;
        copy.peak = peak;
        return copy;
    }

    /** The offset handed out, or −1. */
    long allocate(long bytes) {
        long size = (bytes + 15) / 16 * 16;
        for (int i = 0; i < freeList.size(); i++) {
            FreeChunk chunk = freeList.get(i);
            if (chunk.size < size) {
                continue;
            }
            long rest = chunk.size - size;
            if (rest > 16) {
                freeList.set(i, new FreeChunk(chunk.start + HEADER + size, rest - HEADER));
                return allocated(chunk.start, size);
            }
            freeList.remove(i);
            return allocated(chunk.start, chunk.size);
        }
        return -1;
    }

    private long allocated(long start, long size) {
        allocated.put(start + HEADER, size);
        allocations++;
        live += HEADER + size;
        peak = Math.max(peak, live);
        return start + HEADER;
    }

    void free(long offset) {
        Long size = allocated.remove(offset);
        if (size == null) {
            throw new AssertionError("not allocated: " + offset);
        }
        frees++;
        live -= HEADER + size;
        int i = 0;
        while (i < freeList.size() && freeList.get(i).start < offset) {
            i++;
        }
        freeList.add(i, new FreeChunk(offset - HEADER, size));
        mergeWithNext(i);
        if (i > 0) {
            mergeWithNext(i - 1);
        }
    }

    private void mergeWithNext(int i) {
        if (i + 1 < freeList.size() && freeList.get(i).end() == freeList.get(i + 1).start) {
            FreeChunk chunk = freeList.get(i);
            FreeChunk next = freeList.remove(i + 1);
            freeList.set(i, new FreeChunk(chunk.start, chunk.size + HEADER + next.size));
        }
    }

    /** How many nodes of 32 bytes the free chunks are sure to hold. */
    long roomForNodes() {
        return freeList.stream().mapToLong(chunk -> (chunk.size + HEADER) / 48).sum();
    }

    /** How many pieces were allocated, and how many freed, together. */
    long requests() {
        return allocations + frees;
    }

    long liveBytes() {
        return live;
    }

    long peakBytes() {
        return peak;
    }
}
