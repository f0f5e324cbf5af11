package io.github.huffhash.internal.zstd;

import io.github.huffhash.internal.zstd.GroupInput.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Cuts a file into groups of blocks while it is read from its beginning to its end.
 *
 * <p>A group ends where the bytes at hand end, so that content that has arrived is not held back;
 * but with byte planes, it is a whole unit. Memory does not depend on what the file declares. Not
 * thread-safe, but groups can be released by any thread.
 */
public final class GroupReader {
    private final FrameParser parser = new FrameParser();
    private final GroupInput input;
    private boolean fileEnded;

    /** The description of the last tree in the frame at hand. */
    private Optional<InputBuffer> tree = Optional.empty();

    /** Byte planes of the frame at hand. */
    private int planes = 1;

    /** Blocks of the next group: they are kept. */
    private List<BlockInfo> blocks = new ArrayList<>(4);

    private int groupContent;

    /** What has been parsed and belongs to the next group. */
    private Optional<FrameHeader> opening = Optional.empty();

    private Optional<BlockInfo> ahead = Optional.empty();
    private Optional<FrameParser.Checksum> checksum = Optional.empty();

    /** Bytes that are to be skipped. */
    private long skip;

    private final long maxBytes;

    /** Bytes of content in all blocks parsed. */
    private long content;

    /** What is wrong behind the last group. */
    private Optional<Throwable> failure = Optional.empty();

    /**
     * @param input the file; not closed
     * @param maxBytes the most bytes that all content may have, at least 0
     * @param frugal whether to keep little memory between calls, for groups that are decoded one
     *     after the other
     */
    public GroupReader(InputStream input, long maxBytes, boolean frugal) {
        this(input, 0, maxBytes, frugal);
    }

    /** Reads whole frames that begin at {@code offset} of the file. */
    public GroupReader(InputStream input, long offset, long maxBytes, boolean frugal) {
        this.input = new GroupInput(input, offset, frugal);
        this.maxBytes = maxBytes;
    }

    /** Whether little memory is kept between calls. */
    boolean isFrugal() {
        return input.isFrugal();
    }

    /** The most bytes of content a group has. */
    public int groupBytes() {
        return input.isFrugal() ? Limits.MAX_BLOCK_BYTES : 2 * Limits.MAX_BLOCK_BYTES;
    }

    /**
     * The next group, or nothing at the end of the file. It waits for input only if there is no
     * block as a whole, or no unit if the frame has byte planes.
     *
     * @throws ZstdFormatException if the file is not valid, as far as that can be seen without
     *     decoding
     * @throws IOException if reading fails
     */
    public Optional<BlockGroup> next() throws IOException {
        requireSound();
        return collect(Reading.ANYTHING);
    }

    /**
     * Makes sure that there is no failure before the next group.
     *
     * @throws IOException the failure that {@link #next} would throw without reading
     */
    public void requireSound() throws IOException {
        if (failure.isPresent()) {
            throw Failure.rethrown(failure.get());
        }
    }

    /**
     * The next group, if there is one that can be had without waiting for input. At the end of the
     * file, or before a failure, there is nothing: {@link #next} tells.
     */
    public Optional<BlockGroup> poll() {
        if (failure.isPresent()) {
            return Optional.empty();
        }
        try {
            return collect(Reading.AVAILABLE);
        } catch (IOException | RuntimeException | Error e) { // once its time has come
            failure = Optional.of(e);
            return Optional.empty();
        }
    }

    /** Whether some groups of a frame have been given, and more of them follow. */
    public boolean isInFrame() {
        return !parser.isBetweenFrames() && opening.isEmpty();
    }

    /**
     * Passes over the next frame, if its header says how much content it has, and that is no more
     * than {@code most}: its blocks are not decoded, its checksum is not verified. Does nothing in
     * a frame, or at the end.
     *
     * @return whether there was such a frame, and how much content it has
     * @throws ZstdFormatException if the frame is not valid, as far as headers tell
     * @throws IOException if reading fails
     */
    OptionalLong passFrame(long most) throws IOException {
        requireSound();
        if (isInFrame() || !blocks.isEmpty() || !find(Reading.ANYTHING) || opening.isEmpty()) {
            return OptionalLong.empty();
        }
        FrameHeader header = opening.get();
        OptionalLong size = header.contentSize();
        if (size.isEmpty() || Long.compareUnsigned(size.getAsLong(), most) > 0) {
            return OptionalLong.empty();
        }
        opening = Optional.empty();
        while (!parser.isBetweenFrames() || ahead.isPresent() || checksum.isPresent()) {
            find(Reading.ANYTHING);
            int bytes =
                    checksum.isPresent() ? FrameParser.Checksum.BYTES : ahead.orElseThrow().bytes();
            input.bytes().require(input.at(), bytes, "a block");
            skip(bytes);
            ahead = Optional.empty();
            checksum = Optional.empty();
        }
        input.rest();
        return size;
    }

