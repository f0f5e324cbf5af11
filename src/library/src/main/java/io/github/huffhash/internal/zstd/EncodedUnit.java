package io.github.huffhash.internal.zstd;

/**
 * The blocks of one unit, or of several consecutive ones of the same frame.
 *
 * @param bytes the blocks from index 0 on, none of them marked as a frame's last
 * @param length how many bytes they have
 * @param lastBlock index of the last block's header
 * @param contentBytes bytes of their content
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from worker to writer, never compared
public record EncodedUnit(byte[] bytes, int length, int lastBlock, int contentBytes) {}
