package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is written must be read back: by every decoder here, by libzstd and by aircompressor. */
final class RoundTrips {
    /** One frame or many, with a checksum or without. */
    static final List<CompressOptions> ALL_OPTIONS =
            List.of(
                    CompressOptions.DEFAULT,
                    CompressOptions.DEFAULT.withoutChecksum(),
                    CompressOptions.DEFAULT.withUnitBytes(1024),
                    CompressOptions.DEFAULT.seekable(64 << 10),
                    CompressOptions.DEFAULT.seekable(100_001).withoutChecksum());

    /** Nothing else is ever written. */
    static final Set<String> WRITTEN =
            Set.of(
                    "frame, content size",
                    "frame, content size, checksum",
                    "skippable",
                    "raw",
                    "RLE",
                    "huffman, 1 stream, direct weights",
                    "huffman, 1 stream, FSE weights",
                    "huffman, 4 streams, direct weights",
                    "huffman, 4 streams, FSE weights",
                    "treeless, 1 stream",
                    "treeless, 4 streams");

    /** All that has been written since {@link #forgetKinds}. */
    private static final Set<String> KINDS = ConcurrentHashMap.newKeySet();

    private RoundTrips() {}

    /** What {@link #assertEveryKindWasWritten} looks at begins here. */
    static void forgetKinds() {
        KINDS.clear();
    }

    /** Round trips that were to cover the format did: each kind of frame and block was written. */
    static void assertEveryKindWasWritten() {
        assertThat(KINDS).containsExactlyInAnyOrderElementsOf(WRITTEN);
    }

    /** Compresses, makes sure that all read it back, and gives the file. */
    static byte[] check(byte[] content, CompressOptions options) throws HuffhashFormatException {
        byte[] file = Huffhash.compress(content, options);
        Set<String> kinds = new HashSet<>(Anatomy.of(file));
        assertThat(WRITTEN).containsAll(kinds);
        KINDS.addAll(kinds);
        assertThat(Decoders.all(file, content.length)).isEqualTo(content);
        assertThat(Zstd.decompress(file, content.length)).isEqualTo(content);
        if (options.frameBytes().isEmpty()) { // aircompressor refuses skippable frames
            byte[] out = new byte[content.length];
            int length =
                    new ZstdDecompressor().decompress(file, 0, file.length, out, 0, out.length);
            assertThat(length).isEqualTo(content.length);
            assertThat(out).isEqualTo(content);
        }
        return file;
    }

    static void checkAllOptions(byte[] content) throws HuffhashFormatException {
        for (CompressOptions options : ALL_OPTIONS) {
            check(content, options);
        }
    }
}
