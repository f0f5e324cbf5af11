package io.github.huffhash.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The kinds of memory a heap may lie in. */
enum MemoryKind {
    NATIVE {
        @Override
        MemorySegment allocate(Arena arena, Path folder, long bytes) {
            return arena.allocate(bytes, 16);
        }
    },
    MAPPED {
        @Override
        MemorySegment allocate(Arena arena, Path folder, long bytes) {
            try {
                return map(arena, Files.createTempFile(folder, "heap", ".bin"), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },
    ARRAY {
        @Override
        MemorySegment allocate(Arena arena, Path folder, long bytes) {
            long[] words = new long[Math.toIntExact(Math.ceilDiv(bytes, (long) Long.BYTES))];
            return MemorySegment.ofArray(words).asSlice(0, bytes);
        }
    };

    /**
     * Memory of this kind.
     *
     * @param arena decides how long it lives, and who may access it
     * @param folder where a file may be made
     */
    abstract MemorySegment allocate(Arena arena, Path folder, long bytes);

    /** Maps the first {@code bytes} bytes of a file, which grows if it is shorter. */
    static MemorySegment map(Arena arena, Path file, long bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }
}
