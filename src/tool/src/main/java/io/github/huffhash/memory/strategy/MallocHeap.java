package io.github.huffhash.memory.strategy;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.huffhash.memory.FreeSpace;
import io.github.huffhash.memory.Heap;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A baseline outside the heap: the C library's malloc and free, called through the foreign function
 * interface (JEP 454). Offsets are addresses.
 *
 * <p>Costs: those of the C library, and of two calls into native code, made as cheap as the
 * interface allows: "critical" calls do not tell the garbage collector that the thread has left.
 * There is no limit of its own but that no piece is larger than the heap would be. Nothing is
 * checked: freeing twice ends the process, or worse. By how much a piece is larger than what was
 * asked for is not portably known.
 */
final class MallocHeap extends Heap {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MALLOC =
            function("malloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    private static final MethodHandle CALLOC =
            function("calloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(JAVA_LONG));

    private final boolean cleared;

    /**
     * @param mostBytes of a piece
     * @param cleared whether calloc is called, and pieces are all zero
     */
    MallocHeap(long mostBytes, boolean cleared) {
        super(mostBytes, HeapMemory.of(new AddressWords()));
        this.cleared = cleared;
    }

    /** Addresses are passed as numbers, which takes no objects. */
    @SuppressWarnings("restricted") // calls into the C library are this class's purpose
    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new UnsupportedOperationException("malloc takes a machine of 64 bits");
        }
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(),
                descriptor,
                Linker.Option.critical(false));
    }

    @Override
    protected ThreadAllocator newAllocator(int number) {
        return new MallocAllocator(number);
    }

    @Override
    public FreeSpace freeSpace() {
        return FreeSpace.NONE;
    }

    @Override
    public long capacity() {
        return 0;
    }

    @Override
    public long peakBytes() {
        return 0;
    }

    /** All memory of the process. */
    private static final class AddressWords implements HeapMemory.Words {
        @SuppressWarnings("restricted")
        private final MemorySegment everything = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

        @Override
        public long size() {
            return Long.MAX_VALUE;
        }

        @Override
        public long get(long offset) {
            return everything.get(JAVA_LONG, offset);
        }

        @Override
        public void set(long offset, long value) {
            everything.set(JAVA_LONG, offset, value);
        }
    }

    private final class MallocAllocator extends ThreadAllocator {
        MallocAllocator(int number) {
            super(MallocHeap.this, number);
        }

        @Override
        public long allocate(long bytes) {
            long size = HeapMemory.aligned(bytes);
            long address = size > bytes() ? 0 : cleared ? calloc(size) : malloc(size);
            return counted(address == 0 ? HeapMemory.NULL : address);
        }

        private static long malloc(long bytes) {
            try {
                return (long) MALLOC.invokeExact(bytes);
            } catch (Throwable e) { // what the type of a method handle allows
                throw new IllegalStateException("malloc cannot be called", e);
            }
        }

        private static long calloc(long bytes) {
            try {
                return (long) CALLOC.invokeExact(1L, bytes);
            } catch (Throwable e) { // what the type of a method handle allows
                throw new IllegalStateException("calloc cannot be called", e);
            }
        }

        @Override
        public void free(long offset) {
            frees++;
            try {
                FREE.invokeExact(offset);
            } catch (Throwable e) { // what the type of a method handle allows
                throw new IllegalStateException("free cannot be called", e);
            }
        }
    }
}
