package io.github.huffhash.block;

import java.nio.ByteBuffer;

/** One block's hash and the process that computed it. */
enum BlockHashesCodec implements ResultCodec<BlockHashes> {
    INSTANCE;

    @Override
    public int maxBytes() {
        return Integer.BYTES + Long.BYTES;
    }

    @Override
    public void write(BlockHashes result, ByteBuffer into) {
        into.putInt(result.hashes()[0]).putLong(result.processId());
    }

    @Override
    public BlockHashes read(ByteBuffer from) {
        return new BlockHashes(new int[] {from.getInt()}, from.getLong());
    }
}
