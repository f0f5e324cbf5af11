package io.github.huffhash;

import io.github.huffhash.internal.zstd.PlaneChoice;
import io.github.huffhash.internal.zstd.XxHash64;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * Cuts the content of a file into frames while it is read. The thread that reads adds the content,
 * the thread that writes takes the frames: the two may be different.
 */
final class FrameCutter {
    /** After so much content of a frame without end, it is looked at again. */
    static final int STRETCH_BYTES = 4 << 20;

    private final CompressOptions options;
    private final OptionalLong contentBytes;

    /** Frames of which content has been added, and that have not been taken, in order. */
    private final Queue<Frame> frames = new ArrayDeque<>();

    /** The frame to which content is added, unless the next content begins one. */
    private Optional<Frame> open = Optional.empty();

    /** Bytes of all content added. */
    private long added;

    /** The section at hand, and how much of it there has been. */
    private int section;

    private long sectionBytes;

    private int planes = CompressOptions.NO_PLANES;
    private Optional<PlaneChoice> choice = Optional.empty();

    /** A frame. What is not final is guarded by the cutter. */
    static final class Frame {
        /** Byte planes of its units. */
        final int planes;

        /** Bytes of its content, if known from the beginning. */
        final OptionalLong announced;

        /** The most bytes of its content: it ends there. */
        final long limit;

        private final XxHash64 hash = new XxHash64();
        private long length;

        /** Where its content has been looked at last. */
        private long looked;

        private boolean ended;

        private Frame(int planes, OptionalLong announced, long limit) {
            this.planes = planes;
            this.announced = announced;
            this.limit = limit;
        }
    }

    /**
     * @param contentBytes bytes of all content, if known
     */
    FrameCutter(CompressOptions options, OptionalLong contentBytes) {
        this.options = options;
        this.contentBytes = contentBytes;
    }

    /** How many bytes still belong to the frame at hand; at least 1. */
    synchronized int frameRest() {
        long rest = open.isPresent() ? open.get().limit - open.get().length : limit();
        long left = left();
        return (int) Math.min(left > 0 ? Math.min(rest, left) : rest, Integer.MAX_VALUE);
    }

    /**
     * Checks that all content is there, and no other.
     *
     * @param blockContent bytes of content of all blocks
     * @throws IllegalStateException if more was added than that
     * @throws IOException if that is less or more than announced
     */
    synchronized void requireAll(long blockContent) throws IOException {
        if (added > blockContent) {
            throw new IllegalStateException(
                    "%d bytes of content were passed, but the blocks have %d"
                            .formatted(added, blockContent));
        }
        if (contentBytes.isPresent() && contentBytes.getAsLong() != blockContent) {
            throw notAnnounced("were " + blockContent);
        }
    }

    /** Checks that no more content was added than announced. */
    synchronized void requireAnnounced() throws IOException {
        if (contentBytes.isPresent() && left() < 0) {
            throw notAnnounced("are more");
        }
    }

    private IOException notAnnounced(String instead) {
        return new IOException(
                "%d bytes of content were announced, but there %s"
                        .formatted(contentBytes.orElse(0), instead));
    }

    /** How much of the announced content has not been added. */
    private long left() {
        return contentBytes.orElse(0) - added;
    }

    /** The most bytes of a frame that begins now. */
    private long limit() {
        long sectionRest =
                section < options.sections().size()
                        ? options.sections().get(section).bytes() - sectionBytes
                        : Long.MAX_VALUE;
        return options.frameBytes().isPresent()
                ? Math.min(sectionRest, options.frameBytes().getAsInt())
                : sectionRest;
    }

    /**
     * Adds {@code bytes[from]} to {@code bytes[from + count - 1]}, the next content.
     *
     * @param count at most {@link #frameRest}
     * @return byte planes of its frame's units
     * @throws IllegalArgumentException if {@code count} is more
     */
    synchronized int add(byte[] bytes, int from, int count) {
        if (count > frameRest()) {
            throw new IllegalArgumentException("content across the end of a frame");
        }
        if (count == 0) {
            return planes;
        }
        if (open.isEmpty() || mayChange(open.get())) {
            begin(bytes, from, count);
        }
        Frame frame = open.orElseThrow();
        if (frame.planes > 1 && frame.length % CompressOptions.MAX_UNIT_BYTES != 0) {
            throw new IllegalArgumentException("a unit with byte planes behind one that is short");
        }
        if (options.checksum()) {
            frame.hash.update(bytes, from, count);
        }
        frame.length += count;
        added += count;
        sectionBytes += count;
        if (frame.length == frame.limit) {
            endFrame();
        }
        return planes;
    }

    /** Whether the frame's planes were chosen, and other content may want others. */
    private boolean mayChange(Frame frame) {
        return frame.limit == Long.MAX_VALUE
                && options.planes() == CompressOptions.AUTO_PLANES
                && frame.length - frame.looked >= STRETCH_BYTES;
    }

    private void begin(byte[] bytes, int from, int count) {
        boolean inSection = section < options.sections().size();
        int wanted = inSection ? options.sections().get(section).planes() : options.planes();
        boolean auto = wanted == CompressOptions.AUTO_PLANES;
        if (auto) {
            if (choice.isEmpty()) {
                choice = Optional.of(new PlaneChoice());
            }
            int unit = Math.min(count, CompressOptions.MAX_UNIT_BYTES);
            wanted = choice.get().choose(bytes, from, unit);
        }
        if (open.isPresent() && open.get().planes == wanted) {
            open.get().looked = open.get().length;
            return;
        }
        endFrame();
        long limit = limit();
        long left = left();
        OptionalLong announced = OptionalLong.empty();
        if (left > 0 && !(auto && limit == Long.MAX_VALUE)) {
            limit = Math.min(limit, left);
            announced = OptionalLong.of(limit);
        }
        open = Optional.of(new Frame(wanted, announced, limit));
        frames.add(open.get());
        planes = wanted;
    }

    /** Ends the frame at hand, if there is one: the next content begins another. */
    synchronized void endFrame() {
        if (open.isPresent()) {
            open.get().ended = true;
            open = Optional.empty();
        }
        if (section < options.sections().size()
                && sectionBytes == options.sections().get(section).bytes()) {
            section++;
            sectionBytes = 0;
        }
    }

    /** The frame to be written, of which content has been added. */
    synchronized Optional<Frame> first() {
        return Optional.ofNullable(frames.peek());
    }

    /**
     * The frame to be written, for a unit of so many bytes behind its content so far.
     *
     * @throws IllegalArgumentException if that much of the frame has not been added, or it ends
     *     before
     */
    synchronized Frame first(long before, int unit) {
        Frame frame = frames.peek();
        if (frame != null && unit > frame.limit - before) {
            throw new IllegalArgumentException("a unit across the end of a frame");
        }
        if (frame == null || unit < 0 || before + unit > frame.length) {
            throw new IllegalArgumentException("a unit whose content has not been passed");
        }
        return frame;
    }

    /** Whether the frame to be written has just so much content, and has ended. */
    synchronized boolean hasEndedWith(long bytes) {
        return !frames.isEmpty() && frames.element().ended && frames.element().length == bytes;
    }

    /**
     * Takes the frame that has been written: it is complete.
     *
     * @return the checksum of its content, if it is to have one
     */
    synchronized OptionalLong take() {
        Optional<Frame> frame = Optional.ofNullable(frames.poll());
        if (frame.isPresent() && frame.equals(open)) {
            endFrame();
        }
        return options.checksum()
                ? OptionalLong.of(frame.map(f -> f.hash).orElseGet(XxHash64::new).checksum())
                : OptionalLong.empty();
    }
}
