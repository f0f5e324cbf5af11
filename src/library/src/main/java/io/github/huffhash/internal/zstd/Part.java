package io.github.huffhash.internal.zstd;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some consecutive blocks of one frame, which can be decoded without the blocks before them.
 *
 * @param chunk where they are; it ends behind the last of them
 * @param from index of the first one's header
 * @param contentBytes bytes of their content
 * @param maxBlockBytes the most bytes a block of the frame may have
 * @param tree the beginning of the last block before them that brought a tree, which treeless ones
 *     among them may need; it has the whole tree description
 * @param opening the header of the frame, if it begins with the part
 * @param closing the end of the frame, if it ends with the part
 * @param release to be run once the chunk's bytes are not needed any more: they may change then
 */
public record Part(
        Chunk chunk,
        int from,
        int contentBytes,
        int maxBlockBytes,
        Optional<Chunk> tree,
        Optional<FrameHeader> opening,
        Optional<Closing> closing,
        Runnable release) {
    /**
     * The end of a frame.
     *
     * @param checksum the checksum of its content, if it has one
     * @param offset where in the file that is
     */
    public record Closing(OptionalLong checksum, long offset) {}
}