    /**
     * Collects blocks until there is a group that can be decoded, and as long as more are at hand.
     * Nothing at the end of the file, or if that takes more reading than allowed: the blocks stay
     * for the next call.
     */
    private Optional<BlockGroup> collect(Reading reading) throws IOException {
        try {
            boolean more = true;
            while (more && find(isWhole() ? Reading.NOTHING : reading) && canJoin()) {
                take(ahead.orElseThrow());
                more = !parser.isBetweenFrames();
            }
            return isWhole() ? Optional.of(group(Optional.empty())) : Optional.empty();
        } catch (ZstdFormatException e) {
            if (blocks.isEmpty()) {
                throw e;
            }
            failure = Optional.of(e); // once what comes before it has been decoded
            return Optional.of(group(isWhole() ? Optional.empty() : Optional.of(e)));
        }
    }

    /** Whether there is a group that can be decoded as it is. */
    private boolean isWhole() {
        if (blocks.isEmpty()) {
            return checksum.isPresent();
        }
        return planes == 1
                || groupContent % Limits.UNIT_BYTES == 0
                || blocks.get(blocks.size() - 1).header().last();
    }

    /** Whether there is a next block, and it can join the group. */
    private boolean canJoin() {
        if (ahead.isEmpty() || blocks.isEmpty()) {
            return ahead.isPresent();
        }
        if (ahead.get().hasSequences() || blocks.get(0).hasSequences()) {
            return false; // such a block is a group of its own
        }
        int sum = groupContent + ahead.get().contentBytes();
        return planes == 1
                ? sum <= groupBytes() && blocks.size() < Limits.GROUP_BLOCKS
                : groupContent > 0 && sum <= Limits.UNIT_BYTES;
    }

    private void take(BlockInfo block) throws ZstdFormatException {
        input.bytes().require(input.at(), block.bytes(), "a block");
        blocks.add(block);
        groupContent += block.contentBytes();
        input.advance(block.bytes());
        ahead = Optional.empty();
    }

    private BlockGroup group(Optional<ZstdFormatException> incomplete) {
        var bytes = new InputBuffer(input.bytes().bytes(), input.at(), input.bytes().offset());
        var group =
                new BlockGroup(
                        input.share(),
                        bytes,
                        input.kept(),
                        blocks,
                        groupContent,
                        planes,
                        tree,
                        opening,
                        checksum,
                        incomplete);
        input.advance(checksum.isPresent() ? FrameParser.Checksum.BYTES : 0);
        tree = BlockInfo.lastTree(blocks, bytes).or(() -> tree);
        opening = Optional.empty();
        checksum = Optional.empty();
        blocks = new ArrayList<>(4);
        groupContent = 0;
        input.keepNothing();
        input.rest();
        return group;
    }

    /**
     * Parses up to the next block, checksum or the end of the file; false if that would take more
     * reading than allowed. The block is there as a whole then, unless the input has ended.
     */
    private boolean find(Reading reading) throws IOException {
        while (ahead.isEmpty() && checksum.isEmpty() && !fileEnded) {
            if (!skipped(reading) || !parse(reading)) {
                return false;
            }
        }
        return ahead.isEmpty() || input.fill(ahead.get().bytes(), reading);
    }

    private boolean parse(Reading reading) throws IOException {
        int needed = parser.bytesNeeded(input.bytes(), input.at());
        while (needed > input.there() && !input.isEnded()) {
            if (!input.fill(needed, reading)) {
                return false;
            }
            needed = parser.bytesNeeded(input.bytes(), input.at());
        }
        FrameParser.Element element = parser.next(input.bytes(), input.at());
        if (element instanceof BlockInfo block) {
            if (block.contentBytes() > maxBytes - content) {
                throw input.bytes()
                        .failure(input.at(), "more than the " + maxBytes + " bytes allowed");
            }
            content += block.contentBytes();
            ahead = Optional.of(block);
        } else if (element instanceof FrameParser.Checksum value) {
            checksum = Optional.of(value);
        } else if (element instanceof FrameHeader header) {
            opening = Optional.of(header);
            planes = header.planes();
            tree = Optional.empty();
            skip(header.bytes());
        } else if (element instanceof FrameParser.Skippable skippable) {
            skip = skippable.totalBytes();
        } else {
            fileEnded = true;
        }
        return true;
    }

    /** Goes on behind bytes that are at hand and do not belong to a group. */
    private void skip(int bytes) {
        input.advance(bytes);
        input.keepNothing();
    }

    private boolean skipped(Reading reading) throws IOException {
        while (skip > 0) {
            int there = (int) Math.min(skip, input.there());
            skip(there);
            skip -= there;
            if (skip > 0) {
                if (!input.fill(1, reading)) {
                    return false;
                }
                if (input.there() == 0) {
                    throw input.bytes().failure(input.at(), "truncated in a skippable frame");
                }
            }
        }
        return true;
    }
}
