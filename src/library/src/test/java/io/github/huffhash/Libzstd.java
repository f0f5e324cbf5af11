package io.github.huffhash;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The reference implementation, called to judge ours. */
public final class Libzstd implements AutoCloseable {
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] target;

    /**
     * @param maxBytes the most bytes that may come out
     */
    public Libzstd(int maxBytes) {
        target = new byte[maxBytes];
    }

    /** Decodes a file in one call; gives nothing if libzstd refuses it. */
    public Optional<byte[]> decode(byte[] file) {
        try {
            int length = context.decompress(target, file);
            return Optional.of(Arrays.copyOf(target, length));
        } catch (ZstdException e) {
            return Optional.empty();
        }
    }

    /** Decodes a file as a stream, where windows are limited to 128 MiB. */
    public static Optional<byte[]> decodeStream(byte[] file) {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(file))) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
