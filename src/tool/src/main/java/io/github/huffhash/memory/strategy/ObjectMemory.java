package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.HeapMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of many arrays: the upper half of an offset tells which, the lower where in it. */
final class ObjectMemory extends HeapMemory {
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
                    .withInvokeExactBehavior();

    private final byte[][] table;

    ObjectMemory(byte[][] table) {
        this.table = table;
    }

    private byte[] piece(long offset) {
        return table[(int) (offset >> ObjectSpace.SLOT_SHIFT)];
    }

    /** {@inheritDoc} As many as there are offsets. */
    @Override
    public long size() {
        return (long) table.length << ObjectSpace.SLOT_SHIFT;
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
