package io.github.huffhash.internal.zstd;

import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * The checksums of the frames of a file that is being written. The thread that reads the content
 * feeds them in order, the thread that writes the frames takes them: the two may be different.
 */
public final class FrameChecksums {
    private final OptionalInt frameBytes;
    private final boolean enabled;

    /** Checksums of complete frames, in order. Guarded by this, as all fields below are. */
    private final Queue<OptionalLong> complete = new ArrayDeque<>();

    private XxHash64 hash = new XxHash64();
    private int length;

    /**
     * @param frameBytes bytes of content of each frame but the last, or nothing if there is one
     *     frame only
     * @param enabled whether frames have checksums; if not, only their bounds are kept
     */
    public FrameChecksums(OptionalInt frameBytes, boolean enabled) {
        this.frameBytes = frameBytes;
        this.enabled = enabled;
    }

    /** Whether frames have checksums. */
    public boolean areEnabled() {
        return enabled;
    }

    /** How many bytes still belong to the frame at hand; at least 1. */
    public synchronized int frameRest() {
        return frameBytes.isEmpty() ? Integer.MAX_VALUE : frameBytes.getAsInt() - length;
    }

    /**
     * Adds {@code bytes[from]} to {@code bytes[from + count - 1]}, the next content.
     *
     * @param count at most {@link #frameRest}
     */
    public synchronized void add(byte[] bytes, int from, int count) {
        if (enabled) {
            hash.update(bytes, from, count);
        }
        if (frameBytes.isPresent()) {
            length += count;
            if (length == frameBytes.getAsInt()) {
                complete.add(endFrame());
            }
        }
    }

    private OptionalLong endFrame() {
        OptionalLong checksum = enabled ? OptionalLong.of(hash.checksum()) : OptionalLong.empty();
        hash = new XxHash64();
        length = 0;
        return checksum;
    }

    /**
     * The checksum of the next frame, if frames have any: of the last one, once all content has
     * been added.
     */
    public synchronized OptionalLong take() {
        return complete.isEmpty() ? endFrame() : complete.remove();
    }
}
