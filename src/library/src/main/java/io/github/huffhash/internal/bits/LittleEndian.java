package io.github.huffhash.internal.bits;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Little-endian numbers in byte arrays, at any index.
 *
 * <p>An access that does not lie in the array as a whole throws {@link IndexOutOfBoundsException}.
 */
public final class LittleEndian {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private LittleEndian() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    /** The unsigned number in 2 bytes. */
    public static int get16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xFFFF;
    }

    /** The unsigned number in 3 bytes. */
    public static int get24(byte[] bytes, int at) {
        return get16(bytes, at) | (bytes[at + 2] & 0xFF) << 16;
    }

    /** The unsigned number in 4 bytes. */
    public static long get32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at) & 0xFFFF_FFFFL;
    }

    /** The number in 8 bytes. */
    public static long get64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Writes the low 2 bytes of {@code value}. */
    public static void put16(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    /** Writes the low 3 bytes of {@code value}. */
    public static void put24(byte[] bytes, int at, int value) {
        put16(bytes, at, value);
        bytes[at + 2] = (byte) (value >>> 16);
    }

    /** Writes the low 4 bytes of {@code value}. */
    public static void put32(byte[] bytes, int at, long value) {
        put32(bytes, at, (int) value);
    }

    /** Writes 4 bytes. */
    public static void put32(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    /** Writes 8 bytes. */
    public static void put64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }
}
