package io.github.huffhash.memory.strategy;

/**
 * Sizes to which requests are rounded up: any up to 1 KiB, beyond that the powers of two.
 *
 * <p>A table finds the class of a small request, the position of its highest bit that of a large
 * one.
 */
final class SizeClasses {
    private static final int SMALL_BYTES = 1024;
    private static final int GRAIN_SHIFT = 4;

    private final int[] bytes;
    private final byte[] classOfGrains = new byte[(SMALL_BYTES >> GRAIN_SHIFT) + 1];
    private final int beyondSmall;

    /**
     * @param largest the largest class, a power of two from 2048
     * @param small the classes up to 1024, which is the last, in order
     */
    SizeClasses(int largest, int... small) {
        int powers = Integer.numberOfTrailingZeros(largest) - 10;
        bytes = new int[small.length + powers];
        System.arraycopy(small, 0, bytes, 0, small.length);
        for (int i = 0; i < powers; i++) {
            bytes[small.length + i] = SMALL_BYTES << (i + 1);
        }
        int sizeClass = 0;
        for (int grains = 0; grains < classOfGrains.length; grains++) {
            if (grains << GRAIN_SHIFT > bytes[sizeClass]) {
                sizeClass++;
            }
            classOfGrains[grains] = (byte) sizeClass;
        }
        // 1024 to 2047 have the same leading zeros: the first class that is not small, less 1
        beyondSmall = small.length + Long.numberOfLeadingZeros(SMALL_BYTES);
    }

    int count() {
        return bytes.length;
    }

    /** The bytes of a class. */
    int bytes(int sizeClass) {
        return bytes[sizeClass];
    }

    int largest() {
        return bytes[bytes.length - 1];
    }

    /** The smallest class that holds {@code request} bytes, from 1 to the largest class. */
    int of(long request) {
        if (request <= SMALL_BYTES) {
            return classOfGrains[(int) (request + (1 << GRAIN_SHIFT) - 1) >> GRAIN_SHIFT];
        }
        return beyondSmall - Long.numberOfLeadingZeros(request - 1);
    }
}
